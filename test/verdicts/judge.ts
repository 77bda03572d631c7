import type { Http } from '../../core';
import { Chats } from '../../sandbox/chats';
import type { App } from '../../sandbox/company';
import { Contacts } from '../../sandbox/contacts';
import { Duplicates } from '../../sandbox/duplicates';
import { ENDPOINTS } from '../../sandbox/endpoints';
import { FileAnswer } from '../../sandbox/endpoints/endpoint';
import { Refusal } from '../../sandbox/errors';
import { LenientBody } from '../../sandbox/lenient-json';
import { createMessage } from '../../sandbox/messages';
import type { SandboxMessage } from '../../sandbox/messages';
import { createState } from '../../sandbox/state';
import type { State } from '../../sandbox/state';
import { TaskIds } from '../../sandbox/task-ids';
import { saysNothing } from '../../sandbox/unread';
import { amr, mp4 } from '../fixtures/media';
import { PICTURE } from '../fixtures/official-samples';

export type Json = Record<string, unknown>;

/** A request as WeCom gets it. */
export interface Request {
  /** The path after `/cgi-bin/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Json;
}

/**
 * What the sandbox makes of a request: it takes it as it is; or it takes it, but members see something else than was
 * written (cut, converted, ignored); or it refuses it.
 */
export interface Verdict {
  readonly verdict: 'takes' | 'changes' | 'refuses';
  /** What it changes, or the errcode. */
  readonly why: string;
  /** Paths of what the sandbox does not know. */
  readonly unread: readonly string[];
}

/** The app that sends to members, and the one that sees the whole company and therefore may have chats. */
export const APPS = { members: 0, chats: 1 } as const;
export const CHAT = 'CHAT1';
/** One as long as they get. */
const LONG_CHATID = 'a'.repeat(32);
/** A userid as long as they get. */
export const LONG_USERID = 'u'.repeat(64);
/** Stands in a message for the code of a card that was just sent, or the id of a message. */
export const RESPONSE_CODE = 'THE-RESPONSE-CODE';
export const MSGID = 'THE-MSGID';

/** Nobody sends faster than this, so no rate is in the way: 30 messages a member and 20 a robot in a minute. */
const STEP_MS = 4_000;
/** Answers about how much was sent: a judge of messages must never hear them. */
const RATES: ReadonlySet<number> = new Set([45009, 45033]);

/**
 * The sandbox without its server, asked about one request after the other. Each is asked as if nothing had been sent
 * before. Nothing in here comes from core: what the sandbox reads, cuts and refuses is its own.
 */
export class Judge {
  private readonly state: State;
  readonly media: Readonly<Record<'image' | 'voice' | 'video' | 'file', string>>;
  readonly robotMedia: Readonly<Record<'image' | 'voice' | 'video' | 'file', string>>;
  private card: SandboxMessage;
  private told: SandboxMessage | undefined;
  private readonly verdicts: { request: Request; verdict: Verdict }[] = [];

  constructor() {
    this.state = createState(
      { extraMembers: 2_100, accountLimit: 1_000_000, seed: 1 },
      {
        message: (message) => (this.told = message),
        changed: (message) => (this.told = message),
        chats: () => undefined,
      },
    );
    const { company, media } = this.state;
    company.members.push({ userid: LONG_USERID, name: 'Long', department: [2], mobile: '13900000000', licensed: true });
    this.state.contacts = new Contacts(company);
    const bytes = { image: PICTURE, voice: amr(1), video: mp4(64), file: Buffer.from('the file') };
    const names = { image: 'a.png', voice: 'a.amr', video: 'a.mp4', file: 'a.txt' };
    const kinds = ['image', 'voice', 'video', 'file'] as const;
    const add = (robot?: string) =>
      Object.fromEntries(
        kinds.map((kind) => [kind, media.add(kind, names[kind], bytes[kind], robot).media_id]),
      ) as Judge['media'];
    this.media = add();
    this.robotMedia = add(company.robots[0]!.id);
    this.card = this.sentCard();
  }

  get company() {
    return this.state.company;
  }

  get robotKey(): string {
    return this.company.robots[0]!.key;
  }

  app(which: keyof typeof APPS): App {
    return this.company.apps[APPS[which]]!;
  }

  /** What the sandbox says to a request, written out by hand. */
  ask(request: Request): Verdict {
    this.startAnew();
    return this.answer(request).verdict;
  }

  /** Lets core send, and remembers what arrived and what the sandbox said to it. */
  async watch(send: (http: Http) => Promise<unknown>): Promise<{
    outcome: { answer?: unknown; error?: unknown };
    arrived: readonly { request: Request; verdict: Verdict }[];
  }> {
    this.startAnew();
    this.verdicts.length = 0;
    const outcome = await send(this.http).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    return { outcome, arrived: [...this.verdicts] };
  }

