import type { RateName } from '../outcome/wait';
import { LOOK_AGAIN_MS, RateWindow, shareOf } from './rate-window';
import type { Rate } from './rate-window';
import { FORGETFUL, windowWith } from './sending-times';
import type { Remember, SendingTimes } from './sending-times';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One app to one member (doc 90312). What exceeds it is dropped silently, with a success answer. */
export const MEMBER_RATES: readonly Rate[] = [
  { messages: 30, perMs: MINUTE },
  { messages: 1000, perMs: HOUR },
];
/** One group robot (doc 99110); 45009 above. */
export const ROBOT_RATES: readonly Rate[] = [{ messages: 20, perMs: MINUTE }];
/** All group chats of a company to one member (doc 90248). What exceeds it is dropped silently; a member may be in every chat. */
export const CHAT_RATES: readonly Rate[] = [
  { messages: 200, perMs: MINUTE },
  { messages: 10_000, perMs: DAY },
];
/**
 * Person-times a minute in all group chats of a company (doc 90248); 45009 above. The limits by the hour
 * contradict each other in the sources (300 000, or 150 000 to 700 000 by the size of the company): above
 * them WeCom answers 45009 as well, and that is waited for.
 */
export const CHAT_PERSON_TIMES = 20_000;
/** Of a group chat whose size is not known (doc 90245). */
const LARGEST_CHAT = 2000;
/** How long the size of a group chat is believed. Milliseconds. */
const SIZE_LIFETIME = HOUR;
/** Forget the idle after at least so many messages. */
const TIDY_EVERY = 1000;

/** The rate that one message has to keep. */
export interface Pace {
  /** Milliseconds until it may go, 0 if now; or something to wait for before asking again. */
  wait(now: number): number | Promise<void>;
  begin(now: number): void;
  /** @param counts false if WeCom surely did not see the message */
  end(now: number, counts: boolean): void;
  /** Which rate it is, for people. */
  readonly rate: RateName;
}

/** A department, a tag or everyone may hold any member. */
export const ANYBODY = 'anybody';

/** One member who got messages lately. */
interface Member {
  readonly window: RateWindow;
  readonly remember: Remember;
}

/** What an app sends to its members. */
export class MemberPace {
  private readonly members = new Map<string, Member>();
  /** Messages to departments, tags and everyone. Who is in them is not known, so they count for every member. */
  private readonly anybody: RateWindow;
  private readonly rememberAnybody: Remember;
  private untilTidy = TIDY_EVERY;

  constructor(private readonly times: SendingTimes = FORGETFUL) {
    this.anybody = windowWith(times.take(ANYBODY), MEMBER_RATES);
    this.rememberAnybody = times.memoryOf(ANYBODY);
  }

  /**
   * @param members user IDs, in lower case
   * @param processes how many share the rates
   */
  of(members: readonly string[] | typeof ANYBODY, processes = 1): Pace {
    if (members === ANYBODY) {
      return {
        rate: 'member',
        wait: (now) => this.longestWait(now, processes),
        begin: () => this.anybody.begin(),
        end: (now, counts) => {
          this.anybody.end(now, counts);
          if (counts) this.rememberAnybody();
        },
      };
    }
    let sentTo: readonly Member[] = [];
    return {
      rate: 'member',
      wait: (now) => {
        let wait = 0;
        for (const member of members)
          wait = Math.max(
            wait,
            ((this.members.get(member) ?? this.earlierOf(member))?.window ?? NOTHING_SENT).wait(
              now,
              processes,
              this.anybody,
            ),
          );
        return wait;
      },
      begin: (now) => {
        this.tidy(now);
        sentTo = members.map((member) => this.memberOf(member));
        for (const { window } of sentTo) window.begin();
      },
      end: (now, counts) => {
        for (const { window, remember } of sentTo) {
          window.end(now, counts);
          if (counts) remember();
        }
      },
    };
  }

  private longestWait(now: number, processes: number): number {
    let wait = this.anybody.wait(now, processes);
    for (const { window } of this.members.values()) wait = Math.max(wait, window.wait(now, processes, this.anybody));
    for (const earlier of this.times.rest())
      wait = Math.max(wait, windowWith(earlier, MEMBER_RATES).wait(now, processes, this.anybody));
    return wait;
  }

  private memberOf(member: string): Member {
    return this.members.get(member) ?? this.earlierOf(member) ?? this.add(member, new RateWindow(MEMBER_RATES));
  }

  /** To whom a process before this one sent something. */
  private earlierOf(member: string): Member | undefined {
    const earlier = this.times.take(nameOf(member));
    return earlier.length === 0 ? undefined : this.add(member, windowWith(earlier, MEMBER_RATES));
  }

  private add(name: string, window: RateWindow): Member {
    const member = { window, remember: this.times.memoryOf(nameOf(name)) };
    this.members.set(name, member);
    return member;
  }

  private tidy(now: number): void {
    this.untilTidy -= 1;
    if (this.untilTidy > 0) return;
    for (const [name, { window }] of this.members) if (window.isIdle(now)) this.members.delete(name);
    // Seldom enough that looking through all costs each message next to nothing.
    this.untilTidy = Math.max(TIDY_EVERY, this.members.size);
  }
}

/** No user ID is the name of everybody. */
function nameOf(member: string): string {
  return `member ${member}`;
}

