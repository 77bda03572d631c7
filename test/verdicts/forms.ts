import { createHash } from 'node:crypto';

import type * as Whole from '../../core';
import type { Destination, Field } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import type { Endpoint } from '../../core/api/endpoints';
import { withValue } from '../core/examples';
import { PICTURE } from '../fixtures/official-samples';
import type { APPS, Json, Judge, Request } from './judge';
import { CHAT, LONG_USERID, MSGID, RESPONSE_CODE } from './judge';

/** All of core that is compared with the sandbox. The mutations bring one with a changed description. */
export type Core = Pick<
  typeof Whole,
  'typesAt' | 'operations' | 'updateCard' | 'createWecom' | 'createRobot' | 'WecomInputError'
>;

/** One description: a message type at one place, or an operation. */
export interface Form {
  /** Place and name: `robot news_notice`. */
  readonly key: string;
  readonly place: Destination | 'operation';
  readonly fields: readonly Field[];
  readonly rules?: Field['rules'];
  /** The options beside the content. */
  readonly options: readonly Field[];
  /** Where the fields stand in a message. */
  readonly root: readonly string[];
  /** A whole message with these fields, as the API writes it and core takes it. */
  message(values: Json, options?: Json): Json;
  /** The message as WeCom would get it if nobody looked at it. */
  request(message: Json): Request;
  /** What core says, `http` being the way to the sandbox. */
  send(message: Json): (http: Parameters<Core['createWecom']>[0]['http']) => Promise<unknown>;
}

/** Every description of a core. */
export function formsOf(core: Core, judge: Judge): Form[] {
  const places = ['app', 'chat', 'robot', 'update'] as const;
  return [
    ...places.flatMap((place) => core.typesAt(place).map((found) => messageForm(core, judge, place, found))),
    ...core.operations.map((operation) => operationForm(core, judge, operation)),
    updateForm(core, judge),
  ];
}

const ADDRESS = {
  app: { touser: 'zhangsan' },
  chat: { chatid: CHAT },
  robot: {},
  update: { response_code: RESPONSE_CODE, userids: ['zhangsan'] },
} as const;
const PATHS = {
  app: 'message/send',
  chat: 'appchat/send',
  robot: 'webhook/send',
  update: 'message/update_template_card',
} as const;

function messageForm(
  core: Core,
  judge: Judge,
  place: Destination,
  { type, form }: ReturnType<Core['typesAt']>[number],
): Form {
  const root = place === 'update' ? 'template_card' : type.msgtype;
  return {
    key: `${place} ${type.name}`,
    place,
    fields: form.panel.content,
    ...(form.rules && { rules: form.rules }),
    // No server can say anything about options that never leave the house.
    options: form.panel.options.filter(({ ours }) => !ours),
    root: [root],
    message: (values, options = {}) => ({
      ...(!options['everyone'] && ADDRESS[place]),
      ...(place !== 'update' && { msgtype: type.msgtype }),
      [root]: { ...(type.cardType !== undefined && { card_type: type.cardType }), ...values },
      ...options,
    }),
    request: (message): Request => {
      const { too_long: _, everyone, ...rest } = message;
      const json = everyone ? { ...rest, touser: '@all' } : rest;
      if (place === 'robot') return { path: PATHS.robot, query: { key: judge.robotKey }, json };
      const app = judge.app(place === 'chat' ? 'chats' : 'members');
      return {
        path: PATHS[place],
        query: { access_token: app.secret },
        json: { ...(place !== 'chat' && form.agentid && { agentid: app.agentid }), ...json },
      };
    },
    send: (message) => async (http) => {
      // A text that is divided is several messages: what is one message is compared.
      const whole = form.panel.options.some(({ name }) => name === 'too_long')
        ? { too_long: 'refuse', ...message }
        : message;
      if (place === 'robot')
        return core
          .createRobot<unknown>({ webhook: judge.robotKey, baseUrl: BASE_URL, http, clock })
          .send(whole, { rates: 'off' });
      const wecom = wecomOf(core, judge, place === 'chat' ? 'chats' : 'members', http);
      return place === 'update' ? wecom.updateCard(message) : wecom.send(whole, { rates: 'off' });
    },
  };
}

/** Endpoints are named like the operation that calls them. */
function endpointOf(operation: string): Endpoint {
  const named: Readonly<Record<string, Endpoint>> = endpoints;
  const endpoint = named[operation];
  if (!endpoint)
    throw new Error(`no endpoint is named ${operation}, as the operation is: add it to core/api/endpoints.ts`);
  return endpoint;
}

/** One of these has to change. */
const CHANGES = ['name', 'owner', 'add_user_list', 'del_user_list'];

