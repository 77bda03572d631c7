import { card } from './card-samples';
import { connect, SECRETS, type Client, type Json } from './client';

const HOUR = 3_600_000;
let wecom: Client;
beforeEach(async () => void (wecom = await connect({ extraMembers: 1001 })));
afterEach(() => wecom.close());

const call = async (path: string, body: unknown, secret?: string): Promise<Json> =>
  (await wecom.post(path, body, { access_token: await wecom.token(secret) })).json;
const recall = (msgid: unknown, secret?: string) => call('message/recall', { msgid }, secret);
const text = async (): Promise<string> =>
  (await wecom.send({ msgtype: 'text', text: { content: 'oops' } })).json['msgid'];
const newest = () => wecom.sandbox.messages().at(-1)!;

describe('message/recall', () => {
  test('takes a message back', async () => {
    expect(await recall(await text())).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(newest()).toMatchObject({ recalled: true, shown: { content: 'oops' } });
  });

  test('works for 24 hours: 42052 after that', async () => {
    const first = await text();
    wecom.sandbox.moveClock(24 * HOUR - 10_000);
    expect(await recall(first)).toMatchObject({ errcode: 0 });
    wecom.sandbox.moveClock(11_000);
    expect(await recall(first)).toMatchObject({ errcode: 42052 });
  });

  test('is for the app that sent the message: 40058', async () => {
    expect(await recall(await text(), SECRETS.second)).toMatchObject({ errcode: 40058 });
    expect(newest().recalled).toBe(false);
  });

  test.each(['unknown', '', undefined, 5])('refuses msgid %j with 40058', async (msgid) => {
    expect(await recall(msgid)).toMatchObject({ errcode: 40058 });
  });

  test('refuses messages of robots with 40058', async () => {
    await wecom.push({ msgtype: 'text', text: { content: 'x' } });
    expect(await recall(newest().msgid)).toMatchObject({ errcode: 40058 });
  });
});

