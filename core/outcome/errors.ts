/** The room outcome: what comes back, as results, errors, error codes and their wording. Imports from no other room. */
import type { Wait } from './wait';
import { lookUpErrorCode } from './error-codes';
import { bounded, describeIssues, quoted } from './issues';
import type { InputIssue } from './issues';
import type { Language, Wording } from './wording';
import type { SendResult } from './result';

export type { InputIssue } from './issues';

/** What people see of an error: what happened, and what to do next. */
export interface Explanation {
  /** What happened. */
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
}

/** Which request of a message failed, when the message needed several. Counted from 1. */
export interface FailedRequest {
  /** Of the parts that a long text was divided into. */
  readonly part: number;
  /** How many parts there are. */
  readonly parts: number;
  /** Of the recipients, who go by 1000 members, 100 departments or 100 tags to a request. */
  readonly batch: number;
  /** How many requests of recipients there are to each part. */
  readonly batches: number;
}

/** What a message or call had behind it when the error came. */
export type Circumstances = Pick<WecomError, 'delivered' | 'failed' | 'tries' | 'elapsedMs' | 'retryInMs'>;

/**
 * Every error of this package can explain itself in the languages of the project. No error changes once it is made: what
 * becomes known later is said by a new one, because one error may answer many messages.
 */
export abstract class WecomError extends Error {
  /** What earlier requests of the same message delivered before this error; absent if nothing was sent. */
  declare readonly delivered?: SendResult;
  /** The request that failed; absent if the message needed only one. What comes after it was not sent. */
  declare readonly failed?: FailedRequest;
  /** How often the call was made; absent if once. */
  declare readonly tries?: number;
  /** Milliseconds that all tries took, with the pauses between them; absent if there was only one. */
  declare readonly elapsedMs?: number;
  /** Milliseconds after which another try makes sense; absent if that is not known. */
  declare readonly retryInMs?: number;

  protected constructor(message: string, circumstances: Circumstances) {
    const { tries, elapsedMs } = circumstances;
    super(tries === undefined ? message : `${message} Tried ${tries} times in ${seconds(elapsedMs ?? 0)} s.`);
    Object.assign(this, circumstances);
  }

  /** What happened and what to do next. */
  explain(language: Language): Explanation {
    const { title, advice } = this.describe(language);
    return { title: this.place(language) + title + this.effort(language), advice: advice + this.remainder(language) };
  }

  /**
   * The same error with its tries: one error may answer many messages, such as that of a gettoken they all waited for.
   *
   * @internal
   */
  afterTries(tries: number, elapsedMs: number): this {
    return this.copy({ tries, elapsedMs }) as this;
  }

  /**
   * The same error with the request of a message that it ended, and what the requests before it delivered.
   *
   * @internal
   */
  afterRequests(failed: FailedRequest | undefined, delivered: SendResult | undefined): this {
    const { tries, elapsedMs } = this;
    return this.copy({
      ...(tries !== undefined && { tries }),
      ...(elapsedMs !== undefined && { elapsedMs }),
      ...(failed && { failed }),
      ...(delivered && { delivered }),
    }) as this;
  }

  protected abstract describe(language: Language): Explanation;
  /**
   * A new error that says the same, under these circumstances and no other.
   *
   * @internal
   */
  abstract copy(circumstances?: Circumstances): WecomError;

  private place(language: Language): string {
    if (!this.failed) return '';
    const { part, parts, batch, batches } = this.failed;
    const places =
      language === 'zh'
        ? [
            ...(parts > 1 ? [`第 ${part} 条（共 ${parts} 条）`] : []),
            ...(batches > 1 ? [`第 ${batch} 批接收人（共 ${batches} 批）`] : []),
          ]
        : [
            ...(parts > 1 ? [`Part ${part} of ${parts}`] : []),
            ...(batches > 1 ? [`batch ${batch} of ${batches} of the recipients`] : []),
          ];
    return language === 'zh' ? `${places.join('，')}：` : `${upperFirst(places.join(', '))}: `;
  }

