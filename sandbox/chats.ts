import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { App } from './company';
import { Refusal } from './errors';
import type { JsonObject, LenientBody } from './lenient-json';
import { RateLimit } from './rate-limit';

/** A group chat an app created. */
export interface Chat {
  chatid: string;
  name: string;
  owner: string;
  userlist: string[];
  /** The app that created it, and alone may use it. */
  agentid: number;
  /** Its owner dismissed the group in the client. */
  dismissed: boolean;
}

const HOUR = 3_600_000;

/**
 * The app chats of the corp (docs 90245, 98913, 98914, 90248) and how often they may be created, changed and sent to.
 */
export class Chats {
  private readonly chats = new Map<string, Chat>();
  readonly creations: RateLimit;
  readonly changes: RateLimit;
  /** Counts a message once per member of the chat (人次). */
  readonly personTimes: RateLimit;

  /** `announce` is told whenever a chat is new or different. */
  constructor(
    clock: Clock,
    private readonly announce: () => void,
  ) {
    this.creations = new RateLimit(clock, 1000, 24 * HOUR);
    this.changes = new RateLimit(clock, 1000, HOUR);
    this.personTimes = new RateLimit(clock, 20_000, 60_000);
  }

  save(chat: Chat): void {
    this.chats.set(chat.chatid, chat);
    this.announce();
  }

  find(chatid: string): Chat | undefined {
    return this.chats.get(chatid);
  }

  list(): Chat[] {
    return [...this.chats.values()];
  }
}

/** 32 letters and digits. */
export function newChatid(): string {
  return randomBytes(16).toString('hex');
}

/**
 * A chatid as sent, undefined when it is missing or empty.
 * @throws Refusal 86206 a JSON number beyond what is exact, 86205 more than 32 characters, 86001 not only letters and
 *   digits
 */
export function readChatid(body: LenientBody, request: JsonObject): string | undefined {
  const raw = request['chatid'];
  if (typeof raw === 'number' && !Number.isSafeInteger(raw)) throw new Refusal(86206);
  const chatid = body.string(request, 'chatid');
  if (!chatid) return undefined;
  return checkChatid(chatid);
}

export function checkChatid(chatid: string): string {
  if (chatid.length > 32) throw new Refusal(86205);
  if (!/^[0-9a-zA-Z]+$/.test(chatid)) throw new Refusal(86001);
  return chatid;
}

/**
 * The chat an app names, when it may use it.
 * @param unknown errcode for a chat that does not exist
 * @throws Refusal 86201 not named, `unknown`, 86008 created by another app, 49008 dismissed
 */
export function requireChat(chats: Chats, chatid: string | undefined, app: App, unknown: 40050 | 86003): Chat {
  if (!chatid) throw new Refusal(86201);
  const chat = chats.find(chatid);
  if (!chat) throw new Refusal(unknown);
  if (chat.agentid !== app.agentid) throw new Refusal(86008);
  if (chat.dismissed) throw new Refusal(49008);
  return chat;
}

/**
 * App chats are for apps that see the root department.
 * @throws Refusal 48002
 */
export function requireRootVisible(app: App): void {
  if (!app.visible.parties.includes(1)) throw new Refusal(48002);
}

/** At most 50 characters of a name are kept. @throws Refusal 86004 nothing but blanks, or control characters in it */
export function readChatName(name: string): string {
  if (name.trim() === '' || /\p{Cc}/u.test(name)) throw new Refusal(86004);
  return [...name].slice(0, 50).join('');
}

/** @throws Refusal 86006 fewer than 2 or more than 2000 members */
export function checkChatSize(members: number): void {
  if (members < 2 || members > 2000) throw new Refusal(86006);
}
