/** The answer of message/send as it comes: lists are texts joined by "|", and absent when empty (section 2.3). */
export interface SendReply {
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly msgid?: string;
  readonly invaliduser?: string;
  readonly invalidparty?: string;
  readonly invalidtag?: string;
  readonly unlicenseduser?: string;
  readonly response_code?: string;
}

/** What people get of a message: always all the keys, lists always as arrays. */
export interface SendResult {
  /** 0: WeCom took every request of the message. */
  errcode: number;
  /** `ok`. */
  errmsg: string;
  /** The first of `msgids`; needed to recall the message. Empty when WeCom gave none. */
  msgid: string;
  /**
   * One for each request: more than one when a text was too long for one message, or when there were more recipients
   * than a request can name.
   */
  msgids: string[];
  /** How many messages everybody got: more than one when a text was too long. */
  parts: number;
  /** Members that do not exist or are outside the app's visible range (可见范围). The others got the message. */
  invaliduser: string[];
  /** Departments that did not get it, as for `invaliduser`. */
  invalidparty: string[];
  /** Tags that did not get it, as for `invaliduser`. */
  invalidtag: string[];
  /** Members without an interface licence (基础接口许可). */
  unlicenseduser: string[];
  /** Needed to update a card that calls back; once, within 72 hours. */
  response_code: string;
  /** What is worth knowing although the message was sent: texts that WeCom shortens, Markdown it does not show. */
  warnings: string[];
}

const LISTS = ['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'] as const;

/** The answers to all requests of one message as one result. */
export function mergeReplies(replies: readonly SendReply[], warnings: readonly string[] = [], parts = 1): SendResult {
  const msgids: string[] = [];
  let responseCode = '';
  for (const { msgid, response_code } of replies) {
    // As text, whatever a relay made of them.
    if (isText(msgid)) msgids.push(String(msgid));
    if (isText(response_code)) responseCode ||= String(response_code);
  }
  return {
    errcode: 0,
    errmsg: 'ok',
    msgid: msgids[0] ?? '',
    msgids,
    parts,
    invaliduser: mergeLists(replies, 'invaliduser'),
    invalidparty: mergeLists(replies, 'invalidparty'),
    invalidtag: mergeLists(replies, 'invalidtag'),
    unlicenseduser: mergeLists(replies, 'unlicenseduser'),
    response_code: responseCode,
    warnings: [...warnings],
  };
}

/** Whether somebody who was named did not get the message. */
export function hasUndelivered(result: SendResult): boolean {
  return LISTS.some((name) => result[name].length > 0);
}

function mergeLists(replies: readonly SendReply[], name: (typeof LISTS)[number]): string[] {
  const ids: string[] = [];
  for (const reply of replies) if (reply[name]) ids.push(...splitList(reply[name]));
  return ids.length > 1 ? [...new Set(ids)] : ids;
}

function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function splitList(list: unknown): string[] {
  const ids = isText(list) ? String(list).split('|') : Array.isArray(list) ? list.map(String) : [];
  return ids.map((id) => id.trim()).filter((id) => id !== '');
}
