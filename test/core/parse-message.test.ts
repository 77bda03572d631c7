import { messageOf, messageTypes, typesAt, WecomInputError } from '../../core';
import { parseMessage } from '../../core/messages/parse-message';
import { png } from '../fixtures/media';

const text = { msgtype: 'text', text: { content: 'x' } };
const named = (name: string) => messageTypes.find((type) => type.name === name)!;

function said(input: unknown, destination: 'app' | 'chat' | 'robot' = 'app') {
  try {
    parseMessage(input, destination);
  } catch (error) {
    if (error instanceof WecomInputError)
      return error.issues.map(({ path, message }) => [path, message.en, message.zh]);
    throw error;
  }
  return [];
}

const TYPES_OF_CHATS = typesAt('chat').map(({ type }) => type.msgtype);

describe('a message that cannot be sent says why, in both languages', () => {
  it.each<[string, unknown, 'app' | 'chat' | 'robot', unknown[]]>([
    ['no object', 'hello', 'app', ['message', 'must be an object, but is a text', '必须是对象，但实际是文本']],
    [
      'no type',
      { touser: 'a' },
      'chat',
      [
        'msgtype',
        `is missing: choose one of ${TYPES_OF_CHATS.join(', ')}`,
        `缺失：请选择 ${TYPES_OF_CHATS.join('、')} 之一`,
      ],
    ],
    [
      'a type of another place',
      { chatid: 'C', msgtype: 'template_card' },
      'chat',
      [
        'msgtype',
        `"template_card" is not available for group chats, only ${TYPES_OF_CHATS.join(', ')}`,
        `"template_card" 不能用于群聊，仅支持 ${TYPES_OF_CHATS.join('、')}`,
      ],
    ],
    [
      'a type that is none',
      { chatid: 'C', msgtype: 'hologram' },
      'chat',
      ['msgtype', `is not one of ${TYPES_OF_CHATS.join(', ')}`, `不是有效值；可用值：${TYPES_OF_CHATS.join('、')}`],
    ],
    [
      'a type with a slip',
      { chatid: 'C', msgtype: 'vidoe' },
      'chat',
      ['msgtype', `is not one of ${TYPES_OF_CHATS.join(', ')}`, `不是有效值；可用值：${TYPES_OF_CHATS.join('、')}`],
    ],
    [
      'a type with a small slip',
      { chatid: 'C', msgtype: 'vide' },
      'chat',
      ['msgtype', `is not one of ${TYPES_OF_CHATS.join(', ')}; did you mean video?`, '不是有效值；是否应为 video？'],
    ],
    [
      'a type that is a number',
      { chatid: 'C', msgtype: 7 },
      'chat',
      ['msgtype', `is not one of ${TYPES_OF_CHATS.join(', ')}`, `不是有效值；可用值：${TYPES_OF_CHATS.join('、')}`],
    ],
    [
      'a card of another place',
      { msgtype: 'template_card', template_card: { card_type: 'vote_interaction' } },
      'robot',
      [
        'template_card.card_type',
        '"vote_interaction" is not available for group robots, only text_notice, news_notice',
        '"vote_interaction" 不能用于群机器人，仅支持 text_notice、news_notice',
      ],
    ],
    [
      'a card that is a text',
      { msgtype: 'template_card', template_card: 'card' },
      'robot',
      ['template_card', 'must be an object, but is a text', '必须是对象，但实际是文本'],
    ],
    [
      'a card that is null',
      { msgtype: 'template_card', template_card: null },
      'robot',
      [
        'template_card.card_type',
        'is missing: choose one of text_notice, news_notice',
        '缺失：请选择 text_notice、news_notice 之一',
      ],
    ],
    [
      'a card that is empty',
      { msgtype: 'template_card', template_card: '' },
      'robot',
      [
        'template_card.card_type',
        'is missing: choose one of text_notice, news_notice',
        '缺失：请选择 text_notice、news_notice 之一',
      ],
    ],
    [
      'content that is a list',
      { msgtype: 'text', text: ['x'] },
      'robot',
      ['text', 'must be an object, but is a list', '必须是对象，但实际是列表'],
    ],
    ['content that is missing', { msgtype: 'text' }, 'robot', ['text.content', 'is missing or empty', '缺失或为空']],
    [
      'an option of other types',
      { touser: 'a', msgtype: 'voice', voice: { media_id: 'M' }, safe: 1 },
      'app',
      [
        'safe',
        'cannot be used with voice, only with text, image, video, file, mpnews',
        '不能用于 voice，仅支持 text、image、video、file、mpnews',
      ],
    ],
    [
      'an option of nobody',
      { ...text, saef: 1 },
      'robot',
      [
        'saef',
        expect.stringMatching(/^is not a field here; the fields are msgtype, text, /),
        expect.stringMatching(/^不是有效的字段；有效字段：msgtype、text、/),
      ],
    ],
    [
      'recipients for a chat',
      { ...text, chatid: 'C', touser: 'a' },
      'chat',
      [
        'touser',
        expect.stringMatching(/^is not a field here; the fields are chatid, msgtype, text, /),
        expect.anything(),
      ],
    ],
    ['a chat id that is missing', text, 'chat', ['chatid', 'is missing or empty', '缺失或为空']],
    [
      'a notice to everyone',
      { everyone: true, msgtype: 'miniprogram_notice', miniprogram_notice: { appid: 'wx', title: '会议提醒' } },
      'app',
      [
        'everyone',
        'cannot be chosen for miniprogram_notice: name members, departments or tags',
        'miniprogram_notice 不支持发送给全部成员：请指定成员、部门或标签',
      ],
    ],
  ])('%s', (_, input, destination, issue) => {
    expect(said(input, destination)).toContainEqual(issue);
  });

  it('with its recipients and its type at once', () => {
    expect(said({ touser: '', msgtype: 'x' }).map(([path]) => path)).toEqual(['touser', 'msgtype']);
  });
});

