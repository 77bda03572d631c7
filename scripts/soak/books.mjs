/**
 * Who was sent what, what was told of it, and what arrived: in arrays of one size from the start, so that keeping books
 * costs no growing memory.
 */
const LINES = /#m(\d+) line (\d+)/;
/** Longest text, and most parts. */
const LINES_OF_LONG = 50;

const TOLD = { nothing: 0, sent: 1, notSent: 2, unknown: 3 };

export class Books {
  /** @param {{ messages: number, members: number }} most */
  constructor({ messages, members }) {
    this.member = new Int32Array(messages).fill(-1);
    this.told = new Uint8Array(messages);
    /** Parts that are said to have arrived. */
    this.toldParts = new Uint8Array(messages);
    /** A bit for the first line of every part that arrived: lines tell parts apart. */
    this.arrived = new BigUint64Array(messages);
    this.newest = new Float64Array(members).fill(-1);
    this.sent = 0;
    this.delivered = 0;
    this.dropped = 0;
    this.repeatsDropped = 0;
    this.errors = new Map();
    this.wrong = { lost: 0, duplicated: 0, 'wrong order': 0, unreported: 0, untrue: 0 };
    this.examples = [];
  }

  sending(member) {
    this.member[this.sent] = member;
    return this.sent++;
  }

  /** What came out of the node's output. */
  wasSent(index, parts) {
    this.tell(index, TOLD.sent, parts);
  }

  /** What a Catch node got. */
  failed(index, { code, cause }) {
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
    this.tell(
      index,
      cause.delivery === 'unknown' || code === 'DOUBTFUL_SUCCESS' ? TOLD.unknown : TOLD.notSent,
      cause.failed ? cause.failed.part - 1 : 0,
    );
  }

  tell(index, what, parts) {
    if (this.told[index] !== TOLD.nothing) this.complain('untrue', `message ${index} was reported twice`);
    this.told[index] = what;
    this.toldParts[index] = parts;
  }

  /** @param {{ text: string, delivered_to: string[], dropped_for: string[] }} message as WeCom took it */
  arrives({ text, delivered_to: to, dropped_for: dropped }) {
    this.dropped += dropped.length;
    const [, id, line] = LINES.exec(text) ?? [];
    const index = Number(id);
    if (id === undefined || this.member[index] === -1)
      return this.complain('untrue', `nobody sent "${text.slice(0, 40)}"`);
    const member = this.member[index];
    if (to.length !== 1 || to[0] !== memberId(member)) {
      if (dropped.length === 0) this.complain('untrue', `message ${index} went to ${to.join(', ')}`);
      return;
    }
    const bit = 1n << BigInt(line);
    if ((this.arrived[index] & bit) !== 0n) return this.complain('duplicated', `message ${index}, line ${line}`);
    this.arrived[index] |= bit;
    this.delivered += 1;
    const place = index + Number(line) / 100;
    if (place < this.newest[member])
      this.complain('wrong order', `${memberId(member)} got ${place} after ${this.newest[member]}`);
    this.newest[member] = Math.max(place, this.newest[member]);
  }

  get unsettled() {
    let count = 0;
    for (let index = 0; index < this.sent; index += 1) if (this.told[index] === TOLD.nothing) count += 1;
    return count;
  }

  /** Once everything has arrived that will arrive. */
  close() {
    for (let index = 0; index < this.sent; index += 1) {
      const arrived = bits(this.arrived[index]);
      const [told, parts] = [this.told[index], this.toldParts[index]];
      if (told === TOLD.nothing) this.complain('unreported', `message ${index}`);
      else if (arrived < parts) this.complain('lost', `${parts - arrived} of ${parts} parts of message ${index}`);
      else if (arrived > parts + (told === TOLD.unknown ? 1 : 0))
        this.complain(
          'untrue',
          `${arrived} parts of message ${index} arrived, ${parts} were reported${told === TOLD.sent ? '' : ' before an error'}`,
        );
    }
  }

  complain(kind, sentence) {
    this.wrong[kind] += 1;
    if (this.examples.length < 10) this.examples.push(`${kind}: ${sentence}`);
  }
}

export function memberId(member) {
  return `u${String(member + 1).padStart(5, '0')}`;
}

export function shortText(index) {
  return `#m${index} line 00: 中文内容 and more`;
}

/** Needs three messages. */
export function longText(index) {
  return Array.from(
    { length: LINES_OF_LONG },
    (_, line) => `#m${index} line ${String(line).padStart(2, '0')}: ${'nothing is lost '.repeat(6)}`,
  ).join('\n');
}

function bits(mask) {
  let count = 0;
  for (let rest = mask; rest !== 0n; rest &= rest - 1n) count += 1;
  return count;
}
