import type { Member } from './company';
import type { Clock } from './clock';

interface Limit {
  messages: number;
  milliseconds: number;
}

/** One app to one member; what exceeds it is dropped silently (doc 90312). */
const FROM_AN_APP: readonly Limit[] = [
  { messages: 30, milliseconds: 60_000 },
  { messages: 1000, milliseconds: 3_600_000 },
];

/** All chats of one app to one member; what exceeds it is dropped silently (doc 90248: 同一个应用). */
export const FROM_CHATS: readonly Limit[] = [
  { messages: 200, milliseconds: 60_000 },
  { messages: 10_000, milliseconds: 24 * 3_600_000 },
];

/** Counts what each member got from each sender, and says when it is enough. */
export class DeliveryLimits {
  private readonly delivered = new Map<object, Map<Member, number[]>>();

  /** As many times are looked at per member. */
  private readonly longest: number;

  constructor(
    private readonly clock: Clock,
    private readonly limits = FROM_AN_APP,
  ) {
    this.longest = Math.max(...limits.map(({ messages }) => messages));
  }

  /** True when the member gets this message (it then counts), false when WeCom would drop it. */
  admit(sender: object, member: Member): boolean {
    const now = this.clock.now();
    const times = this.timesOf(sender, member);
    for (const { messages, milliseconds } of this.limits) {
      const nth = times[times.length - messages];
      if (nth !== undefined && nth > now - milliseconds) return false;
    }
    times.push(now);
    if (times.length > 2 * this.longest) times.splice(0, this.longest);
    return true;
  }

  private timesOf(sender: object, member: Member): number[] {
    const ofSender = this.delivered.get(sender) ?? new Map<Member, number[]>();
    this.delivered.set(sender, ofSender);
    const times = ofSender.get(member) ?? [];
    ofSender.set(member, times);
    return times;
  }
}