describe('a confidential file', () => {
  const file = (filename: string, safe: unknown = 1) =>
    said({ touser: 'a', msgtype: 'file', file: { media_id: { filename, data: png() } }, safe });
  const LISTED = 'txt, pdf, doc, docx, ppt, pptx, xls, xlsx, xml, jpg, jpeg, png, bmp, gif';

  it.each(LISTED.split(', '))('may be a .%s, in any case', (extension) => {
    expect(file(`a.b.${extension}`)).toEqual([]);
    expect(file(`A.${extension.toUpperCase()}`)).toEqual([]);
  });

  it.each(['a.zip', 'pdf', 'a.pdf.exe', 'a.'])('may not be called %s, unless it is not confidential', (filename) => {
    expect(file(filename)).toEqual([
      [
        'safe',
        `cannot be set for a file named "${filename}": only ${LISTED} files can be confidential`,
        `不能用于文件“${filename}”：仅 ${LISTED.replaceAll(', ', '、')} 文件支持保密`,
      ],
    ]);
    expect(file(filename, 0)).toEqual([]);
  });

  it('with a long name has it cut in the message', () => {
    expect(file(`${'a'.repeat(36)}.zip`)[0]?.[1]).toContain(`"${'a'.repeat(36)}.zip"`);
    expect(file(`${'a'.repeat(37)}.zip`)[0]?.[1]).toContain(`"${'a'.repeat(37)}.zi…"`);
  });

  it('that was uploaded before is not looked at', () => {
    expect(said({ touser: 'a', msgtype: 'file', file: { media_id: 'M' }, safe: 1 })).toEqual([]);
  });
});

describe('a message of a type', () => {
  it('is written like the API writes it', () => {
    expect(messageOf(named('text'), { content: 'x' })).toEqual(text);
    expect(messageOf(named('text_notice'), { sub_title_text: 'x' })).toEqual({
      msgtype: 'template_card',
      template_card: { card_type: 'text_notice', sub_title_text: 'x' },
    });
  });

  it.each([[null], [undefined], ['']])(
    'that was left empty (%j) is a card of the chosen type that lacks everything',
    (content) => {
      expect(messageOf(named('text_notice'), content)).toEqual({
        msgtype: 'template_card',
        template_card: { card_type: 'text_notice' },
      });
    },
  );

  it.each([['x'], [['x']]])('keeps a content of %j for the checks to refuse', (content) => {
    expect(messageOf(named('text_notice'), content)).toEqual({ msgtype: 'template_card', template_card: content });
  });

  it('keeps none of our own options in its request, and leaves out empty ones', () => {
    expect(
      parseMessage(
        {
          ...text,
          touser: 'a',
          too_long: 'refuse',
          number_parts: 1,
          safe: '',
          enable_id_trans: null,
          enable_duplicate_check: undefined,
        },
        'app',
      ).options,
    ).toEqual({});
  });

  it('gets a task_id for its menu', () => {
    const notice = (more: object) =>
      parseMessage(
        {
          touser: 'a',
          msgtype: 'template_card',
          template_card: {
            card_type: 'text_notice',
            sub_title_text: 'x',
            card_action: { type: 1, url: 'https://a.b' },
            ...more,
          },
        },
        'app',
      ).content;
    expect(notice({ action_menu: { action_list: [{ text: 't', key: 'k' }] } })['task_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(notice({ action_menu: { action_list: [{ text: 't', key: 'k' }] }, task_id: 'mine' })['task_id']).toBe(
      'mine',
    );
    expect(notice({})).not.toHaveProperty('task_id');
  });
});
