import { endpoints } from '../api/endpoints';
import { WecomError } from '../outcome/errors';
import { ids } from '../schema/fields';
import { isRecord } from '../schema/record';
import { operation } from './operation';

/**
 * Section 3.1, doc 94867: within 24 hours (42052), by the app that sent it (40058), and only in WeCom: the copy in
 * WeChat stays.
 */
export const recall = operation({
  name: 'recall',
  about: 'message',
  label: { en: 'Recall Message', zh: '撤回消息' },
  summary: {
    en: 'Takes back a message that the app sent within the last 24 hours',
    zh: '撤回应用在 24 小时内发送的消息',
  },
  fields: {
    msgids: ids({
      label: { en: 'Message IDs', zh: '消息 ID' },
      help: {
        en: 'The msgids that sending the message returned: a long text was sent as several messages',
        zh: '发送消息时返回的 msgids：长文本会拆分为多条消息',
      },
      placeholder: '3yzdAQ63LCLTa8NCVqmn2X…',
      principal: true,
      min: 1,
      max: 1000,
    }),
  },
  // The API recalls one message at a time (doc 94867).
  asApi: (input) => {
    if (!isRecord(input) || 'msgids' in input || !('msgid' in input)) return input;
    const { msgid, ...rest } = input;
    return { ...rest, msgids: msgid };
  },
  async run(call, { msgids }, _app, signal) {
    // All are tried, because one may be too old for what the others still can.
    const problems: WecomError[] = [];
    for (const msgid of msgids) {
      try {
        await call(endpoints.recall, { json: { msgid }, ...(signal && { signal }) });
      } catch (error) {
        if (!(error instanceof WecomError)) throw error;
        problems.push(error);
      }
    }
    if (problems[0]) throw problems[0];
    return { errcode: 0, errmsg: 'ok', msgids };
  },
});