describe('message/update_template_card', () => {
  const sendCard = async (type = 'button_interaction', change = {}, touser = 'zhangsan|lisi'): Promise<string> =>
    (await wecom.send({ touser, msgtype: 'template_card', template_card: card(type, change) })).json['response_code'];
  const update = (response_code: unknown, change: Record<string, unknown>, secret?: string) =>
    call('message/update_template_card', { agentid: 1000002, response_code, ...change }, secret);
  const grey = { button: { replace_name: 'Done' } };
  const seenBy = (member: string) => wecom.sandbox.messages({ member }).at(-1)!.shown;
  const menu = { action_menu: { action_list: [{ text: 'x', key: 'a' }] } };

  test('greys the buttons for some members and leaves the others alone', async () => {
    const reply = await update(await sendCard(), { userids: ['ZhangSan'], ...grey });
    expect(reply).toEqual({ errcode: 0, errmsg: 'ok', invaliduser: [] });
    expect(seenBy('zhangsan')).toMatchObject({ main_title: { title: 'Approve?' }, replace_text: 'Done' });
    expect(seenBy('lisi')['replace_text']).toBeUndefined();
    expect(newest().shown['replace_text']).toBeUndefined();
    expect(newest().updates).toMatchObject([{ userids: ['zhangsan'], time: expect.any(String) }]);
  });

  test('puts another card in its place, of any type, without task_id', async () => {
    const { task_id: _taskId, ...notice } = card('text_notice');
    await update(await sendCard(), { atall: 1, template_card: notice });
    expect(seenBy('lisi')).toMatchObject({ card_type: 'text_notice', main_title: { title: 'Build failed' } });
  });

  test.each(['button_interaction', 'vote_interaction', 'multiple_interaction'])(
    '%s may come back with replace_text',
    async (type) => {
      await update(await sendCard(type), {
        atall: 1,
        template_card: card(type, { task_id: undefined, replace_text: 'Thanks' }),
      });
      expect(seenBy('zhangsan')).toMatchObject({ card_type: type, replace_text: 'Thanks' });
    },
  );

  test('can disable checkbox and selectors, and leave the submit button out', async () => {
    const vote = card('vote_interaction', { task_id: undefined, submit_button: undefined });
    await update(await sendCard('vote_interaction'), {
      atall: 1,
      template_card: { ...vote, checkbox: { ...vote.checkbox, disable: true } },
    });
    expect(seenBy('lisi')).toMatchObject({ checkbox: { disable: true } });
    const order = card('multiple_interaction', { task_id: undefined, submit_button: undefined });
    const select_list = [{ ...order.select_list[0], disable: true }];
    await update(await sendCard('multiple_interaction'), { atall: 1, template_card: { ...order, select_list } });
    expect(seenBy('lisi')).toMatchObject({ select_list: [{ disable: true }] });
  });

  test('replace_text and disable mean nothing in a new card', async () => {
    await sendCard('vote_interaction', { replace_text: 'Thanks' });
    expect(newest().shown).toMatchObject({ checkbox: { disable: false } });
    expect(newest().shown['replace_text']).toBeUndefined();
  });

  test('members are found by department and tag too', async () => {
    expect(await update(await sendCard(), { partyids: [4], ...grey })).toMatchObject({ errcode: 0 });
    expect(newest().updates[0]!.userids).toEqual(['lisi']);
    expect(await update(await sendCard(), { tagids: [1], ...grey })).toMatchObject({ errcode: 0 });
    expect(newest().updates[0]!.userids).toEqual(['zhangsan']);
  });

  test('who did not get the card comes back in a list, the others see the update', async () => {
    const reply = await update(await sendCard(), { userids: ['zhangsan', 'WangWu', 'nobody'], ...grey });
    expect(reply).toMatchObject({ errcode: 0, invaliduser: ['wangwu', 'nobody'] });
    expect(newest().updates[0]!.userids).toEqual(['zhangsan']);
  });

  test('a later update builds on what each member sees', async () => {
    const { task_id: _taskId, ...other } = card('vote_interaction');
    const codes = [await sendCard(), ''];
    await update(codes[0], { userids: ['lisi'], template_card: other });
    codes[1] = wecom.sandbox.newResponseCode(newest().msgid);
    await update(codes[1], { atall: 1, ...grey });
    expect(seenBy('lisi')).toMatchObject({ card_type: 'vote_interaction', replace_text: 'Done' });
    expect(seenBy('zhangsan')).toMatchObject({ card_type: 'button_interaction', replace_text: 'Done' });
  });

  test('ids become names in the new card when asked for', async () => {
    const template_card = card('text_notice', { task_id: undefined, sub_title_text: '$userName=lisi$' });
    await update(await sendCard(), { atall: 1, enable_id_trans: 1, template_card });
    expect(seenBy('lisi')).toMatchObject({ sub_title_text: '李四' });
  });

  describe('response_code', () => {
    test('works once: 60140', async () => {
      const code = await sendCard();
      expect(await update(code, { atall: 1, ...grey })).toMatchObject({ errcode: 0 });
      expect(await update(code, { atall: 1, ...grey })).toMatchObject({ errcode: 60140 });
    });
    test('is not used up by a request that is refused', async () => {
      const code = await sendCard();
      expect(await update(code, grey)).toMatchObject({ errcode: 82101 });
      expect(await update(code, { atall: 1, ...grey })).toMatchObject({ errcode: 0 });
    });
    test('works for 72 hours: 60140 after that', async () => {
      const [early, late] = [await sendCard(), await sendCard()];
      wecom.sandbox.moveClock(72 * HOUR - 5000);
      expect(await update(early, { atall: 1, ...grey })).toMatchObject({ errcode: 0 });
      wecom.sandbox.moveClock(5000);
      expect(await update(late, { atall: 1, ...grey })).toMatchObject({ errcode: 60140 });
    });
    test.each(['made-up', '', undefined])('%j is refused with 60140', async (code) => {
      expect(await update(code, { atall: 1, ...grey })).toMatchObject({ errcode: 60140, invaliduser: [] });
    });
    test('of another app is refused with 42015', async () => {
      expect(await update(await sendCard(), { agentid: 1000003, atall: 1, ...grey }, SECRETS.second)).toMatchObject({
        errcode: 42015,
      });
    });
  });

  describe('is refused', () => {
    const userids = (count: number) => [
      'zhangsan',
      ...Array.from({ length: count - 1 }, (_, index) => `u${String(index + 1).padStart(5, '0')}`),
    ];
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    test.each<[string, Record<string, unknown>, number]>([
      ['without agentid', { agentid: undefined, atall: 1 }, 41011],
      ['with the agentid of another app', { agentid: 1000003, atall: 1 }, 301002],
      ['without target', {}, 82101],
      ['with empty targets', { userids: [], partyids: [], tagids: [], atall: 0 }, 82101],
      ['with userids as one string', { userids: 'zhangsan|lisi' }, 82101],
      ['with nobody who got the card', { userids: ['wangwu', 'nobody'] }, 82102],
      ['with a department nobody of which got it', { partyids: [5] }, 82102],
      ['with 1001 members', { userids: userids(1001) }, 40032],
      ['with 101 departments', { partyids: numbers(101) }, 82002],
      ['with 101 tags', { tagids: numbers(101) }, 82003],
      ['without new name', { atall: 1, button: {} }, 40058],
      ['without any change', { atall: 1, button: undefined }, 40058],
      ['with a card that is wrong', { atall: 1, template_card: { card_type: 'x' } }, 42031],
      [
        'with a task_id nobody used',
        { atall: 1, template_card: { ...card('text_notice'), task_id: 'never-sent' } },
        42016,
      ],
    ])('%s', async (_what, change, errcode) => {
      expect(await update(await sendCard(), { ...grey, ...change })).toMatchObject({ errcode });
      expect(newest().updates).toEqual([]);
    });

    test.each([
      ['1000 members', { userids: userids(1000) }],
      ['100 departments', { partyids: numbers(100) }],
      ['100 tags', { tagids: numbers(100) }],
    ])('not with %s', async (_what, target) =>
      expect(await update(await sendCard(), { ...grey, ...target })).toMatchObject({ errcode: 0 }),
    );

    test('when the card has no buttons to grey', async () => {
      expect(await update(await sendCard('text_notice', menu), { atall: 1, ...grey })).toMatchObject({
        errcode: 40058,
      });
    });

    test('when the card was recalled: nobody has it any more (82102)', async () => {
      const code = await sendCard();
      await recall(newest().msgid);
      expect(await update(code, { atall: 1, ...grey })).toMatchObject({ errcode: 82102 });
    });
  });
});
