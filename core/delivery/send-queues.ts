/**
 * The room delivery: when a call goes out, by order, rates and repetitions. May import from outcome, schema and
 * api.
 */
import { sameServer } from '../api/base-url';
import { EvictingMap } from '../api/evicting-map';
import type { Clock, SendingTimesStore, WecomApp } from '../api/ports';
import { KeyedQueue } from './keyed-queue';
import { ChatPace, MemberPace, RobotPace } from './pace';
import { Pauses, ROBOT_BLOCKS } from './pauses';
import { Outages } from './retries';
import { FORGETFUL, SendingTimesOnStore } from './sending-times';
import type { SendingTimes } from './sending-times';
import { ConcurrencyLimit } from './concurrency-limit';

/** What all messages of one app share. */
export interface AppQueue {
  /** Order and rate of what goes to members, departments and tags. */
  readonly members: { readonly order: KeyedQueue; readonly pace: MemberPace };
  readonly pauses: Pauses;
  readonly concurrency: ConcurrencyLimit;
  readonly outages: Outages;
}

/** What all messages to the group chats of one company share. */
export interface ChatQueue {
  readonly order: KeyedQueue;
  readonly pace: ChatPace;
}

/** What all messages of one group robot share. */
export interface RobotQueue {
  readonly order: KeyedQueue;
  readonly pace: RobotPace;
  readonly pauses: Pauses;
  readonly concurrency: ConcurrencyLimit;
  readonly outages: Outages;
}

/** A queue that is there when it is needed. */
export interface QueueInUse<Queue> {
  /**
   * Hands the queue over until the task has ended. Nobody may keep it for longer: once it is idle it is forgotten, and
   * the next who asks gets a new one.
   *
   * @param clock measures how long the queue has been idle; the same for all users
   */
  use<Value>(clock: Clock, task: (queue: Queue) => Promise<Value>): Promise<Value>;
}

/** What was sent to a member, or by a robot, counts for no longer than this. Milliseconds. */
const HOUR = 3_600_000;
/** What was sent to group chats counts for so long. Milliseconds. */
const DAY = 24 * HOUR;

/**
 * The queues of a process. WeCom counts by app and robot, whoever sends; so clients for the same app must
 * share this, as they share tokens. It holds what was sent within the longest window of a rate as times, and no
 * messages; an app, company or robot with which nobody has sent for so long is forgotten.
 */
export class SendQueues {
  private readonly apps = idleAfter<AppQueue>(HOUR, ({ pauses }, now) => pauses.areOver(now));
  private readonly chats = idleAfter<ChatQueue>(DAY);
  private readonly robots = idleAfter<RobotQueue>(HOUR, ({ pauses }, now) => pauses.areOver(now));
  private readonly times: SendingTimesOnStore | undefined;

  /** @param parts a store lets the rates outlive the process; the clock must be that of the clients */
  constructor(parts?: { readonly clock: Clock; readonly store: SendingTimesStore }) {
    this.times = parts && new SendingTimesOnStore(parts.store, parts.clock);
  }

  /** What the messages of one app wait in. It is known by company, app and base URL. @internal */
  ofApp({ baseUrl, corpId, agentId, secret }: WecomApp): QueueInUse<AppQueue> {
    const sender = ['app', sameServer(baseUrl), corpId, agentId];
    return inUse(this.apps, JSON.stringify(sender), () => ({
      members: { order: new KeyedQueue(), pace: new MemberPace(this.timesOf(sender, secret)) },
      pauses: new Pauses(),
      concurrency: new ConcurrencyLimit(),
      outages: new Outages(),
    }));
  }

  /** The limits of group chats hold for all apps of a company together. @internal */
  ofChats({ baseUrl, corpId }: WecomApp): QueueInUse<ChatQueue> {
    const sender = ['chats', sameServer(baseUrl), corpId];
    return inUse(this.chats, JSON.stringify(sender), () => ({
      order: new KeyedQueue(),
      pace: new ChatPace(this.timesOf(sender, corpId)),
    }));
  }

  /**
   * What the messages of one group robot wait in.
   *
   * @param robotKey a hash: the key itself is a secret
   * @internal
   */
  ofRobot(robotKey: string): QueueInUse<RobotQueue> {
    return inUse(this.robots, robotKey, () => ({
      order: new KeyedQueue(),
      pace: new RobotPace(this.timesOf(['robot', robotKey], robotKey)),
      pauses: new Pauses(ROBOT_BLOCKS),
      concurrency: new ConcurrencyLimit(),
      outages: new Outages(),
    }));
  }

  private timesOf(sender: readonly (string | number)[], secret: string): SendingTimes {
    return this.times?.of(JSON.stringify(sender), secret) ?? FORGETFUL;
  }
}

interface Kept<Queue> {
  readonly queue: Queue;
  /** How many messages and calls go through it, those that wait included. */
  users: number;
  /** Monotonic milliseconds at which the last of them ended. */
  usedAt: number;
}

/** @param isOver whether nothing else of the queue matters at that time */
function idleAfter<Queue>(
  ms: number,
  isOver: (queue: Queue, now: number) => boolean = () => true,
): EvictingMap<Kept<Queue>> {
  return new EvictingMap(({ queue, users, usedAt }, now) => users === 0 && now - usedAt >= ms && isOver(queue, now));
}

function inUse<Queue>(queues: EvictingMap<Kept<Queue>>, key: string, make: () => Queue): QueueInUse<Queue> {
  return {
    async use(clock, task) {
      const now = clock.monotonic();
      const kept = queues.getOrAdd(key, now, () => ({ queue: make(), users: 0, usedAt: now }));
      kept.users += 1;
      try {
        return await task(kept.queue);
      } finally {
        kept.users -= 1;
        kept.usedAt = clock.monotonic();
      }
    },
  };
}
