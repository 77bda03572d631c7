import type { Shown } from './msgtypes/message-type';

/** A message WeCom accepted. */
export interface SandboxMessage {
  msgid: string;
  /** ISO 8601, by the sandbox's clock. */
  time: string;
  agentid: number;
  msgtype: string;
  /** The request body as it was understood. */
  received: Record<string, unknown>;
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
}

export interface MessageFilter {
  /** Userid, in any case of letters: messages delivered to this member. */
  member?: string;
  msgtype?: string;
  /** The newest so many. */
  limit?: number;
}

/** More than this are not kept; the oldest go first. */
export const KEPT_MESSAGES = 20_000;

/** The messages the sandbox accepted, newest last. */
export class Messages {
  private kept: SandboxMessage[] = [];

  constructor(private readonly announce: (message: SandboxMessage) => void) {}

  add(message: SandboxMessage): void {
    this.kept.push(message);
    // Cutting in larger pieces keeps the cost per message constant.
    if (this.kept.length > KEPT_MESSAGES * 1.1) this.kept = this.kept.slice(-KEPT_MESSAGES);
    this.announce(message);
  }

  list({ member, msgtype, limit }: MessageFilter = {}): SandboxMessage[] {
    const userid = member?.toLowerCase();
    const matching = this.kept.slice(-KEPT_MESSAGES).filter((message) => {
      if (msgtype !== undefined && message.msgtype !== msgtype) return false;
      return userid === undefined || message.delivered_to.some((receiver) => receiver.toLowerCase() === userid);
    });
    return limit === undefined ? matching : matching.slice(-limit);
  }
}