  private effort(language: Language): string {
    if (this.tries === undefined || this.elapsedMs === undefined) return '';
    return language === 'zh'
      ? `（${seconds(this.elapsedMs)} 秒内尝试了 ${this.tries} 次）`
      : `, after ${this.tries} tries in ${seconds(this.elapsedMs)} s`;
  }

  private remainder(language: Language): string {
    if (!this.failed) return '';
    const before = this.delivered !== undefined;
    if (language === 'zh')
      return before ? '此前的部分已送达（见 delivered），之后的部分未发送；请勿整条重发。' : '之后的部分未发送。';
    return before
      ? ' What came before it was delivered (see "delivered"), what comes after it was not sent: do not send the whole message again.'
      : ' What comes after it was not sent.';
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Our validation said no. Nothing was sent. Carries the issues of all fields at once; of a list those of its first 20 wrong entries, and how many more there are. */
export class WecomInputError extends WecomError {
  /** `WecomInputError`, also where `instanceof` cannot be used. */
  override readonly name = 'WecomInputError';
  /** Every wrong field. */
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[], circumstances: Circumstances = {}) {
    const told = bounded(issues);
    super(`Nothing was sent. ${describeIssues(told, 'en')}`, circumstances);
    this.issues = told;
  }

  protected describe(language: Language): Explanation {
    return language === 'zh'
      ? { title: describeIssues(this.issues, 'zh'), advice: '消息未发送。请修改上述字段后重试。' }
      : {
          title: describeIssues(this.issues, 'en'),
          advice: 'Nothing was sent. Correct the fields above and run again.',
        };
  }

  /** @internal */
  copy(circumstances: Circumstances = {}): WecomInputError {
    return new WecomInputError(this.issues, circumstances);
  }
}

/** What happened and what to do next, in both languages. */
export interface ErrorWords {
  readonly title: Wording;
  readonly advice: Wording;
}

/** The call that an error is about. */
export interface Called {
  /** Such as `/cgi-bin/message/send`. */
  readonly path: string;
  /** Members see something when it succeeds. */
  readonly delivers?: boolean;
}

/** WeCom answered, and said no (or gave a success that is none). */
export class WecomApiError extends WecomError {
  /** `WecomApiError`, also where `instanceof` cannot be used. */
  override readonly name = 'WecomApiError';
  /** WeCom's error code; 0 when it reported a success that must not be believed. */
  readonly errcode: number;
  /** WeCom's own text, without secrets, in one line of at most 1000 characters. It may change: never match on it. */
  readonly errmsg: string;
  /** What to do, in both languages. */
  readonly hint: Wording;
  /** The path of the API that answered, e.g. `/cgi-bin/message/send`. */
  readonly endpoint: string;
  /** A refusal delivers nothing; a success that must not be believed (errcode 0) may have delivered the message. */
  readonly delivery: Delivery;
  /** For 60020: the public IP to add to the app's trusted IPs. */
  declare readonly ip?: string;
  private readonly title: Wording;
  private readonly words: ErrorWords | undefined;

  /** @param about `words` for a case that is told apart from what the code means everywhere else */
  constructor(
    errcode: number,
    errmsg: string,
    private readonly called: Called,
    about: { readonly words?: ErrorWords | undefined; readonly circumstances?: Circumstances } = {},
  ) {
    const { words, circumstances = {} } = about;
    const { title, advice } = words ?? (errcode === 0 ? DOUBTFUL_SUCCESS : lookUpErrorCode(errcode));
    const text = quoted(errmsg);
    super(`${title.en} (WeCom error ${errcode}: ${text}). ${advice.en}`, circumstances);
    this.errcode = errcode;
    this.errmsg = text;
    this.endpoint = called.path;
    this.delivery = errcode === 0 && called.delivers ? 'unknown' : 'not-sent';
    this.title = title;
    this.words = words;
    const ip = errcode === 60020 ? /from ip: ?([0-9a-fA-F.:]{1,44}[0-9a-fA-F])/.exec(errmsg)?.[1] : undefined;
    if (ip !== undefined) this.ip = ip;
    this.hint =
      ip === undefined
        ? advice
        : { en: `${advice.en} The IP to add is ${ip}.`, zh: `${advice.zh}需要添加的 IP：${ip}。` };
  }

