import type { Member } from '../company';
import { invalidParameter, Refusal } from '../errors';
import { translateIds } from '../id-translation';
import { createMessage, type SandboxMessage } from '../messages';
import { MESSAGE_TYPES } from '../msgtypes';
import type { AppContext } from '../msgtypes/message-type';
import { requireOwnAgent } from '../own-agent';
import { readRecipients, resolveRecipients } from '../recipients';
import { listsOfReply } from '../reply-lists';
import type { AppCall, Endpoint } from './endpoint';

/**
 * Doc 90236. The checks come in the order of the real server: msgtype, agentid, recipients, content, who can be
 * reached.
 */
export const messageSend: Endpoint = {
  path: 'message/send',
  method: 'POST',
  caller: 'app',
  answer(call) {
    const { state, app, body } = call;
    const message = body.root;
    const msgtype = body.string(message, 'msgtype') ?? '';
    const type = Object.hasOwn(MESSAGE_TYPES, msgtype) ? MESSAGE_TYPES[msgtype] : undefined;
    if (!type) throw new Refusal(40008);
    if (message['agentid'] !== undefined) requireOwnAgent(body.integer(message, 'agentid'), app, state.company);
    else if (!type.agentidOptional) throw new Refusal(41011);
    const named = readRecipients(body, message);
    if (named.everyone && type.namedMembersOnly) throw invalidParameter('touser');

    // Before the content: the task_id of a card that is sent again is no new one.
    const checksDuplicates = body.integer(message, 'enable_duplicate_check') === 1;
    const interval = body.integer(message, 'duplicate_check_interval');
    const earlier = checksDuplicates ? state.duplicates.find(app, body.raw) : undefined;
    if (earlier) {
      state.messages.change(earlier.message, { duplicates: earlier.message.duplicates + 1 });
      return earlier.reply;
    }

    const safe = body.integer(message, 'safe') ?? 0;
    const translates = body.integer(message, 'enable_id_trans') === 1;
    const context: AppContext = {
      ...state,
      body,
      app,
      safe,
      media: (mediaId, kind) => state.media.get(mediaId, kind),
      translate: (text) => (translates ? translateIds(text, app, state.contacts) : text),
    };
    const shown = type.read(body.object(message, msgtype), context);
    if (safe !== 0 && type.safe.length > 0 && !type.safe.includes(safe)) throw new Refusal(40058);
    const { members, ...unreached } = resolveRecipients(named, app, state);
    state.accountLimits.check(app, members.length);
    state.accountLimits.take(app, members.length);

    const record = createMessage(state.clock, {
      to: 'app',
      agentid: app.agentid,
      msgtype,
      received: body.received,
      unread: body.unread(),
      shown,
      safe: type.safe.includes(safe) ? safe : 0,
      ...deliver(call, members),
      ...unreached,
    });
    const reply = {
      ...listsOfReply(unreached, state.chance),
      msgid: record.msgid,
      ...type.accepted?.(record, context),
    };
    state.messages.add(record);
    if (checksDuplicates) state.duplicates.remember(app, body.raw, interval, { reply, message: record });
    return reply;
  },
};

/** Sorts the members into those who get one more message and those who had too many. */
function deliver(
  { state, app }: AppCall,
  members: readonly Member[],
): Pick<SandboxMessage, 'delivered_to' | 'dropped_for'> {
  const delivered_to: string[] = [];
  const dropped_for: string[] = [];
  for (const member of members) {
    const list = state.deliveryLimits.admit(app, member) ? delivered_to : dropped_for;
    list.push(member.userid);
  }
  return { delivered_to, dropped_for };
}
