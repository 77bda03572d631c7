import type { App, Member } from './company';
import type { Clock } from './clock';

/** One app to one member; what exceeds it is dropped silently (doc 90312). */
const LIMITS = [
  { messages: 30, milliseconds: 60_000 },
  { messages: 1000, milliseconds: 3_600_000 },
] as const;
const LONGEST = 1000;

/** Counts what each member got from each app, and says when it is enough. */
export class DeliveryLimits {
  private readonly delivered = new Map<App, Map<Member, number[]>>();

  constructor(private readonly clock: Clock) {}

  /** True when the member gets this message (it then counts), false when WeCom would drop it. */
  admit(app: App, member: Member): boolean {
    const now = this.clock.now();
    const times = this.timesOf(app, member);
    for (const { messages, milliseconds } of LIMITS) {
      const nth = times[times.length - messages];
      if (nth !== undefined && nth > now - milliseconds) return false;
    }
    times.push(now);
    if (times.length > 2 * LONGEST) times.splice(0, LONGEST);
    return true;
  }

  private timesOf(app: App, member: Member): number[] {
    const ofApp = this.delivered.get(app) ?? new Map<Member, number[]>();
    this.delivered.set(app, ofApp);
    const times = ofApp.get(member) ?? [];
    ofApp.set(member, times);
    return times;
  }
}