  protected describe(language: Language): Explanation {
    const code = language === 'zh' ? `（企业微信错误码 ${this.errcode}）` : ` (WeCom error ${this.errcode})`;
    return { title: this.title[language] + code, advice: this.hint[language] };
  }

  /** @internal */
  copy(circumstances: Circumstances = {}): WecomApiError {
    return new WecomApiError(this.errcode, this.errmsg, this.called, { words: this.words, circumstances });
  }
}

/** Whether WeCom answered with one of these error codes. */
export function hasErrcode(error: unknown, ...errcodes: number[]): error is WecomApiError {
  return error instanceof WecomApiError && errcodes.includes(error.errcode);
}

/** Whether a message may have arrived although no usable answer did. */
export type Delivery = 'not-sent' | 'unknown';

/** Why there is no usable answer, with everything secret taken out. */
export interface NetworkFacts {
  /** Such as `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `ABORT_ERR` or `HTTP_502`. */
  readonly code: string;
  readonly message: string;
  /** The message in Chinese, where it is ours and not that of a network or a library. */
  readonly zh?: string;
  /** That of the error of the network or the library, if there was one. */
  readonly stack?: string;
}

/** What went wrong below: says what the error of the network or the library said, without its properties and without secrets. */
export class NetworkCause extends Error implements NetworkFacts {
  /** `NetworkCause`, also where `instanceof` cannot be used. */
  override readonly name = 'NetworkCause';
  readonly code: string;
  declare readonly zh?: string;

  /** @param facts without secrets; the message is kept to one line of 1000 characters, the stack to ten places */
  constructor({ code, message, zh, stack }: NetworkFacts) {
    const text = quoted(message);
    super(text);
    this.code = code;
    if (zh !== undefined) this.zh = zh;
    const places = stack === undefined ? [] : placesIn(stack);
    if (places.length > 0) this.stack = [`${this.name}: ${text}`, ...places].join('\n');
  }
}

const MOST_PLACES = 10;

/** The lines of a stack that name a place in the code. The message before them may be of any length. */
function placesIn(stack: string): string[] {
  return stack
    .slice(-MOST_PLACES * 1000)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, MOST_PLACES)
    .map((line) => `    ${quoted(line.trim())}`);
}

/** No usable answer came. */
export class WecomNetworkError extends WecomError {
  /** `WecomNetworkError`, also where `instanceof` cannot be used. */
  override readonly name = 'WecomNetworkError';
  /** `unknown`: the request may have been carried out, so repeating it may send it twice. */
  readonly delivery: Delivery;
  /** What the network or the library said, without secrets; `code` such as `ECONNREFUSED` or `HTTP_502`. */
  override readonly cause: NetworkCause;
  /** The path of the API that was called. */
  readonly endpoint: string;

  constructor(delivery: Delivery, facts: NetworkFacts, endpoint: string, circumstances: Circumstances = {}) {
    const cause = facts instanceof NetworkCause ? facts : new NetworkCause(facts);
    super(
      `No answer from WeCom: ${cause.message} (${cause.code}, ${endpoint}). ${deliveryAdvice(delivery).en}`,
      circumstances,
    );
    this.delivery = delivery;
    this.cause = cause;
    this.endpoint = endpoint;
  }

  protected describe(language: Language): Explanation {
    const title =
      language === 'zh'
        ? `未收到企业微信的应答：${this.cause.zh ?? this.cause.message}（${this.cause.code}）`
        : `No answer from WeCom: ${this.cause.message} (${this.cause.code})`;
    return { title, advice: deliveryAdvice(this.delivery)[language] };
  }

  /** @internal */
  copy(circumstances: Circumstances = {}): WecomNetworkError {
    return new WecomNetworkError(this.delivery, this.cause, this.endpoint, circumstances);
  }
}

/** The message was held back: it would have exceeded a rate, and was told not to wait. Nothing was sent. */
export class WecomRateError extends WecomError {
  /** `WecomRateError`, also where `instanceof` cannot be used. */
  override readonly name = 'WecomRateError';
  /** `turn`: earlier messages to the same recipients were still waiting. */
  readonly reason: HeldBackBy;
  /** When it may go: milliseconds from now. */
  readonly waitMs: number;
  /** The path of the API that was to be called. */
  readonly endpoint: string;
  private readonly option: WaitOption;

