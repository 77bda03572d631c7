import { Refusal } from '../errors';
import { callsBack, readCard } from './cards';
import { checkTaskId } from './cards/parts/task-id';
import type { AppContext, MessageType } from './message-type';

/** A card sent by an app. Its five kinds are in `cards/`. */
export const templateCard: MessageType<AppContext> = {
  safe: [],
  read(content, context) {
    const { body, app, taskIds } = context;
    const card = readCard(content, { ...context, sender: 'app', update: false });
    const task_id = body.string(content, 'task_id');
    checkTaskId(task_id, callsBack(card));
    if (task_id && taskIds.has(app, task_id)) throw new Refusal(42014);
    if (callsBack(card) && app.callbackUrl === null) throw new Refusal(43012);
    return { ...card, task_id };
  },
  accepted(message, { app, taskIds, responseCodes }) {
    const task_id = message.shown['task_id'];
    if (typeof task_id === 'string') taskIds.add(app, task_id);
    return callsBack(message.shown) ? { response_code: responseCodes.issue(message) } : {};
  },
};
