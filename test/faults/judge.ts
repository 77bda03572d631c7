/** Compares what WeCom delivered with what the senders were told. Knows neither who sent nor how. */

/** One message that was handed to a sender. The order of the list is the order in which they were sent. */
export interface Sent {
  readonly id: string;
  /** Everybody who should get it. */
  readonly to: readonly string[];
  readonly text: string;
}

/** What a sender was told of a message. */
export type Told =
  | { readonly id: string; readonly outcome: 'sent'; readonly parts: number }
  | {
      readonly id: string;
      readonly outcome: 'failed';
      /** Of the request that failed. */
      readonly claim: 'not-sent' | 'unknown';
      /** How many parts are said to have arrived before the one that failed. */
      readonly arrived: number;
      /** For people who read a failing test. */
      readonly error: string;
    };

/** One message that WeCom has taken, oldest first. */
export interface Received {
  readonly text: string;
  readonly deliveredTo: readonly string[];
}

/** Every list should be empty. Entries are sentences for people. */
export interface Verdict {
  /** Reported as sent, but not delivered. */
  readonly lost: string[];
  /** Delivered twice to a member. */
  readonly duplicated: string[];
  /** A member got it before something that was sent earlier. */
  readonly outOfOrder: string[];
  /** Neither reported as sent nor as failed. */
  readonly unreported: string[];
  /**
   * Reported in another way than it was: not sent but delivered, other parts delivered, reported twice, delivered to
   * somebody else.
   */
  readonly untrue: string[];
}

export const FLAWLESS: Verdict = { lost: [], duplicated: [], outOfOrder: [], unreported: [], untrue: [] };

const MARK = /#([a-z]+\d+)\b/;

/** The id that a text carries. */
function idOf(text: string): string | undefined {
  return MARK.exec(text)?.[1];
}

export function judge(sent: readonly Sent[], told: readonly Told[], received: readonly Received[]): Verdict {
  const verdict: Verdict = { lost: [], duplicated: [], outOfOrder: [], unreported: [], untrue: [] };
  const place = new Map(sent.map(({ id }, index) => [id, index]));
  const inbox = new Map<string, Map<string, string[]>>();
  const newest = new Map<string, number>();

  for (const { text, deliveredTo } of received) {
    const id = idOf(text);
    const index = id === undefined ? undefined : place.get(id);
    if (id === undefined || index === undefined) {
      verdict.untrue.push(`nobody sent "${text.slice(0, 40)}"`);
      continue;
    }
    const members = inbox.get(id) ?? new Map<string, string[]>();
    inbox.set(id, members);
    for (const member of deliveredTo) {
      const texts = members.get(member) ?? [];
      if (texts.includes(text)) verdict.duplicated.push(`${member} got ${id} twice`);
      else members.set(member, [...texts, text]);
      if (index < (newest.get(member) ?? -1))
        verdict.outOfOrder.push(`${member} got ${id} after ${sent[newest.get(member) as number]?.id}`);
      newest.set(member, Math.max(index, newest.get(member) ?? -1));
    }
  }

  const reports = new Map<string, Told[]>();
  for (const report of told) reports.set(report.id, [...(reports.get(report.id) ?? []), report]);
  for (const message of sent) {
    const [report, ...more] = reports.get(message.id) ?? [];
    if (more.length > 0) verdict.untrue.push(`${message.id} was reported ${more.length + 1} times`);
    if (report) compare(message, report, inbox.get(message.id) ?? new Map<string, string[]>(), verdict);
    else verdict.unreported.push(message.id);
  }
  return verdict;
}

function compare(message: Sent, report: Told, inbox: ReadonlyMap<string, readonly string[]>, verdict: Verdict): void {
  const { id, to, text } = message;
  for (const member of inbox.keys()) if (!to.includes(member)) verdict.untrue.push(`${id} went astray to ${member}`);
  for (const member of to) {
    const texts = inbox.get(member) ?? [];
    const arrived = bare(texts.join(''));
    if (!bare(text).startsWith(arrived)) verdict.outOfOrder.push(`${member} got the parts of ${id} in another order`);
    if (report.outcome === 'sent') {
      if (arrived.length < bare(text).length)
        verdict.lost.push(`${member} did not get ${texts.length === 0 ? id : `all of ${id}`}`);
      else if (texts.length !== report.parts)
        verdict.untrue.push(`${id} came in ${texts.length} parts, not in ${report.parts}`);
      continue;
    }
    const { claim, arrived: claimed, error } = report;
    if (texts.length < claimed)
      verdict.lost.push(`${member} got ${texts.length} parts of ${id}, not the ${claimed} that were reported`);
    if (texts.length > claimed + (claim === 'unknown' ? 1 : 0))
      verdict.untrue.push(
        `${member} got ${texts.length} parts of ${id}, but ${claimed} and "${claim}" were reported: ${error}`,
      );
  }
}

/** Where a text was divided, blanks and line breaks may have gone. */
function bare(text: string): string {
  return text.replace(/\s+/g, '');
}
