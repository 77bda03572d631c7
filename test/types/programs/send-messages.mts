/** A program with the types of a package: what compiles, and (`@ts-expect-error`) what must not. */
import {
  createRobot,
  createWecom,
  WecomApiError,
  WecomError,
  WecomInputError,
  WecomNetworkError,
} from '@wecom-flow/package';
import type { RobotMessage, WecomMessage } from '@wecom-flow/package';

declare const options: Parameters<typeof createWecom>[0];
declare const robotOptions: Parameters<typeof createRobot>[0];
const wecom = createWecom(options);
const robot = createRobot(robotOptions);
declare const data: Uint8Array;
declare const unread: unknown;

const text = { content: 'Hello' };
const card = {
  card_type: 'text_notice',
  main_title: { title: 'Done' },
  card_action: { type: 1, url: 'https://a.b' },
} as const;

// Recipients: lists, texts, numbers, everyone.
await wecom.send({ touser: 'zhangsan|lisi', msgtype: 'text', text });
await wecom.send({ touser: ['zhangsan', 'lisi'], toparty: 2, totag: '1, 2', msgtype: 'text', text });
await wecom.send({ everyone: true, msgtype: 'text', text });
// @ts-expect-error nobody is named
await wecom.send({ msgtype: 'text', text });
// @ts-expect-error everyone goes alone
await wecom.send({ everyone: true, touser: 'a', msgtype: 'text', text });
// @ts-expect-error a field that is there must name somebody
await wecom.send({ touser: undefined, msgtype: 'text', text });

// @ts-expect-error written wrong
await wecom.send({ tousr: 'a', msgtype: 'txet' });
// @ts-expect-error written wrong
await wecom.send({ touser: 'a', tousr: 'b', msgtype: 'text', text });
// @ts-expect-error there is no such type
await wecom.send({ touser: 'a', msgtype: 'txet', text });
// @ts-expect-error another type's content
await wecom.send({ touser: 'a', msgtype: 'image', text });
// @ts-expect-error no such field inside
await wecom.send({ touser: 'a', msgtype: 'text', text: { contents: 'x' } });
// @ts-expect-error nor beside the right one
await wecom.send({ touser: 'a', msgtype: 'text', text: { content: 'x', colour: 'red' } });
// @ts-expect-error not a text
await wecom.send({ touser: 'a', msgtype: 'text', text: { content: 42 } });
// @ts-expect-error not a message
await wecom.send(42);
// @ts-expect-error unknown is for those who say so
await wecom.send(unread);

// Options of the message and of the call.
await wecom.send(
  {
    touser: 'a',
    msgtype: 'text',
    text,
    safe: 1,
    too_long: 'truncate',
    enable_duplicate_check: true,
    duplicate_check_interval: 60,
  },
  { rates: 'wait', longestWaitMs: 1000, signal: new AbortController().signal },
);
// @ts-expect-error text can not be for the company only
await wecom.send({ touser: 'a', msgtype: 'text', text, safe: 2 });
// @ts-expect-error no such choice
await wecom.send({ touser: 'a', msgtype: 'text', text, too_long: 'cut' });

// Files: a media_id, bytes, or a file to be read.
await wecom.send({ touser: 'a', msgtype: 'image', image: { media_id: 'MEDIA_ID' } });
await wecom.send({ touser: 'a', msgtype: 'file', file: { media_id: { filename: 'a.txt', data } } });
await wecom.send({ touser: 'a', msgtype: 'file', file: { media_id: { filename: 'a.txt', read: async () => data } } });
// @ts-expect-error bytes, not a text
await wecom.send({ touser: 'a', msgtype: 'file', file: { media_id: { filename: 'a.txt', data: 'text' } } });

// Cards are told apart by their card_type.
await wecom.send({ touser: 'a', msgtype: 'template_card', template_card: card });
// @ts-expect-error no such card
await wecom.send({ touser: 'a', msgtype: 'template_card', template_card: { ...card, card_type: 'text' } });
// @ts-expect-error a choice that it does not have
await wecom.send({ touser: 'a', msgtype: 'template_card', template_card: { ...card, card_action: { type: 7 } } });

// Group chats have fewer types and no recipients.
await wecom.send({ chatid: 'CHAT', msgtype: 'markdown', markdown: text });
// @ts-expect-error no cards in group chats
await wecom.send({ chatid: 'CHAT', msgtype: 'template_card', template_card: card });

// Group robots.
await robot.send({ msgtype: 'text', text: { content: 'x', mentioned_list: ['zhangsan', '@all'] } });
await robot.send({ msgtype: 'image', image: { file: { filename: 'a.png', data } } });
await robot.send({ msgtype: 'image', image: { base64: 'aGVsbG8=' } });
// @ts-expect-error robots have no recipients
await robot.send({ touser: 'a', msgtype: 'text', text });
// @ts-expect-error robots take no media_id for pictures
await robot.send({ msgtype: 'image', image: { file: 'MEDIA_ID' } });

// Readonly and shared values.
const message: WecomMessage = { touser: ['a'] as const, msgtype: 'text', text } as const;
const ofRobot: RobotMessage = { msgtype: 'markdown_v2', markdown_v2: text };
await wecom.send(message);
await robot.send(ofRobot);

// What came from elsewhere is checked when it is sent.
await createWecom<unknown>(options).send(unread);
await createRobot<unknown>(robotOptions).send(unread);

// Results and errors.
const { msgids, invaliduser, response_code } = await wecom.send(message);
const texts: readonly string[] = [...msgids, ...invaliduser, response_code];
try {
  await wecom.send(message);
} catch (error) {
  if (error instanceof WecomInputError) texts.concat(error.issues.map(({ path, message: { zh } }) => path + zh));
  if (error instanceof WecomApiError) texts.concat(String(error.errcode), error.hint.en, error.ip ?? '');
  if (error instanceof WecomNetworkError) texts.concat(error.cause.code, error.cause.stack ?? '', error.delivery);
  if (error instanceof WecomError) {
    texts.concat(error.explain('zh').advice);
    // @ts-expect-error errors do not change
    error.tries = 2;
  }
}
