import { readChatid, requireChat, requireRootVisible, type Chat } from '../chats';
import type { App } from '../company';
import { Refusal } from '../errors';
import { createMessage, type SandboxMessage } from '../messages';
import { CHAT_TYPES } from '../msgtypes/chat';
import type { State } from '../state';
import type { Endpoint } from './endpoint';

/** Doc 90248. The reply has neither msgid nor lists. */
export const appchatSend: Endpoint = {
  path: 'appchat/send',
  method: 'POST',
  caller: 'app',
  answer({ state, app, body }) {
    requireRootVisible(app);
    const message = body.root;
    const msgtype = body.string(message, 'msgtype') ?? '';
    const type = Object.hasOwn(CHAT_TYPES, msgtype) ? CHAT_TYPES[msgtype] : undefined;
    if (!type) throw new Refusal(40008);
    const chat = requireChat(state.chats, readChatid(body, message), app, 40050);

    const safe = body.integer(message, 'safe') ?? 0;
    const shown = type.read(body.object(message, msgtype), {
      body,
      safe,
      contacts: state.contacts,
      media: (mediaId, kind) => state.media.get(mediaId, kind),
      translate: (text) => text,
    });
    if (safe !== 0 && type.safe.length > 0 && !type.safe.includes(safe)) throw new Refusal(40058);

    const { personTimes } = state.chats;
    personTimes.check(chat.userlist.length);
    personTimes.take(chat.userlist.length);
    state.messages.add(
      createMessage(state.clock, {
        to: 'chat',
        chatid: chat.chatid,
        agentid: app.agentid,
        msgtype,
        received: body.received,
        unread: body.unread(),
        shown,
        safe: type.safe.includes(safe) ? safe : 0,
        ...deliver(state, app, chat),
      }),
    );
    return {};
  },
};

/** Sorts the chat's members into those who get one more message, those who had too many, and those without licence. */
function deliver({ contacts, chatDeliveryLimits }: State, app: App, { userlist }: Chat) {
  const delivered_to: string[] = [];
  const dropped_for: string[] = [];
  const unlicenseduser: string[] = [];
  for (const userid of userlist) {
    const member = contacts.member(userid);
    if (!member?.licensed) unlicenseduser.push(userid.toLowerCase());
    else (chatDeliveryLimits.admit(app, member) ? delivered_to : dropped_for).push(userid);
  }
  return { delivered_to, dropped_for, unlicenseduser } satisfies Partial<SandboxMessage>;
}
