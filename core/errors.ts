import { lookUpErrorCode } from './error-codes';
import type { Language, Wording } from './wording';
import type { SendResult } from './result';

/** One wrong field. */
export interface InputIssue {
  /** Where in the message, in the API's names: `textcard.title`, `news.articles[2].url`. */
  readonly path: string;
  /** What the panels call the field. */
  readonly label?: Wording;
  /** What is wrong, without the name of the field: "is 130 bytes long, at most 128 bytes fit". */
  readonly message: Wording;
  /** The limit and the actual value in the same unit, where the issue is about a measure. */
  readonly limit?: number;
  readonly actual?: number;
}

/** What people see of an error: what happened, and what to do next. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
}

/** Every error of this package can explain itself in the languages of the project. */
export abstract class WecomError extends Error {
  /** What earlier requests of the same message delivered before this error; absent if nothing was sent. */
  declare delivered?: SendResult;

  abstract explain(language: Language): Explanation;
}

/** Our validation said no. Nothing was sent. Carries every issue at once. */
export class WecomInputError extends WecomError {
  override readonly name = 'WecomInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super(`Nothing was sent. ${describeIssues(issues, 'en')}`);
    this.issues = issues;
  }

  explain(language: Language): Explanation {
    return language === 'zh'
      ? { title: describeIssues(this.issues, 'zh'), advice: '消息未发送。请修改上述字段后重试。' }
      : { title: describeIssues(this.issues, 'en'), advice: 'Nothing was sent. Correct the fields above and run again.' };
  }
}

/** WeCom answered, and said no (or gave a success that is none). */
export class WecomApiError extends WecomError {
  override readonly name = 'WecomApiError';
  /** WeCom's error code; 0 when it reported a success that must not be believed. */
  readonly errcode: number;
  /** WeCom's own text, without secrets. It may change: never match on it. */
  readonly errmsg: string;
  /** What to do, in both languages. */
  readonly hint: Wording;
  /** The path of the API that answered, e.g. `/cgi-bin/message/send`. */
  readonly endpoint: string;
  /** For 60020: the public IP to add to the app's trusted IPs. */
  declare readonly ip?: string;
  private readonly title: Wording;

  constructor(errcode: number, errmsg: string, endpoint: string) {
    const { title, advice } = errcode === 0 ? DOUBTFUL_SUCCESS : lookUpErrorCode(errcode);
    super(`${title.en} (WeCom error ${errcode}: ${errmsg}). ${advice.en}`);
    this.errcode = errcode;
    this.errmsg = errmsg;
    this.endpoint = endpoint;
    this.title = title;
    const ip = errcode === 60020 ? /from ip: ?([0-9a-fA-F.:]+[0-9a-fA-F])/.exec(errmsg)?.[1] : undefined;
    if (ip !== undefined) this.ip = ip;
    this.hint = ip === undefined ? advice : { en: `${advice.en} The IP to add is ${ip}.`, zh: `${advice.zh}需要添加的 IP：${ip}。` };
  }

  explain(language: Language): Explanation {
    const code = language === 'zh' ? `（企业微信错误码 ${this.errcode}）` : ` (WeCom error ${this.errcode})`;
    return { title: this.title[language] + code, advice: this.hint[language] };
  }
}

/** Whether a message may have arrived although no usable answer did. */
export type Delivery = 'not-sent' | 'unknown';

/** Why there is no usable answer, with everything secret taken out. */
export interface NetworkCause {
  /** Such as `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `ABORT_ERR` or `HTTP_502`. */
  readonly code: string;
  readonly message: string;
}

/** No usable answer came. */
export class WecomNetworkError extends WecomError {
  override readonly name = 'WecomNetworkError';
  /** `unknown`: the request may have been carried out, so repeating it may send it twice. */
  readonly delivery: Delivery;
  override readonly cause: NetworkCause;
  readonly endpoint: string;

  constructor(delivery: Delivery, cause: NetworkCause, endpoint: string) {
    super(`No answer from WeCom: ${cause.message} (${cause.code}, ${endpoint}). ${deliveryAdvice(delivery).en}`);
    this.delivery = delivery;
    this.cause = cause;
    this.endpoint = endpoint;
  }

  explain(language: Language): Explanation {
    const title = language === 'zh' ? `未收到企业微信的应答：${this.cause.message}（${this.cause.code}）` : `No answer from WeCom: ${this.cause.message} (${this.cause.code})`;
    return { title, advice: deliveryAdvice(this.delivery)[language] };
  }
}

const DOUBTFUL_SUCCESS: { title: Wording; advice: Wording } = {
  title: { en: 'WeCom could not read the request', zh: '企业微信未能正确解析请求' },
  advice: {
    en: 'WeCom answered "ok" but warned about a wrong JSON format; such messages were seen not to arrive. Check the message in WeCom before sending it again.',
    zh: '企业微信返回成功，但提示 JSON 格式错误；此类消息可能未送达。重新发送前请先在企业微信中确认。',
  },
};

function deliveryAdvice(delivery: Delivery): Wording {
  return delivery === 'not-sent'
    ? { en: 'The message was not sent. Check the network, the base URL and the proxy, then run again.', zh: '消息未发送。请检查网络、API 地址和代理设置后重试。' }
    : { en: 'Whether the message arrived is unknown. Check in WeCom before sending it again.', zh: '无法确定消息是否已送达。重新发送前请先在企业微信中确认。' };
}

/** All issues as one sentence that names every field. */
function describeIssues(issues: readonly InputIssue[], language: Language): string {
  const sentences = issues.map((issue) => {
    const name = issue.label ? (language === 'zh' ? `${issue.label.zh}（${issue.path}）` : `${issue.label.en} (${issue.path})`) : issue.path;
    return language === 'zh' ? `${name}：${issue.message.zh}` : `${name} ${issue.message.en}`;
  });
  return sentences.join(language === 'zh' ? '；' : '; ') + (language === 'zh' ? '。' : '.');
}
