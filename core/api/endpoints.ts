/** The calls this package makes. Only `gettoken` goes without an access token. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: `/cgi-bin/${string}`;
  /** Number of the page on developer.work.weixin.qq.com/document/path/. */
  readonly doc: number;
  /** Members see something when the call succeeds. If any other call gets lost, surely no message was sent. */
  readonly delivers?: true;
  /**
   * Successes of this call may come without errcode (sections 0 and 8) and are known by this field.
   * Absent for all calls whose successes have errcode 0.
   */
  readonly answersWith?: string;
  /** The longest answer that is read, in bytes; 1 MB if absent. */
  readonly longestAnswer?: number;
}

/** No answer of the API but a list comes near it. Bytes. */
export const LONGEST_ANSWER = 1024 * 1024;
/**
 * Of a list of members or departments, bytes. These have no pages and no limit of their own (docs 90200, 90208, 90227):
 * 100 000 members of a department, each with an ID of up to 64 bytes, a name and departments, come to about 20 MB.
 */
const LONGEST_LIST = 32 * 1024 * 1024;

export const endpoints = {
  getToken: { method: 'GET', path: '/cgi-bin/gettoken', doc: 91039 },
  sendMessage: { method: 'POST', path: '/cgi-bin/message/send', doc: 90236, delivers: true },
  recall: { method: 'POST', path: '/cgi-bin/message/recall', doc: 94867, delivers: true },
  updateTemplateCard: { method: 'POST', path: '/cgi-bin/message/update_template_card', doc: 94888, delivers: true },
  createChat: { method: 'POST', path: '/cgi-bin/appchat/create', doc: 90245, delivers: true },
  updateChat: { method: 'POST', path: '/cgi-bin/appchat/update', doc: 98913, delivers: true },
  getChat: { method: 'GET', path: '/cgi-bin/appchat/get', doc: 98914 },
  sendToChat: { method: 'POST', path: '/cgi-bin/appchat/send', doc: 90248, delivers: true },
  sendToRobot: { method: 'POST', path: '/cgi-bin/webhook/send', doc: 99110, delivers: true },
  /** The same without a message, which tells a good key from a bad one and delivers nothing. */
  testRobot: { method: 'POST', path: '/cgi-bin/webhook/send', doc: 99110 },
  uploadRobotMedia: { method: 'POST', path: '/cgi-bin/webhook/upload_media', doc: 99110 },
  uploadMedia: { method: 'POST', path: '/cgi-bin/media/upload', doc: 90253 },
  getAgent: {
    method: 'GET',
    path: '/cgi-bin/agent/get',
    doc: 90227,
    answersWith: 'agentid',
    longestAnswer: LONGEST_LIST,
  },
  listDepartments: {
    method: 'GET',
    path: '/cgi-bin/department/list',
    doc: 90208,
    answersWith: 'department',
    longestAnswer: LONGEST_LIST,
  },
  listMembers: {
    method: 'GET',
    path: '/cgi-bin/user/simplelist',
    doc: 90200,
    answersWith: 'userlist',
    longestAnswer: LONGEST_LIST,
  },
  listTags: { method: 'GET', path: '/cgi-bin/tag/list', doc: 90216, answersWith: 'taglist' },
} as const satisfies Record<string, Endpoint>;
