import { WecomApiError, WecomInputError } from '../../core';
import { flowError } from '../../node-red/runtime/host/flow-error';

const incomplete = new WecomInputError([{ path: 'touser', message: { en: 'is missing', zh: '缺失' } }]);
const refused = new WecomApiError(999999, 'what?', { path: '/cgi-bin/message/send' });

test('an error reads as two sentences, set as the language sets them', () => {
  expect(flowError(incomplete, 'en').message).toBe(
    'touser is missing. Nothing was sent. Correct the fields above and run again.',
  );
  expect(flowError(incomplete, 'zh').message).toBe('touser：缺失。消息未发送。请修改上述字段后重试。');
  expect(flowError(refused, 'en').message).toBe(
    `WeCom answered with error 999999 (WeCom error 999999). ${refused.hint.en}`,
  );
  expect(flowError(refused, 'zh').message).toBe(`企业微信返回错误 999999（企业微信错误码 999999）。${refused.hint.zh}`);
});
