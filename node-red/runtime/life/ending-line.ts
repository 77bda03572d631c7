import type { Language } from '../../../core';
import { endingWording } from '../../wording/ending';
import { flowError } from '../host/flow-error';
import type { Result, Task } from '../queue/message-queue';

/** What is known of a message that ended, or was left, when there was no flow that could be told. */
export type Ending = Result | 'waiting' | 'on-its-way';

/** One line for the log: what became of a message, and whose it was. Nothing of its content. */
export function endingLine({ msg, input, progress }: Task, ending: Ending, language: Language): string {
  const wording = (key: keyof typeof endingWording) => endingWording[key][language];
  const to = input ? recipientsOf(input) : wording('unread');
  return [
    `${whatBecame(ending, progress.sent.length, wording)}:`,
    to,
    ...idsOf(ending, wording),
    `(${wording('message')} ${oneLine(idOf(msg))})`,
  ]
    .filter((part) => part !== '')
    .join(' ');

  function whatBecame(how: Ending, sentParts: number, say: typeof wording): string {
    if (how === 'on-its-way') return say('unknown');
    if (how === 'waiting') return sentParts > 0 ? say('partly').replace('{count}', String(sentParts)) : say('notSent');
    if ('outcome' in how) return say('sent');
    const { code, cause } = flowError(how.failure, language);
    const unknown = cause.delivery === 'unknown' || code === 'DOUBTFUL_SUCCESS';
    const state = unknown
      ? say('unknown')
      : sentParts > 0
        ? say('partly').replace('{count}', String(sentParts))
        : say('notSent');
    return `${state} [${oneLine(code)}]`;
  }
}

function idsOf(ending: Ending, wording: (key: keyof typeof endingWording) => string): string[] {
  if (typeof ending === 'string' || !('outcome' in ending)) return [];
  const msgid = ending.outcome['msgid'];
  return typeof msgid === 'string' && msgid !== '' ? [`${wording('msgid')} ${oneLine(msgid)}`] : [];
}

function recipientsOf(input: Readonly<Record<string, unknown>>): string {
  return ['touser', 'toparty', 'totag', 'chatid']
    .flatMap((name) => (isNamed(input[name]) ? [`${name} ${oneLine(input[name])}`] : []))
    .join(', ');
}

function isNamed(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' || Array.isArray(value);
}

function idOf(msg: Task['msg']): unknown {
  try {
    return msg['_msgid'];
  } catch {
    return '';
  }
}

const LONGEST = 120;

/** What comes from a flow must not begin a line of its own in a log. */
function oneLine(value: unknown): string {
  let text: string;
  try {
    text = Array.isArray(value) ? value.slice(0, LONGEST).map(String).join('|') : String(value);
  } catch {
    return '?';
  }
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
