import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';

/** What members see of a message's content: cut, completed and translated. */
export type Shown = Record<string, unknown>;

/** What members see of a card after update_template_card. */
export interface CardUpdate {
  /** ISO 8601, by the sandbox's clock. */
  time: string;
  /** Who sees the card this way since then. */
  userids: string[];
  shown: Shown;
  /** What of the request WeCom ignores, as `unread` of a message. */
  unread: string[];
}

/** A message WeCom accepted. */
export interface SandboxMessage {
  /** For message/recall when `to` is `app`; the API gives none for the others, there it only tells messages apart. */
  msgid: string;
  /** ISO 8601, by the sandbox's clock. */
  time: string;
  /** How it came: message/send, appchat/send or webhook/send. */
  to: 'app' | 'chat' | 'robot';
  /** The app that sent it; null for a robot. */
  agentid: number | null;
  /** The app chat it was sent to. */
  chatid?: string;
  /** The robot that sent it. Its key stays secret. */
  robot?: { id: string; name: string; group: string };
  msgtype: string;
  /** The request body as it was understood. */
  received: Record<string, unknown>;
  /** What of it WeCom ignores, because the page of the API knows no such field here: `textcard.titel`. */
  unread: string[];
  /** What members see: cut as WeCom cuts, ids translated. */
  shown: Shown;
  /** 1 or 2: confidential. */
  safe: number;
  delivered_to: string[];
  /** Members above 30 messages a minute or 1000 an hour: WeCom reports success and shows them nothing. */
  dropped_for: string[];
  invaliduser: string[];
  invalidparty: string[];
  invalidtag: string[];
  unlicenseduser: string[];
  /** How often the duplicate check kept the same request from being delivered again. */
  duplicates: number;
  /** Taken back with message/recall: members see only that there was a message. */
  recalled: boolean;
  /** Changes of a card, oldest first; each member sees the last one that names them. */
  updates: CardUpdate[];
}

type Sent = Pick<SandboxMessage, 'to' | 'agentid' | 'msgtype' | 'received' | 'shown' | 'delivered_to'> &
  Partial<SandboxMessage>;

/** A message with everything that was not said about it. */
export function createMessage(clock: Clock, sent: Sent): SandboxMessage {
  return {
    // 86 characters, `-` and `_` among them, as captured answers have.
    msgid: randomBytes(64).toString('base64url'),
    time: new Date(clock.now()).toISOString(),
    safe: 0,
    unread: [],
    dropped_for: [],
    invaliduser: [],
    invalidparty: [],
    invalidtag: [],
    unlicenseduser: [],
    duplicates: 0,
    recalled: false,
    updates: [],
    ...sent,
  };
}

/** What this member sees of a message, updates of a card included. */
export function shownTo(message: SandboxMessage, userid: string): Shown {
  return message.updates.findLast(({ userids }) => userids.includes(userid))?.shown ?? message.shown;
}

export interface MessageFilter {
  /** Userid, in any case of letters: messages delivered to this member, `shown` as this member sees them. */
  member?: string | undefined;
  msgtype?: string | undefined;
  to?: SandboxMessage['to'] | undefined;
  chatid?: string | undefined;
  /** Id of a robot. */
  robot?: string | undefined;
  /** The newest so many. */
  limit?: number | undefined;
}

/** More than this are not kept; the oldest go first. */
export const KEPT_MESSAGES = 20_000;

/** The messages the sandbox accepted, newest last. */
export class Messages {
  private kept: SandboxMessage[] = [];

  /** `announce` is told of every new message, `announceChange` of every one that was recalled, updated or repeated. */
  constructor(
    private readonly announce: (message: SandboxMessage) => void,
    private readonly announceChange: (message: SandboxMessage) => void = () => undefined,
  ) {}

  add(message: SandboxMessage): void {
    this.kept.push(message);
    // Cutting in larger pieces keeps the cost per message constant.
    if (this.kept.length > KEPT_MESSAGES * 1.1) this.kept = this.kept.slice(-KEPT_MESSAGES);
    this.announce(message);
  }

  /** Changes a message and tells those who watch. */
  change(message: SandboxMessage, change: Partial<SandboxMessage>): void {
    Object.assign(message, change);
    this.announceChange(message);
  }

  find(msgid: string): SandboxMessage | undefined {
    return this.kept.findLast((message) => message.msgid === msgid);
  }

  list({ member, msgtype, to, chatid, robot, limit }: MessageFilter = {}): SandboxMessage[] {
    const wanted = this.kept.slice(-KEPT_MESSAGES).filter((message) => {
      if (msgtype !== undefined && message.msgtype !== msgtype) return false;
      if (to !== undefined && message.to !== to) return false;
      if (chatid !== undefined && message.chatid !== chatid) return false;
      return robot === undefined || message.robot?.id === robot;
    });
    const matching = member === undefined ? wanted : wanted.flatMap((message) => seenBy(member.toLowerCase(), message));
    return limit === undefined ? matching : matching.slice(-limit);
  }
}

/** The message as a member sees it, or nothing when it was not delivered there. */
function seenBy(lowerCaseUserid: string, message: SandboxMessage): SandboxMessage[] {
  const userid = message.delivered_to.find((receiver) => receiver.toLowerCase() === lowerCaseUserid);
  if (userid === undefined) return [];
  return message.updates.length === 0 ? [message] : [{ ...message, shown: shownTo(message, userid) }];
}
