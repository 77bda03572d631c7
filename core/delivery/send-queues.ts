import { sameServer } from '../base-url';
import type { Clock, SendingTimesStore, WecomApp } from '../ports';
import { Lanes } from './lanes';
import { ChatPace, MemberPace, RobotPace } from './pace';
import { Pauses, ROBOT_BLOCKS } from './pauses';
import { Troubles } from './retries';
import { FORGETFUL, SendingTimesOnStore } from './sending-times';
import type { SendingTimes } from './sending-times';
import { SideBySide } from './side-by-side';

/** What all messages of one app share. */
export interface AppQueue {
  readonly members: { readonly lanes: Lanes; readonly pace: MemberPace };
  readonly chats: { readonly lanes: Lanes; readonly pace: ChatPace };
  readonly pauses: Pauses;
  readonly sideBySide: SideBySide;
  readonly troubles: Troubles;
}

/** What all messages of one group robot share. */
export interface RobotQueue {
  readonly lanes: Lanes;
  readonly pace: RobotPace;
  readonly pauses: Pauses;
  readonly sideBySide: SideBySide;
  readonly troubles: Troubles;
}

/**
 * The queues of a process. WeCom counts by app and robot, whoever sends; so clients for the same app must
 * share this, as they share tokens. It holds what was sent in the last hour as times, and no messages.
 */
export class SendQueues {
  private readonly apps = new Map<string, AppQueue>();
  private readonly chats = new Map<string, AppQueue['chats']>();
  private readonly robots = new Map<string, RobotQueue>();
  private readonly times: SendingTimesOnStore | undefined;

  /** @param parts a store lets the rates outlive the process; the clock must be that of the clients */
  constructor(parts?: { readonly clock: Clock; readonly store: SendingTimesStore }) {
    this.times = parts && new SendingTimesOnStore(parts.store, parts.clock);
  }

  ofApp({ baseUrl, corpId, agentId, secret }: WecomApp): AppQueue {
    const server = sameServer(baseUrl);
    return getOrAdd(this.apps, JSON.stringify([server, corpId, agentId]), () => ({
      members: { lanes: new Lanes(), pace: new MemberPace(this.timesOf(['app', server, corpId, agentId], secret)) },
      // The limits of group chats hold for all apps of a company together.
      chats: getOrAdd(this.chats, JSON.stringify([server, corpId]), () => ({ lanes: new Lanes(), pace: new ChatPace(this.timesOf(['chats', server, corpId], corpId)) })),
      pauses: new Pauses(),
      sideBySide: new SideBySide(),
      troubles: new Troubles(),
    }));
  }

  /** @param robotKey a hash: the key itself is a secret */
  ofRobot(robotKey: string): RobotQueue {
    return getOrAdd(this.robots, robotKey, () => ({ lanes: new Lanes(), pace: new RobotPace(this.timesOf(['robot', robotKey], robotKey)), pauses: new Pauses(ROBOT_BLOCKS), sideBySide: new SideBySide(), troubles: new Troubles() }));
  }

  private timesOf(sender: readonly (string | number)[], secret: string): SendingTimes {
    return this.times?.of(JSON.stringify(sender), secret) ?? FORGETFUL;
  }
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
