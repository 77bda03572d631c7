/**
 * The English texts WeCom's server sends, as far as they are known; the others say the same as the official table (doc
 * 90313). People read them, programs must not: only `errcode` is promised.
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
  40050: 'chatid not found',
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
  41009: 'userid missing',
  41010: 'url missing',
  41011: 'agentid missing',
  41016: 'missing title',
  41017: 'tagid missing',
  41033: 'missing description',
  41090: 'invalid video format',
  42001: 'access_token expired',
  42014: 'invalid task_id',
  42015: 'app does not match the one that sent the message',
  42016: 'task_id not found',
  42018: 'invalid button key',
  42019: 'missing button key',
  42020: 'missing button name',
  42027: 'missing Template_Card.horizontal_content_list.keyname',
  42028: 'missing Template_Card url',
  42029: 'missing Template_Card media_id',
  42030: 'missing Template_Card appid',
  42031: 'invalid Template_Card.card_type',
  42033: 'missing Template_Card title',
  42035: 'invalid Template_Card.horizontal_content_list size',
  42036: 'invalid Template_Card.vertical_content_list size',
  42037: 'invalid Template_Card.option_list size',
  42038: 'missing or invalid Template_Card.button_list.text',
  42039: 'missing or invalid Template_Card.button_list.key',
  42040: 'missing or invalid Template_Card.option_list.id',
  42041: 'missing or invalid Template_Card.option_list.text',
  42042: 'invalid Template_Card.jump_list size',
  42043: 'missing or invalid Template_Card.question_key',
  42044: 'missing or invalid Template_Card.card_image.url',
  42045: 'missing or invalid Template_Card.card_action',
  42046: 'missing or invalid Template_Card.submit_button.key',
  42047: 'invalid Template_Card.select_list size',
  42049: 'missing or invalid Template_Card.submit_button.text',
  42050: 'missing or invalid Template_Card.horizontal_content_list.userid',
  42051: 'Template_Card.action_menu.action_list.key conflict',
  42052: 'msgid expired',
  43012: 'app needs a callback url',
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
  48009: 'contacts sync may not read contact details from new ip',
  49008: 'chat has been dismissed',
  50003: 'app is disabled',
  50100: 'invalid cursor',
  60003: 'department not found',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  60123: 'invalid party id',
  60140: 'invalid response_code',
  81013: 'user & party & tag all invalid',
  82001: 'All touser & toparty & totag invalid',
  82002: 'invalid party list size',
  82003: 'invalid tag list size',
  82101: 'no target to update',
  82102: 'target did not receive the message',
  86001: 'invalid chatid',
  86003: 'chatid not found',
  86004: 'invalid chat name',
  86005: 'invalid chat owner',
  86006: 'invalid chat member size',
  86007: 'invalid chat member',
  86008: 'you has no privilege to access this chat, which is created by other agent.',
  86201: 'missing chatid',
  86202: 'missing chat name',
  86203: 'missing chat owner',
  86204: 'missing chat members',
  86205: 'chatid too long',
  86206: 'numeric chatid too large',
  86207: 'chat owner is not in member list',
  86215: 'chatid existed',
  86216: 'invalid chat member id',
  90200: 'missing appid',
  90201: 'content_item size out of limit',
  90202: 'invalid content_item key',
  90203: 'invalid content_item value',
  90204: 'invalid page',
  90206: 'miniprogram is not linked to the corp',
  90207: 'invalid appid',
  90208: 'appid does not match the app',
  93000: 'invalid webhook url',
  93001: 'chat does not allow pushed messages',
  93004: 'robot is disabled',
  93008: 'not in chat',
  93017: 'empty request content',
  93018: 'image size out of limit',
  301002: 'not allow operate another agent with this accesstoken.',
  301017: 'voice file only support amr',
  301019: 'media md5 not match',
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

/** 40058 for a value of more than `max` UTF-8 bytes or entries, in the server's own words. */
export function exceeds(field: string, max: number): Refusal {
  return new Refusal(40058, { text: `${field} exceed max length ${max}. invalid Request Parameter` });
}

/** 40058 for a value that no other errcode fits; the text names the field. */
export function invalidParameter(field: string): Refusal {
  return new Refusal(40058, { text: `invalid param '${field}'` });
}
