import { invalidParameter, Refusal } from '../errors';
import type { Endpoint } from './endpoint';

const DAY = 24 * 3_600_000;

/** Doc 94867. Recalling a message again changes nothing. */
export const messageRecall: Endpoint = {
  path: 'message/recall',
  method: 'POST',
  caller: 'app',
  answer({ state, app, body }) {
    const message = state.messages.find(body.string(body.root, 'msgid') ?? '');
    if (message?.to !== 'app' || message.agentid !== app.agentid) throw invalidParameter('msgid');
    if (Date.parse(message.time) + DAY < state.clock.now()) throw new Refusal(42052);
    if (!message.recalled) state.messages.change(message, { recalled: true });
    return {};
  },
};
