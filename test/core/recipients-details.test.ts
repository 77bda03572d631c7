import { recipientFields } from '../../core';
import { parseRecipients, recipientBatches } from '../../core/messages/recipients';

const said = (input: Record<string, unknown>) =>
  parseRecipients(input).issues.map(({ path, label, message }) => [path, label?.en, message.en, message.zh]);

describe('recipients, as the person sees them', () => {
  it('are members, departments and tags, each a line of its own and none required', () => {
    expect(recipientFields.map(({ name, control, required }) => [name, control, required])).toEqual([
      ['touser', 'line', false],
      ['toparty', 'line', false],
      ['totag', 'line', false],
    ]);
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    [
      'nobody',
      {},
      [
        'touser',
        'Members',
        'names nobody: give members, departments or tags, or choose everyone',
        '未指定接收人：请填写成员、部门、标签，或选择全部成员',
      ],
    ],
    [
      'undefined',
      { toparty: undefined },
      ['toparty', 'Departments', 'is undefined: it must name somebody', '未定义（undefined）：必须指定接收人'],
    ],
    ['null', { totag: null }, ['totag', 'Tags', 'is null: it must name somebody', '为 null：必须指定接收人']],
    [
      'an empty list',
      { touser: [] },
      ['touser', 'Members', 'is an empty list: it must name somebody', '是空列表：必须指定接收人'],
    ],
    ['blanks', { touser: ' ' }, ['touser', 'Members', 'is blank: it must name somebody', '为空白：必须指定接收人']],
    [
      'a hole in a list',
      { totag: [1, null] },
      ['totag[1]', 'Tags', 'is null: it must name somebody', '为 null：必须指定接收人'],
    ],
    [
      'an object',
      { touser: {} },
      ['touser', 'Members', 'must be an ID, but is of type object', '必须是 ID，但实际类型是 object'],
    ],
    [
      'a list in a list',
      { touser: ['a', ['b']] },
      ['touser[1]', 'Members', 'must be an ID, but is a list in a list', '必须是 ID，但实际类型是 嵌套列表'],
    ],
    ['separators', { touser: ',' }, ['touser', 'Members', 'holds separators only, but no ID', '只有分隔符，没有 ID']],
    [
      'everyone among others',
      { touser: ['a', '@all'] },
      [
        'touser[1]',
        'Members',
        'says @all: a text cannot reach everyone. Choose "Everyone" under "Send To"; a program says everyone: true',
        '填写了 @all：文本不能用于发送给全部成员。请在“发送给（Send To）”中选择“全部成员（Everyone）”；程序中请使用 everyone: true',
      ],
    ],
    [
      'everyone beside others',
      { everyone: true, toparty: '1' },
      [
        'toparty',
        'Departments',
        'cannot be combined with everyone: WeCom would ignore it',
        '不能与全部成员同时使用：企业微信会忽略它',
      ],
    ],
    [
      'everyone, said by a text',
      { everyone: 'true' },
      [
        'everyone',
        undefined,
        'must be true, not a text or a number: everyone is reached only when that is chosen',
        '必须是布尔值 true，不能是文本或数字：只有明确选择时才会发送给全部成员',
      ],
    ],
    [
      'a name',
      { touser: '张三' },
      [
        'touser',
        'Members',
        '"张三" is not a user ID: 1 to 64 letters, digits or - _ . @ (the account of a member, not the name)',
        '“张三”不是有效的成员账号：1 至 64 位字母、数字或 - _ . @（填写账号，而不是姓名）',
      ],
    ],
    [
      'a word for a number',
      { toparty: 'x' },
      ['toparty', 'Departments', '"x" is not an ID: a whole number from 1', '“x”不是有效的 ID：应为不小于 1 的整数'],
    ],
    [
      'a number with a letter',
      { toparty: '1x' },
      ['toparty', 'Departments', '"1x" is not an ID: a whole number from 1', expect.any(String)],
    ],
    [
      'something long, cut for the message',
      { totag: `x${'😀'.repeat(20)}` },
      ['totag', 'Tags', `"x${'😀'.repeat(19)}…" is not an ID: a whole number from 1`, expect.any(String)],
    ],
    [
      'something just not too long',
      { totag: '😀'.repeat(20) },
      ['totag', 'Tags', `"${'😀'.repeat(20)}" is not an ID: a whole number from 1`, expect.any(String)],
    ],
  ])('that are %s are refused with the label and a sentence in both languages', (_, input, issue) => {
    expect(said(input)).toEqual([issue]);
    expect(parseRecipients(input)).not.toHaveProperty('recipients');
  });

  it('that are everyone may stand beside fields that are empty', () => {
    for (const empty of [undefined, null, '', ' ', []])
      expect(parseRecipients({ everyone: true, touser: empty, toparty: empty, totag: empty })).toEqual({
        recipients: { everyone: true },
        issues: [],
      });
  });

  it.each(['a', 'A-b_c.d@e', '7', 'a'.repeat(64)])('may be the account %s', (touser) => {
    expect(parseRecipients({ touser })).toEqual({
      recipients: { everyone: false, touser: [touser], toparty: [], totag: [] },
      issues: [],
    });
  });

  it.each(['a b!', 'ä', 'x#', '!x', '@', '@x'])('are no account when they are %j', (touser) => {
    expect(parseRecipients({ touser }).issues).toHaveLength(1);
  });

  it('may be departments up to the largest number there is', () => {
    expect(parseRecipients({ toparty: ['1', 4_294_967_295] })).toMatchObject({
      recipients: { toparty: [1, 4_294_967_295] },
    });
    for (const toparty of [0, 4_294_967_296]) expect(parseRecipients({ toparty }).issues).toHaveLength(1);
  });

  it('are batched without empty fields, and in the order given', () => {
    expect(recipientBatches({ everyone: false, touser: ['a', 'b'], toparty: [], totag: [2, 1] })).toEqual([
      { touser: 'a|b', totag: '2|1' },
    ]);
    const tags = Array.from({ length: 201 }, (_, index) => index + 1);
    expect(recipientBatches({ everyone: false, touser: ['a'], toparty: [], totag: tags })).toEqual([
      { touser: 'a', totag: tags.slice(0, 100).join('|') },
      { totag: tags.slice(100, 200).join('|') },
      { totag: '201' },
    ]);
  });
});
