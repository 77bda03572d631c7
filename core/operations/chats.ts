import { chatIdField, ownChatIdField } from '../schema/chat-id';
import { endpoints } from '../api/endpoints';
import { ids, optional, text } from '../schema/fields';
import { operation } from './operation';

/**
 * Section 5. Only apps whose visible range is the root department may do any of this (48002), and only with chats they
 * created (86008).
 */

const name = optional(
  text({
    label: { en: 'Name', zh: '群名' },
    help: { en: 'At most 50 characters', zh: '最多 50 个字符' },
    placeholder: 'Release 2.4',
    maxCharacters: 50,
  }),
);
const owner = text({
  label: { en: 'Owner', zh: '群主' },
  help: { en: 'User ID of a member', zh: '群成员的账号' },
  placeholder: 'zhangsan',
  idsOf: 'member',
  maxBytes: 64,
});
const MEMBERS_MAX = 2000;

/** Doc 90245: 2 to 2000 members; the chat id is made by WeCom when none is given. */
export const createChat = operation({
  name: 'createChat',
  about: 'chat',
  label: { en: 'Create Group Chat', zh: '创建群聊' },
  summary: { en: 'Makes a group chat that the app can send to', zh: '创建应用可向其发送消息的群聊' },
  fields: {
    userlist: ids({
      label: { en: 'Members', zh: '成员' },
      help: {
        en: '2 to 2000 user IDs, separated by comma, space, | or line break',
        zh: '2 至 2000 个成员账号，可用逗号、空格、| 或换行分隔',
      },
      placeholder: 'zhangsan, lisi',
      idsOf: 'member',
      min: 2,
      max: MEMBERS_MAX,
    }),
    name,
    owner: optional(owner),
    chatid: optional(ownChatIdField),
  },
  async run(call, values, _app, signal) {
    const reply = await call(endpoints.createChat, { json: values, ...(signal && { signal }) });
    return { errcode: 0, errmsg: 'ok', chatid: reply['chatid'] };
  },
});

/** Doc 98914. */
export const getChat = operation({
  name: 'getChat',
  about: 'chat',
  label: { en: 'Get Group Chat', zh: '获取群聊' },
  summary: { en: 'Gives name, owner and members of a group chat', zh: '获取群聊的名称、群主和成员' },
  fields: { chatid: chatIdField },
  async run(call, { chatid }, _app, signal) {
    const reply = await call(endpoints.getChat, { query: { chatid }, ...(signal && { signal }) });
    return { errcode: 0, errmsg: 'ok', ...(reply['chat_info'] as object) };
  },
});

/** Doc 98913. */
export const updateChat = operation({
  name: 'updateChat',
  about: 'chat',
  label: { en: 'Change Group Chat', zh: '修改群聊' },
  summary: { en: 'Changes name, owner or members of a group chat', zh: '修改群聊的名称、群主或成员' },
  fields: {
    chatid: chatIdField,
    name,
    owner: optional(owner),
    add_user_list: optional(
      ids({
        label: { en: 'Add Members', zh: '添加成员' },
        placeholder: 'wangwu',
        idsOf: 'member',
        min: 0,
        max: MEMBERS_MAX,
      }),
    ),
    del_user_list: optional(
      ids({
        label: { en: 'Remove Members', zh: '移除成员' },
        placeholder: 'lisi',
        idsOf: 'member',
        min: 0,
        max: MEMBERS_MAX,
      }),
    ),
  },
  rules: { oneOf: [['name', 'owner', 'add_user_list', 'del_user_list']] },
  async run(call, values, _app, signal) {
    await call(endpoints.updateChat, { json: values, ...(signal && { signal }) });
    return { errcode: 0, errmsg: 'ok', chatid: values.chatid };
  },
});
