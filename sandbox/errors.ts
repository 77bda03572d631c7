/**
 * The English texts WeCom's server sends, as far as they are known; the others say the same as the official table (doc 90313).
 * People read them, programs must not: only `errcode` is promised.
 */
const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40004: 'invalid media type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40011: 'invalid video size',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40032: 'invalid userid list size',
  40039: 'invalid url size',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  40063: 'some parameters are empty',
  40068: 'invalid tagid',
  40074: 'news message does not support safe, use mpnews',
  40123: 'invalid image format',
  40146: 'invalid Range header',
  40206: 'request body is too large',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41006: 'media_id missing',
  41010: 'url missing',
  41011: 'agentid missing',
  41016: 'missing title',
  41017: 'tagid missing',
  41033: 'missing description',
  41090: 'invalid video format',
  42001: 'access_token expired',
  44001: 'empty media data',
  44004: 'empty content',
  45001: 'media size out of limit',
  45002: 'content size out of limit',
  45007: 'playtime out of limit',
  45008: 'article size out of limit',
  45009: 'api freq out of limit',
  45032: 'author size out of limit',
  45033: 'api concurrent out of limit',
  45034: 'url must have a scheme',
  48002: 'api forbidden',
  50003: 'app is disabled',
  50100: 'invalid cursor',
  60003: 'department not found',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60123: 'invalid party id',
  81013: 'user & party & tag all invalid',
  82001: 'All touser & toparty & totag invalid',
  82002: 'invalid party list size',
  82003: 'invalid tag list size',
  301002: 'not allow operate another agent with this accesstoken.',
  301017: 'voice file only support amr',
};

/** Seen on the real server as the bare text, without hint and caller address. */
const WITHOUT_HINT: ReadonlySet<number> = new Set([40007, 40014]);

/** What every reply carries whose JSON was damaged or had values of the wrong type. */
export const JSON_WARNING = 'Warning: wrong json format. ';

/** WeCom's answer to a call it refuses. HTTP status 200 all the same. */
export class Refusal extends Error {
  /**
   * @param errcode the number of the official table (doc 90313)
   * @param options.text replaces the usual text of this errcode
   * @param options.data fields that accompany the error, such as `invaliduser`
   */
  constructor(
    readonly errcode: number,
    readonly options: { text?: string; data?: Record<string, unknown> } = {},
  ) {
    super(`errcode ${errcode}`);
  }

  /** `errmsg` as the caller reads it; `callerIp` is the address WeCom sees. */
  errmsg(callerIp: string, now: number): string {
    const text = this.options.text ?? TEXTS[this.errcode] ?? 'request refused';
    if (WITHOUT_HINT.has(this.errcode)) return text;
    // The id is a long number: seconds, then digits that tell the server's log line.
    const hint = `${Math.floor(now / 1000)}${String(Math.random()).slice(2, 17).padEnd(15, '0')}`;
    const more = `https://open.work.weixin.qq.com/devtool/query?e=${this.errcode}`;
    return `${text}, hint: [${hint}], from ip: ${callerIp}, more info at ${more}`;
  }
}
