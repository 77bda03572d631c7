import mustache from 'mustache';

import type { Message } from '../host/node-red-api';
import { UnreadableValue } from './unreadable-value';
import type { ValueSource } from './unreadable-value';

/** What mustache makes of a text: kind, content, and for sections what is inside of them. */
type Token = readonly [
  kind: string,
  content: string,
  start: number,
  end: number,
  inner?: readonly Token[],
  ...unknown[],
];

/** Where a placeholder looks when the message has nothing of its name: as in Node-RED's template node. */
const ELSEWHERE = /^(?:(env)|(flow|global)(?:\[(\w+)\])?)\.(.+)/;

/**
 * A text with values of the message in it, in the language of Node-RED's template node (mustache; also `flow.`,
 * `global.` and `env.`), but without its escapes of HTML. What is missing becomes an empty text.
 *
 * @param complete whether what is missing is an error instead
 * @param elsewhere gives the source of a value that is in the flow, global context or environment
 */
export function template(
  text: string,
  complete: boolean,
  elsewhere: (type: 'flow' | 'global' | 'env', expression: string) => ValueSource,
): ValueSource {
  const writer = complete ? new CompleteWriter() : new mustache.Writer();
  let tokens: readonly Token[];
  try {
    tokens = writer.parse(text) as readonly Token[];
  } catch (error) {
    return () => {
      throw notATemplate(error);
    };
  }
  const sources = new Map(
    [...namesIn(tokens)].flatMap((name): [string, ValueSource][] => {
      const [, env, context, store, key = ''] = ELSEWHERE.exec(name) ?? [];
      if (env !== undefined) return [[name, elsewhere('env', key)]];
      if (context === undefined) return [];
      return [[name, elsewhere(context as 'flow' | 'global', store === undefined ? key : `#:(${store})::${key}`)]];
    }),
  );
  const filled = (msg: Message, values: ReadonlyMap<string, unknown>) =>
    writer.renderTokens(tokens as unknown as string[][], new Surroundings(msg, values), undefined, text, PLAIN);
  if (sources.size === 0) return (msg) => filled(msg, NOTHING);
  return async (msg) => {
    const values = await Promise.all([...sources].map(async ([name, read]) => [name, await read(msg)] as const));
    return filled(msg, new Map(values));
  };
}

/** Messages are no HTML; what a field says of tags is for the field to judge. */
const PLAIN = { escape: String };
const NOTHING: ReadonlyMap<string, unknown> = new Map();

function namesIn(tokens: readonly Token[], found = new Set<string>()): Set<string> {
  for (const [kind, content, , , inner] of tokens) {
    if (kind !== 'text') found.add(content);
    if (Array.isArray(inner)) namesIn(inner as readonly Token[], found);
  }
  return found;
}

/** The message, and around it what was read elsewhere. */
class Surroundings extends mustache.Context {
  constructor(
    view: unknown,
    private readonly values: ReadonlyMap<string, unknown>,
    parent?: mustache.Context,
  ) {
    super(view, parent);
  }

  override lookup(name: string): unknown {
    const value: unknown = super.lookup(name);
    return value === undefined ? this.values.get(name) : value;
  }

  override push(view: unknown): mustache.Context {
    return new Surroundings(view, this.values, this);
  }
}

/** Refuses what is missing. */
class CompleteWriter extends mustache.Writer {
  override escapedValue(token: string[], ...rest: [mustache.Context, mustache.RenderOptions?]): string {
    return present(token, super.escapedValue(token, ...rest));
  }

  override unescapedValue(token: string[], context: mustache.Context): string {
    return present(token, super.unescapedValue(token, context));
  }
}

function present([, name = '']: readonly string[], value: string | undefined): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new UnreadableValue({ en: `needs a value for {{${name}}}, which is empty`, zh: `缺少 {{${name}}} 的值` });
}

function notATemplate(error: unknown): UnreadableValue {
  const reason = error instanceof Error ? error.message : String(error);
  return new UnreadableValue({
    en: `has placeholders that cannot be read (${reason}); to send {{ as it stands, begin the text with {{=<% %>=}}`,
    zh: `占位符有误（${reason}）；如需原样发送 {{，请在文本开头加上 {{=<% %>=}}`,
  });
}