function operationForm(core: Core, judge: Judge, operation: Core['operations'][number]): Form {
  const which = operation.about === 'message' ? 'members' : 'chats';
  const query = { access_token: judge.app(which).secret };
  const endpoint = endpointOf(operation.name);
  const path = endpoint.path.replace('/cgi-bin/', '');
  return {
    key: `operation ${operation.name}`,
    place: 'operation',
    fields: operation.fields,
    options: [],
    root: [],
    message: (values) => ({
      ...(operation.name === 'updateChat' && CHANGES.every((name) => !(name in values)) && { name: 'n' }),
      ...withOwner(operation.name, values),
    }),
    request: (message) => {
      if (endpoint.method === 'GET')
        return {
          path,
          query: {
            ...query,
            ...Object.fromEntries(Object.entries(message).map(([name, value]) => [name, String(value)])),
          },
        };
      // The API recalls one message at a time.
      const { msgids, ...rest } = message;
      return {
        path,
        query,
        json: {
          ...rest,
          ...('msgids' in message && { msgid: Array.isArray(msgids) ? (msgids as unknown[])[0] : msgids }),
        },
      };
    },
    send: (message) => (http) => wecomOf(core, judge, which, http).perform(operation, message),
  };
}

/** Who owns a chat is in it. */
function withOwner(operation: string, values: Json): Json {
  const { userlist, owner } = values;
  return operation === 'createChat' && owner === LONG_USERID && Array.isArray(userlist)
    ? { ...values, userlist: [...(userlist as unknown[]), owner] }
    : values;
}

function updateForm(core: Core, judge: Judge): Form {
  const app = judge.app('members');
  return {
    key: 'operation updateCard',
    place: 'operation',
    fields: core.updateCard.fields,
    options: [],
    root: [],
    message: (values) => ({
      ...(!['atall', 'userids', 'partyids', 'tagids'].some((name) => name in values) && { userids: ['zhangsan'] }),
      ...(!('button' in values) && { button: { replace_name: 'Done' } }),
      ...values,
    }),
    request: (message) => ({
      path: PATHS.update,
      query: { access_token: app.secret },
      json: { agentid: app.agentid, ...message },
    }),
    send: (message) => (http) => wecomOf(core, judge, 'members', http).updateCard(message),
  };
}

const BASE_URL = 'http://127.0.0.1';

function wecomOf(core: Core, judge: Judge, which: keyof typeof APPS, http: Parameters<Core['createWecom']>[0]['http']) {
  const { agentid, secret } = judge.app(which);
  return core.createWecom<unknown>({
    app: { corpId: judge.company.corpId, agentId: agentid, secret, baseUrl: BASE_URL },
    http,
    clock,
  });
}

let time = 0;
/** Nobody waits here: what core would wait for has passed at once. */
const clock = { now: () => time, monotonic: () => time, sleep: async (ms: number) => void (time += ms) };

/** What stands in an example for something that has to exist, and what exists in the sandbox. */
export function furnished(values: Json, fields: readonly Field[], form: Form, judge: Judge): Json {
  const media = form.place === 'robot' ? judge.robotMedia : judge.media;
  const existing: Readonly<Record<string, string>> = {
    appid: judge.app('members').miniProgram!,
    userid: 'zhangsan',
    owner: 'zhangsan',
    chatid: form.key === 'operation createChat' ? 'NEWCHAT' : CHAT,
    response_code: RESPONSE_CODE,
  };
  const known: Readonly<Record<string, (index: number) => unknown>> = {
    userlist: memberAt,
    add_user_list: memberAt,
    userids: memberAt,
    mentioned_list: memberAt,
    del_user_list: (index) => memberAt(index + 1),
    mentioned_mobile_list: (index) => String(13_800_138_001 + index),
    partyids: (index) => 2 + index,
    tagids: (index) => 1 + index,
    msgids: () => MSGID,
  };
  const result: Json = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((one) => one.name === name);
    if (field?.inline && isPicture(value)) Object.assign(result, pictureOf(value));
    else if (field?.media && value === 'MEDIA') result[name] = media[field.media];
    else if (field?.fields && Array.isArray(value))
      result[name] = value.map(
        (entry) => (isObject(entry) ? furnished(entry, field.fields!, form, judge) : entry) as unknown,
      );
    else if (field?.fields && isObject(value)) result[name] = furnished(value, field.fields, form, judge);
    else if (value === 'text' && name in existing) result[name] = existing[name];
    else if (Array.isArray(value) && name in known)
      result[name] = value.map((id, index) => (String(id).startsWith('id-') ? known[name]!(index) : (id as unknown)));
    else result[name] = value;
  }
  return result;
}

/** The smallest values with `value` at `path`. A card carries a task_id, so that only one thing is tried at a time. */
export function valuesWith(
  form: Form,
  judge: Judge,
  path: readonly string[] = [],
  value?: unknown,
  fields = form.fields,
  rules = form.rules,
): Json {
  const values = furnished(withValue(fields, path, value, rules), fields, form, judge);
  if (fields === form.fields && fields.some(({ name }) => name === 'task_id') && path[0] !== 'task_id')
    values['task_id'] = 'task-1';
  return values;
}

function memberAt(index: number): string {
  return ['zhangsan', 'lisi', LONG_USERID][index] ?? `u${String(index).padStart(5, '0')}`;
}

/** What stands for a picture: an example of core's, or bytes of a size. */
function isPicture(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pictureOf(value: object): Json {
  const bytes = 'data' in value ? (value.data as Uint8Array) : PICTURE;
  return { base64: Buffer.from(bytes).toString('base64'), md5: createHash('md5').update(bytes).digest('hex') };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
