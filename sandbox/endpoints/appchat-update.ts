import { checkChatSize, readChatid, readChatName, requireChat, requireRootVisible, type Chat } from '../chats';
import { Refusal } from '../errors';
import type { AppCall, Endpoint } from './endpoint';

/** Doc 98913. */
export const appchatUpdate: Endpoint = {
  path: 'appchat/update',
  method: 'POST',
  caller: 'app',
  answer(call) {
    const { state, app, body } = call;
    requireRootVisible(app);
    const chat = requireChat(state.chats, readChatid(body, body.root), app, 86003);
    const name = body.string(body.root, 'name');
    if (name === '') throw new Refusal(86202);
    const userlist = readUserlist(call, chat);
    const changed = {
      ...chat,
      name: name === undefined ? chat.name : readChatName(name),
      userlist,
      owner: readOwner(call, chat, userlist),
    };
    state.chats.changes.check();
    state.chats.changes.take();
    state.chats.save(changed);
    return {};
  },
};

/**
 * @throws Refusal 86216 somebody to add who is not in the contacts, or to remove who is not in the chat; 86006 too few
 * or too many left
 */
function readUserlist({ state: { contacts }, body }: AppCall, chat: Chat): string[] {
  const members = new Set(chat.userlist);
  for (const userid of body.strings(body.root, 'add_user_list')) {
    const member = contacts.member(userid);
    if (!member) throw new Refusal(86216);
    members.add(member.userid);
  }
  for (const userid of body.strings(body.root, 'del_user_list')) {
    if (!members.delete(contacts.member(userid)?.userid ?? '')) throw new Refusal(86216);
  }
  checkChatSize(members.size);
  return [...members];
}

/** @throws Refusal 86203 the owner was removed and no other named; 86005 unknown; 86207 not in the chat */
function readOwner({ state: { contacts }, body }: AppCall, chat: Chat, userlist: readonly string[]): string {
  const named = body.string(body.root, 'owner');
  if (!named && !userlist.includes(chat.owner)) throw new Refusal(86203);
  const owner = contacts.member(named || chat.owner);
  if (!owner) throw new Refusal(86005);
  if (!userlist.includes(owner.userid)) throw new Refusal(86207);
  return owner.userid;
}
