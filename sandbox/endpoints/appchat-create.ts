import { checkChatSize, newChatid, readChatid, readChatName, requireRootVisible } from '../chats';
import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

/** Doc 90245. */
export const appchatCreate: Endpoint = {
  path: 'appchat/create',
  method: 'POST',
  caller: 'app',
  answer({ state, app, body }) {
    requireRootVisible(app);
    const { chats, contacts } = state;
    const chatid = readChatid(body, body.root);
    if (chatid && chats.find(chatid)) throw new Refusal(86215);
    const name = body.string(body.root, 'name');

    const named = body.strings(body.root, 'userlist');
    if (named.length === 0) throw new Refusal(86204);
    const userlist = [...new Set(named.map((userid) => contacts.member(userid)?.userid))];
    checkChatSize(userlist.length);
    const members = userlist.filter((userid) => userid !== undefined);
    if (members.length < userlist.length) throw new Refusal(86007);

    const owner = body.string(body.root, 'owner');
    // The documentation says a random member; the first one is as good, and the same every time.
    const ownerMember = contacts.member(owner || (members[0] ?? ''));
    if (!ownerMember) throw new Refusal(86005);
    if (!members.includes(ownerMember.userid)) throw new Refusal(86207);
    const chatName = name ? readChatName(name) : '';

    chats.creations.check();
    chats.creations.take();
    const chat = {
      chatid: chatid ?? newChatid(),
      name: chatName,
      owner: ownerMember.userid,
      userlist: members,
      agentid: app.agentid,
      dismissed: false,
    };
    chats.save(chat);
    return { chatid: chat.chatid };
  },
};
