import { endpoints } from '../endpoints';
import { text } from '../fields';
import { operation } from './operation';

/** Section 3.1, doc 94867: within 24 hours (42052), by the app that sent it (40058), and only in WeCom: the copy in WeChat stays. */
export const recall = operation({
  name: 'recall',
  about: 'message',
  label: { en: 'Recall Message', zh: '撤回消息' },
  summary: { en: 'Takes back a message that the app sent within the last 24 hours', zh: '撤回应用在 24 小时内发送的消息' },
  fields: {
    msgid: text({ label: { en: 'Message ID', zh: '消息 ID' }, help: { en: 'The msgid that sending the message returned', zh: '发送消息时返回的 msgid' }, placeholder: '3yzdAQ63LCLTa8NCVqmn2X…', principal: true }),
  },
  async run(call, { msgid }, _app, signal) {
    await call(endpoints.recallMessage, { json: { msgid }, ...(signal && { signal }) });
    return { errcode: 0, errmsg: 'ok', msgid };
  },
});
