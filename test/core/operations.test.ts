import { createWecom, operations, parseUpdate, WecomInputError } from '../../core';
import { png } from '../fixtures/media';
import { app, clock, failure, fakeWecom } from './fake-wecom';

function perform(name: string, input: unknown, answers?: Parameters<typeof fakeWecom>[0], signal?: AbortSignal) {
  const wecom = fakeWecom(answers);
  return {
    ...wecom,
    done: createWecom({ app, http: wecom.http, clock }).perform(
      operations.find((entry) => entry.name === name)!,
      input,
      signal && { signal },
    ),
  };
}

const said = (error: WecomInputError) =>
  error.issues.map(({ path, label, message }) => [path, label?.en, message.en, message.zh]);
const json = (request: { body?: unknown } | undefined) => JSON.parse(request?.body as string) as unknown;

describe('operations', () => {
  it.each([
    ['recall', { msgids: 'M1' }, 'message/recall', { errcode: 0, errmsg: 'ok', msgids: ['M1'] }],
    [
      'createChat',
      { userlist: 'a,b', chatid: 'C1', owner: 'a' },
      'appchat/create',
      { errcode: 0, errmsg: 'ok', chatid: 'C9' },
    ],
    ['getChat', { chatid: 'C1' }, 'appchat/get', { errcode: 0, errmsg: 'ok', name: 'Release', owner: 'a' }],
    ['updateChat', { chatid: 'C1', owner: 'b' }, 'appchat/update', { errcode: 0, errmsg: 'ok', chatid: 'C1' }],
  ])('%s gives the host its signal, and people the same keys as ever', async (name, input, endpoint, result) => {
    const { signal } = new AbortController();
    const answer = { errcode: 0, errmsg: 'ok', chatid: 'C9', chat_info: { name: 'Release', owner: 'a' }, more: 1 };
    const { done, to } = perform(name, input, { [endpoint]: answer }, signal);
    expect(await done).toEqual(result);
    expect(to(endpoint).map((request) => request.signal)).toEqual([signal]);
    expect(to(endpoint).map((request) => request.method)).toEqual([name === 'getChat' ? 'GET' : 'POST']);
  });

  it('change what was filled in of a chat, and nothing else', async () => {
    const { done, to } = perform('updateChat', {
      chatid: 'C1',
      name: 'New',
      owner: '',
      add_user_list: 'x y',
      del_user_list: '',
    });
    await done;
    expect(json(to('appchat/update')[0])).toEqual({ chatid: 'C1', name: 'New', add_user_list: ['x', 'y'] });
  });

  it.each<[string, unknown, unknown[][]]>([
    [
      'updateChat',
      { chatid: 'C1' },
      [
        [
          'name',
          'Name',
          'is missing: fill in Name or Owner or Add Members or Remove Members',
          '缺失：请填写群名或群主或添加成员或移除成员',
        ],
      ],
    ],
    ['getChat', { chatid: '群1' }, [['chatid', 'Chat ID', 'may hold letters and digits only', '只能包含字母和数字']]],
    ['getChat', { chatid: 'a-b' }, [['chatid', 'Chat ID', 'may hold letters and digits only', '只能包含字母和数字']]],
    ['getChat', 'C1', [['input', undefined, 'must be an object, but is a text', '必须是对象，但实际是文本']]],
    [
      'createChat',
      { userlist: 'a', more: 1 },
      [
        ['userlist', 'Members', 'names 1, but must name from 2 to 2000', '有 1 个，应为 2 至 2000 个'],
        [
          'more',
          undefined,
          'is not a field here; the fields are userlist, name, owner, chatid',
          '不是有效的字段；有效字段：userlist、name、owner、chatid',
        ],
      ],
    ],
  ])('%s says what is wrong with %j', async (name, input, issues) => {
    const { done, requests } = perform(name, input);
    expect(said(await failure(done, WecomInputError))).toEqual(issues);
    expect(requests).toEqual([]);
  });
});