  /** @param about `option`: which option of `send` did not let it wait; `rates` if absent */
  constructor(
    reason: HeldBackBy,
    waitMs: number,
    endpoint: string,
    about: { readonly option?: WaitOption; readonly circumstances?: Circumstances } = {},
  ) {
    const { option = 'rates', circumstances = {} } = about;
    super(`${RATE_TITLES[reason].en}. ${rateAdvice(waitMs, option).en}`, circumstances);
    this.reason = reason;
    this.waitMs = waitMs;
    this.endpoint = endpoint;
    this.option = option;
  }

  protected describe(language: Language): Explanation {
    return { title: RATE_TITLES[this.reason][language], advice: rateAdvice(this.waitMs, this.option)[language] };
  }

  /** @internal */
  copy(circumstances: Circumstances = {}): WecomRateError {
    return new WecomRateError(this.reason, this.waitMs, this.endpoint, { option: this.option, circumstances });
  }
}

type HeldBackBy = Wait['reason'] | 'turn';
type WaitOption = 'rates' | 'longestWaitMs';

const RATE_TITLES: Readonly<Record<HeldBackBy, Wording>> = {
  member: {
    en: 'A member would get more than 30 messages in a minute or 1000 in an hour from this app, and WeCom drops what is above that',
    zh: '同一成员每分钟超过 30 条或每小时超过 1000 条的应用消息会被企业微信丢弃',
  },
  robot: { en: 'The group robot would send more than 20 messages in a minute', zh: '群机器人每分钟最多发送 20 条消息' },
  chat: {
    en: 'The group chats would get more messages than WeCom delivers',
    zh: '群聊消息将超过企业微信的发送频率限制',
  },
  pause: {
    en: 'WeCom refuses this call for a while because it was made too often (45009)',
    zh: '调用过于频繁，企业微信暂时拒绝该接口（45009）',
  },
  retry: { en: 'The call failed', zh: '调用失败' },
  turn: {
    en: 'Earlier messages took longer than this one was to wait',
    zh: '较早的消息占用的时间超过了本消息的最长等待时间',
  },
};

function rateAdvice(waitMs: number, option: WaitOption): Wording {
  const minutes = Math.ceil(waitMs / 60_000);
  const after =
    minutes > 1
      ? { en: `${minutes} min`, zh: `${minutes} 分钟` }
      : { en: `${Math.max(1, Math.ceil(waitMs / 1000))} s`, zh: `${Math.max(1, Math.ceil(waitMs / 1000))} 秒` };
  // Nobody is made to wait for longer than an hour.
  const longer =
    option === 'longestWaitMs'
      ? { en: ', or let it wait longer', zh: '，或允许等待更长时间' }
      : { en: ', or set Rate Limits to Wait', zh: '，或将“频率限制”设为“等待”' };
  const wait = waitMs > 3_600_000 ? { en: '', zh: '' } : longer;
  return {
    en: `Nothing was sent. Send it again in ${after.en}${wait.en}.`,
    zh: `消息未发送。请在 ${after.zh}后重试${wait.zh}。`,
  };
}

const DOUBTFUL_SUCCESS: ErrorWords = {
  title: { en: 'WeCom could not read the request', zh: '企业微信未能正确解析请求' },
  advice: {
    en: 'WeCom answered "ok" but warned about a wrong JSON format; such messages were seen not to arrive. Check the message in WeCom before sending it again.',
    zh: '企业微信返回成功，但提示 JSON 格式错误；此类消息可能未送达。重新发送前请先在企业微信中确认。',
  },
};

function deliveryAdvice(delivery: Delivery): Wording {
  return delivery === 'not-sent'
    ? {
        en: 'The message was not sent. Check the network, the base URL and the proxy, then run again.',
        zh: '消息未发送。请检查网络、API 地址和代理设置后重试。',
      }
    : {
        en: 'Whether the message arrived is unknown. Check in WeCom before sending it again.',
        zh: '无法确定消息是否已送达。重新发送前请先在企业微信中确认。',
      };
}
