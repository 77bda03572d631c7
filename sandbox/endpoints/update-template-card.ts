import { invalidParameter, Refusal } from '../errors';
import { translateIds } from '../id-translation';
import type { JsonObject } from '../lenient-json';
import { shownTo, type CardUpdate, type SandboxMessage } from '../messages';
import { hasButtons, readCard } from '../msgtypes/cards';
import type { Shown } from '../messages';
import { requireOwnAgent } from '../own-agent';
import { lookUp } from '../recipients';
import type { AppCall, Endpoint } from './endpoint';

/** Doc 94888: greys the buttons of a card, or puts another card in its place, for some or all of those who got it. */
export const updateTemplateCard: Endpoint = {
  path: 'message/update_template_card',
  method: 'POST',
  caller: 'app',
  emptyData: { invaliduser: [] },
  answer(call) {
    const { state, app, body } = call;
    const request = body.root;
    if (request['agentid'] === undefined) throw new Refusal(41011);
    requireOwnAgent(body.integer(request, 'agentid'), app, state.company);
    const code = body.string(request, 'response_code');
    const message = state.responseCodes.find(code);
    if (message.agentid !== app.agentid) throw new Refusal(42015);

    const { userids, invaliduser } = readTargets(call, message);
    const change = readChange(call, message);
    state.responseCodes.use(code ?? '');
    const time = new Date(state.clock.now()).toISOString();
    const updates = looks(message, userids).map(([shown, ofUserids]): CardUpdate => ({
      time,
      userids: ofUserids,
      shown: change(shown),
      unread: body.unread(),
    }));
    state.messages.change(message, { updates: [...message.updates, ...updates] });
    return { invaliduser };
  },
};

/**
 * Whose card changes, and who was named without having got it.
 * @throws Refusal 82101 nobody named; 40032, 82002, 82003 too many; 82102 nobody of them has the card
 */
function readTargets(
  { state, app, body }: AppCall,
  message: SandboxMessage,
): { userids: string[]; invaliduser: string[] } {
  const holders = message.recalled ? [] : message.delivered_to;
  const request = body.root;
  const users = body.strings(request, 'userids').filter((userid) => userid !== '');
  const parties = body.integers(request, 'partyids');
  const tags = body.integers(request, 'tagids');
  if (users.length > 1000) throw new Refusal(40032);
  if (parties.length > 100) throw new Refusal(82002);
  if (tags.length > 100) throw new Refusal(82003);

  const everyone = body.integer(request, 'atall') === 1;
  if (!everyone && users.length + parties.length + tags.length === 0) throw new Refusal(82101);
  const ids = { touser: users, toparty: parties.map(String), totag: tags.map(String) };
  const named = everyone
    ? holders
    : lookUp({ everyone: false, ...ids }, app, state.contacts).members.map(({ userid }) => userid);
  const userids = holders.filter((userid) => named.includes(userid));
  if (userids.length === 0) throw new Refusal(82102);
  const reached = new Set(userids.map((userid) => userid.toLowerCase()));
  return {
    userids,
    invaliduser: everyone ? [] : users.map((userid) => userid.toLowerCase()).filter((userid) => !reached.has(userid)),
  };
}

/**
 * What the update makes of a card as a member sees it now.
 * @throws Refusal 40058 neither `button` nor `template_card`, or a card without buttons to grey; otherwise as for a new
 *   card
 */
function readChange({ state, app, body }: AppCall, message: SandboxMessage): (shown: Shown) => Shown {
  const request = body.root;
  if (request['template_card'] !== undefined) {
    const card = readNewCard(body.object(request, 'template_card'));
    return () => card;
  }
  const replaceName = body.string(body.object(request, 'button'), 'replace_name');
  if (!replaceName) throw invalidParameter('button.replace_name');
  if (!hasButtons(message.shown)) throw invalidParameter('button');
  return (shown) => ({ ...shown, replace_text: replaceName });

  function readNewCard(content: JsonObject): Shown {
    const taskId = body.string(content, 'task_id');
    if (taskId && !state.taskIds.has(app, taskId)) throw new Refusal(42016);
    const translates = body.integer(request, 'enable_id_trans') === 1;
    return readCard(content, {
      body,
      contacts: state.contacts,
      media: (mediaId, kind) => state.media.get(mediaId, kind),
      translate: (text) => (translates ? translateIds(text, app, state.contacts) : text),
      safe: 0,
      sender: 'app',
      update: true,
    });
  }
}

/** Members grouped by what they see now: after earlier updates that may differ. */
function looks(message: SandboxMessage, userids: readonly string[]): [Shown, string[]][] {
  const groups = new Map<Shown, string[]>();
  for (const userid of userids) {
    const shown = shownTo(message, userid);
    groups.set(shown, [...(groups.get(shown) ?? []), userid]);
  }
  return [...groups];
}
