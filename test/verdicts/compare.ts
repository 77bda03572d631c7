import type { Core, Form } from './forms';
import { isObject } from './forms';
import { saysNothing } from '../../sandbox/unread';
import type { Json, Judge, Verdict } from './judge';

/** What core does with a message: sends it as it is, sends something else and says so or mends it, or refuses it. */
export type CoreVerdict = 'sends' | 'mends' | 'refuses';

/** One message on which core and the sandbox are heard. */
export interface Question {
  /** Path of the field that is tried, without places in lists. */
  readonly at: string;
  /** What is tried with it. */
  readonly probe: string;
  readonly message: Json;
}

export interface Difference {
  readonly form: string;
  readonly at: string;
  readonly probe: string;
  readonly core: CoreVerdict;
  readonly sandbox: Verdict['verdict'];
  /** In words, for whoever has to decide who is right. */
  readonly details: string;
  /** Paths of what the sandbox does not know. */
  readonly unread: readonly string[];
}

const AGREE: Readonly<Record<CoreVerdict, Verdict['verdict']>> = {
  sends: 'takes',
  mends: 'changes',
  refuses: 'refuses',
};

/** Asks core and the sandbox about one message; nothing if they agree, and if what core sends arrives whole. */
export async function compare(
  core: Core,
  judge: Judge,
  form: Form,
  { at, probe, message }: Question,
): Promise<Difference[]> {
  const wanted = form.request(message);
  const sandbox = judge.ask(wanted);
  const { outcome, arrived } = await judge.watch(form.send(message));
  const refused = outcome.error instanceof core.WecomInputError;
  if (outcome.error !== undefined && !refused && arrived.every(({ verdict }) => verdict.verdict !== 'refuses'))
    throw new Error(`${form.key} ${at} ${probe}`, { cause: outcome.error });
  const sent = arrived.filter(({ request }) => request.path === wanted.path);
  const mended = refused
    ? []
    : sent.length === 1
      ? changed(wanted.json ?? wanted.query, sent[0]!.request.json ?? sent[0]!.request.query, '')
      : [`${sent.length} requests`];
  const verdict: CoreVerdict = refused ? 'refuses' : mended.length > 0 ? 'mends' : 'sends';
  const said = refused ? String((outcome.error as Error).message) : mended.join('; ');
  const differences: Difference[] = [];
  const add = (found: Verdict, what: string) =>
    differences.push({
      form: form.key,
      at,
      probe: what,
      core: verdict,
      sandbox: found.verdict,
      unread: found.unread,
      details: `${said} | sandbox: ${found.why} | ${shortened(message)}`,
    });
  if (AGREE[verdict] !== sandbox.verdict) add(sandbox, probe);
  // What core has mended must arrive as it is, and what it sends as it was written must as well.
  else
    for (const { verdict: onTheWire } of sent)
      if (onTheWire.verdict !== 'takes' && !(verdict === 'sends' && onTheWire.verdict === sandbox.verdict))
        add(onTheWire, `${probe}, as sent`);
  return differences;
}

/** Who gets a message is read by rules of its own (`2 | 3`), which tests of their own hold. */
export const RECIPIENTS: ReadonlySet<string> = new Set(['touser', 'toparty', 'totag']);

/** What core sends besides, which says nothing: a made-up task_id and defaults. */
function changed(wanted: unknown, sent: unknown, path: string): string[] {
  if (isObject(wanted) && isObject(sent)) {
    return [...new Set([...Object.keys(wanted), ...Object.keys(sent)])].flatMap((key) => {
      if (path === '' && (key === 'key' || RECIPIENTS.has(key))) return [];
      if (!(key in wanted) && (key === 'task_id' || sent[key] === false)) return [];
      return changed(wanted[key], sent[key], path === '' ? key : `${path}.${key}`);
    });
  }
  if (Array.isArray(wanted) && Array.isArray(sent) && wanted.length === sent.length)
    return wanted.flatMap((entry, index) => changed(entry, (sent as unknown[])[index], `${path}[${index}]`));
  return wanted === sent || (saysNothing(wanted) && saysNothing(sent))
    ? []
    : [`${path} is ${sent === undefined ? 'left out' : 'mended'}`];
}

function shortened(message: Json): string {
  return JSON.stringify(message, (_, value: unknown) =>
    typeof value === 'string' && value.length > 60
      ? `${value.slice(0, 20)}… (${value.length})`
      : Array.isArray(value) && value.length > 12
        ? `${value.length} entries`
        : value,
  );
}