describe('changing a sent card', () => {
  const button = { replace_name: 'Approved' };
  const card = { card_type: 'text_notice', main_title: { title: 'T' }, card_action: { type: 1, url: 'https://a.b' } };

  function refusal(input: unknown) {
    try {
      parseUpdate(input);
    } catch (error) {
      if (error instanceof WecomInputError) return said(error);
      throw error;
    }
    return [];
  }

  const TWO_WAYS = [
    'template_card',
    undefined,
    'is one of two ways: give either button.replace_name or a whole template_card',
    '二选一：填写 button.replace_name 或完整的 template_card',
  ];

  it.each<[unknown, unknown[][]]>([
    [{ response_code: 'R', atall: 1 }, [TWO_WAYS]],
    [{ response_code: 'R', atall: 1, template_card: '' }, [TWO_WAYS]],
    [{ response_code: 'R', atall: 1, template_card: null }, [TWO_WAYS]],
    [{ response_code: 'R', atall: 1, button, template_card: card }, [TWO_WAYS]],
    [
      { response_code: 'R', atall: 1, button: {} },
      [['button.replace_name', 'Button Text', 'is missing or empty', '缺失或为空']],
    ],
    [
      { response_code: 'R', atall: 1, button: { replace_name: '' } },
      [['button.replace_name', 'Button Text', 'is missing or empty', '缺失或为空']],
    ],
    [
      { response_code: 'R', atall: 1, button: { replace_name: ' ' } },
      [['button.replace_name', 'Button Text', 'is blank', '为空白']],
    ],
    [
      { response_code: 'R', button },
      [
        [
          'atall',
          'For Everybody',
          'is missing: fill in For Everybody or Members or Departments or Tags',
          '缺失：请填写更新所有人或成员或部门或标签',
        ],
      ],
    ],
    [{ response_code: 'R', atall: '0', button }, [['atall', 'For Everybody', expect.anything(), expect.anything()]]],
    [
      { response_code: 'R', atall: 1, template_card: 'card' },
      [['template_card', undefined, 'must be an object, but is a text', '必须是对象，但实际是文本']],
    ],
    [null, [['response_code', 'Response Code', 'is missing or empty', '缺失或为空']]],
  ])('says what is wrong with %j', (input, issues) => {
    expect(refusal(input)).toEqual(expect.arrayContaining(issues));
    if (input !== null) expect(refusal(input)).toHaveLength(issues.length);
  });

  it.each([[{ atall: true }], [{ atall: '1' }], [{ userids: 'a' }], [{ partyids: 1 }], [{ tagids: [1] }]])(
    'needs one of its targets: %j',
    (target) => {
      expect(refusal({ response_code: 'R', ...target, button })).toEqual([]);
    },
  );

  it('does not change what it was given', () => {
    const given = { response_code: 'R', atall: 0, userids: 'a', button };
    parseUpdate(given);
    expect(given).toEqual({ response_code: 'R', atall: 0, userids: 'a', button });
  });

  it.each([
    [1, 1],
    ['1', 1],
    [true, 1],
    [0, 0],
    ['0', 0],
    [false, 0],
    [undefined, undefined],
    ['', undefined],
  ])('translates ids in a new card when told so: %j', (enable_id_trans, translated) => {
    expect(
      parseUpdate({ response_code: 'R', atall: 1, template_card: card, enable_id_trans }).values['enable_id_trans'],
    ).toBe(translated);
    expect(parseUpdate({ response_code: 'R', atall: 1, button, enable_id_trans }).values).not.toHaveProperty(
      'enable_id_trans',
    );
  });

  it.each([99, 'x', {}])('takes no other switch for one: %j', (enable_id_trans) => {
    expect(() => parseUpdate({ response_code: 'R', atall: 1, template_card: card, enable_id_trans })).toThrow(
      '(enable_id_trans)',
    );
  });

  it('sends the code, the targets, the agent ID as a number and the new card, whose files are uploaded first', async () => {
    const wecom = fakeWecom();
    const { signal } = new AbortController();
    const template_card = {
      ...card,
      main_title: { title: '标'.repeat(37) },
      horizontal_content_list: [{ keyname: 'k', type: 2, media_id: { filename: 'a.png', data: png() } }],
    };
    const result = await createWecom({ app, http: wecom.http, clock }).updateCard(
      { response_code: 'R', tagids: '7', template_card, enable_id_trans: 1 },
      { signal },
    );
    expect(json(wecom.to('message/update_template_card')[0])).toEqual({
      response_code: 'R',
      tagids: [7],
      enable_id_trans: 1,
      agentid: app.agentId,
      template_card: { ...template_card, horizontal_content_list: [{ keyname: 'k', type: 2, media_id: 'media-1' }] },
    });
    expect(wecom.to('message/update_template_card')[0]?.signal).toBe(signal);
    expect(result).toEqual({
      errcode: 0,
      errmsg: 'ok',
      invaliduser: [],
      warnings: [expect.stringMatching(/^Title \(template_card\.main_title\.title\) has 37 characters/)],
    });
  });
});
