import { checkChatid, requireChat, requireRootVisible } from '../chats';
import type { Endpoint } from './endpoint';

/** Doc 98914. */
export const appchatGet: Endpoint = {
  path: 'appchat/get',
  method: 'GET',
  caller: 'app',
  answer({ state, app, query }) {
    requireRootVisible(app);
    const chatid = query['chatid'] ? checkChatid(query['chatid']) : undefined;
    const { name, owner, userlist, ...chat } = requireChat(state.chats, chatid, app, 86003);
    return { chat_info: { chatid: chat.chatid, name, owner, userlist, chat_type: 0 } };
  },
};