const NOTHING_SENT = new RateWindow(MEMBER_RATES);

/** The one recipient of a robot. */
const GROUP = 'group';
/** All group chats of a company. */
const CHATS = 'chats';

/** What a group robot sends. */
export class RobotPace {
  private readonly window: RateWindow;
  private readonly remember: Remember;

  constructor(times: SendingTimes = FORGETFUL) {
    this.window = windowWith(times.take(GROUP), ROBOT_RATES);
    this.remember = times.memoryOf(GROUP);
  }

  /** @param processes how many share the rate */
  of(processes = 1): Pace {
    const { window, remember } = this;
    return {
      rate: 'robot',
      wait: (now) => window.wait(now, processes),
      begin: () => window.begin(),
      end: (now, counts) => {
        window.end(now, counts);
        if (counts) remember();
      },
    };
  }
}

interface Sent {
  readonly chatid: string;
  readonly at: number;
  /** How many people got it, if it was sent before this process began. */
  readonly weight?: number;
}

/** What a company sends to its group chats. */
export class ChatPace {
  private readonly messages: RateWindow;
  private readonly sizes = new Map<string, { readonly members: number; readonly until: number }>();
  /** Of the last minute, in the order of their times. */
  private sent: Sent[];
  private readonly onTheirWay = new Set<{ readonly chatid: string }>();
  private learning: Promise<void> | undefined;
  private tidyAt = TIDY_EVERY;

  private readonly remember: Remember;

  constructor(times: SendingTimes = FORGETFUL) {
    const earlier = times.take(CHATS);
    this.remember = times.memoryOf(CHATS);
    this.messages = windowWith(earlier, CHAT_RATES);
    this.sent = earlier.map(({ at, weight }) => ({ chatid: '', at, weight }));
  }

  /**
   * @param lookUp how many members a chat has; only asked when it matters, that is from 10 messages a minute on
   * @param processes how many share the rates
   */
  of(chatid: string, lookUp: (chatid: string) => Promise<number | undefined>, processes = 1): Pace {
    const own = { chatid };
    return {
      rate: 'chat',
      wait: (now) => {
        const wait = this.personTimesWait(chatid, now, shareOf(CHAT_PERSON_TIMES, processes));
        const unknown = wait > 0 ? this.chatsOfUnknownSize(chatid, now) : [];
        return unknown.length > 0
          ? this.learn(unknown, lookUp, now)
          : Math.max(wait, this.messages.wait(now, processes));
      },
      begin: () => {
        this.messages.begin();
        this.onTheirWay.add(own);
      },
      end: (now, counts) => {
        this.messages.end(now, counts);
        this.onTheirWay.delete(own);
        if (!counts) return;
        if (this.sent.length >= TIDY_EVERY && (this.sent[0] as Sent).at <= now - MINUTE)
          this.sent = this.sent.filter(({ at }) => at > now - MINUTE);
        this.sent.push({ chatid, at: now });
        this.remember(this.sizeOf(chatid, now) ?? LARGEST_CHAT);
      },
    };
  }

  private chatsOfUnknownSize(chatid: string, now: number): string[] {
    const chats = new Set([
      chatid,
      ...[...this.sent.filter((message) => message.weight === undefined), ...this.onTheirWay].map(
        (message) => message.chatid,
      ),
    ]);
    return [...chats].filter((id) => this.sizeOf(id, now) === undefined);
  }

  private sizeOf(chatid: string, now: number): number | undefined {
    const size = this.sizes.get(chatid);
    return size && now < size.until ? size.members : undefined;
  }

  private personTimesWait(chatid: string, now: number, most: number): number {
    this.sent = this.sent.filter(({ at }) => at > now - MINUTE);
    const weight = (id: string) => this.sizeOf(id, now) ?? LARGEST_CHAT;
    let sum = weight(chatid);
    for (const message of this.onTheirWay) sum += weight(message.chatid);
    // A chat that is larger than the share gets its message when there is no other within the minute.
    if (sum > most && this.onTheirWay.size > 0) return LOOK_AGAIN_MS;
    for (const message of this.sent) sum += message.weight ?? weight(message.chatid);
    let wait = 0;
    for (const message of this.sent) {
      if (sum <= most) break;
      sum -= message.weight ?? weight(message.chatid);
      wait = message.at + MINUTE - now;
    }
    return wait;
  }

  /** Everybody who waits for sizes waits for the same look-up. A chat that cannot be looked up counts as the largest there can be. */
  private learn(
    chatids: readonly string[],
    lookUp: (chatid: string) => Promise<number | undefined>,
    now: number,
  ): Promise<void> {
    if (this.sizes.size >= this.tidyAt) {
      for (const [chatid, { until }] of this.sizes) if (now >= until) this.sizes.delete(chatid);
      // Seldom enough that looking through all costs each look-up next to nothing.
      this.tidyAt = Math.max(TIDY_EVERY, 2 * this.sizes.size);
    }
    this.learning ??= Promise.all(
      chatids.map(async (chatid) =>
        this.sizes.set(chatid, {
          members: (await lookUp(chatid).catch(() => undefined)) ?? LARGEST_CHAT,
          until: now + SIZE_LIFETIME,
        }),
      ),
    ).then(() => {
      this.learning = undefined;
    });
    return this.learning;
  }
}