  private readonly http: Http = async ({ url, body }) => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace('/cgi-bin/', '');
    const query = Object.fromEntries(searchParams);
    if (path === 'gettoken')
      return {
        status: 200,
        body: JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: query['corpsecret'], expires_in: 7200 }),
      };
    const request: Request = { path, query, ...(typeof body === 'string' && { json: JSON.parse(body) as Json }) };
    const { verdict, reply } = this.answer(request);
    this.verdicts.push({ request, verdict });
    return { status: 200, body: JSON.stringify(reply) };
  };

  /** As if nothing had been sent before. */
  private startAnew(): void {
    const { state } = this;
    state.clock.move(STEP_MS);
    state.taskIds = new TaskIds();
    state.taskIds.add(this.app('members'), 'KNOWN-TASK');
    state.duplicates = new Duplicates(state.clock);
    state.chats = new Chats(state.clock, () => undefined);
    for (const chatid of [CHAT, LONG_CHATID])
      state.chats.save({
        chatid,
        name: 'Chat',
        owner: 'zhangsan',
        userlist: ['zhangsan', 'lisi', LONG_USERID],
        agentid: this.app('chats').agentid,
        dismissed: false,
      });
    this.card = this.sentCard();
  }

  private sentCard(): SandboxMessage {
    const { state } = this;
    const shown = { card_type: 'button_interaction', button_list: [] };
    return createMessage(state.clock, {
      to: 'app',
      agentid: this.app('members').agentid,
      msgtype: 'template_card',
      received: {},
      shown,
      delivered_to: ['zhangsan', 'lisi', 'alice', 'wangwu'],
    });
  }

  private answer({ path, query = {}, json }: Request): { verdict: Verdict; reply: Json } {
    const { state } = this;
    const endpoint = ENDPOINTS.find((one) => one.path === path);
    if (!endpoint)
      throw new Error(
        `The sandbox has no ${path}: add sandbox/endpoints/${path.replaceAll(/[/_]/g, '-')}.ts and name it in index.ts beside it`,
      );
    const raw = Buffer.from(
      JSON.stringify(json ?? {})
        .replaceAll(`"${RESPONSE_CODE}"`, () => JSON.stringify(state.responseCodes.issue(this.card)))
        .replaceAll(`"${MSGID}"`, () => JSON.stringify(this.recallable())),
    );
    const body = new LenientBody(raw);
    this.told = undefined;
    const app = this.company.apps.find(({ secret }) => secret === query['access_token'])!;
    try {
      const call = { state, query, range: undefined, body, parts: [], origin: 'http://127.0.0.1' };
      const answer =
        endpoint.caller === 'nobody' ? endpoint.answer(call) : endpoint.answer({ ...call, app, holder: app });
      if (answer instanceof FileAnswer) throw new Error(`${path} answers with a file`);
      return { verdict: this.changes(body), reply: { errcode: 0, errmsg: 'ok', ...answer } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (RATES.has(error.errcode)) throw new Error(`The sandbox counts: ${error.errcode}`);
      const reply = { errcode: error.errcode, errmsg: error.errmsg(this.company.callerIp, state.clock.now()) };
      return { verdict: { verdict: 'refuses', why: String(error.errcode), unread: [] }, reply };
    }
  }

  private recallable(): string {
    this.state.messages.add(this.card);
    return this.card.msgid;
  }

  /** What members see, compared with what was written. */
  private changes(body: LenientBody): Verdict {
    const told = this.told;
    if (told && told.dropped_for.length > 0) throw new Error('The sandbox drops messages: too many in a minute');
    const written = JSON.parse(body.raw.toString('utf8')) as Json;
    const msgtype = written['msgtype'] as string;
    const [said, shown] =
      told === undefined
        ? [written, this.state.chats.find(String(written['chatid'])) ?? this.state.chats.list().at(-1)]
        : told.updates.length > 0
          ? [written['template_card'], told.updates.at(-1)!.shown]
          : [written[msgtype], told.shown];
    const unread = body.unread();
    const found = [
      ...unread.map((path) => `${path} is not read`),
      ...differences(said, shown, ''),
      // What the sandbox converts, and says so.
      ...(body.warned ? ['wrong json format'] : []),
    ];
    return found.length === 0
      ? { verdict: 'takes', why: '', unread }
      : { verdict: 'changes', why: found.join('; '), unread };
  }
}

/** Where members see something else than was written. What the sandbox does not show is not compared. */
function differences(said: unknown, shown: unknown, path: string): string[] {
  if (said === shown || shown === undefined || said === undefined || saysNothing(said)) return [];
  if (Array.isArray(said)) {
    if (!Array.isArray(shown)) return [`${path} is shown as another kind`];
    // Who is mentioned by number stands in the same list.
    if (said.every((entry) => typeof entry === 'string'))
      return said.every((entry) => shown.includes(entry)) ? [] : [`${path} is shown without some entries`];
    if (said.length !== shown.length) return [`${path} is shown with ${shown.length} entries`];
    return said.flatMap((entry, index) => differences(entry, shown[index], `${path}[${index}]`));
  }
  if (typeof said === 'object' && typeof shown === 'object' && shown !== null)
    return Object.entries(said as Json).flatMap(([key, value]) =>
      differences(value, (shown as Json)[key], path === '' ? key : `${path}.${key}`),
    );
  return [`${path} is shown otherwise`];
}
