import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { createRobot, createWecom, operations, WecomApiError, WecomInputError, WecomNetworkError } from '../../core';
import { amr, gif, png } from '../fixtures/media';
import { clock, app, failure, fakeWecom } from './fake-wecom';

const KEY = 'canary-key-693a91f6-7xxx-4bc4';
const ok = {
  'webhook/send': { errcode: 0, errmsg: 'ok' },
  'webhook/upload_media': { errcode: 0, errmsg: 'ok', type: 'file', media_id: 'ROBOT-MEDIA' },
};
const robot = (answers: Parameters<typeof fakeWecom>[0] = ok, webhook: unknown = KEY, baseUrl?: string) => {
  const wecom = fakeWecom(answers);
  return {
    ...wecom,
    robot: createRobot<unknown>({ clock, webhook, http: wecom.http, ...(baseUrl !== undefined && { baseUrl }) }),
  };
};
const body = (requests: { body?: unknown }[]) => JSON.parse(requests[0]?.body as string) as Record<string, unknown>;

describe('a group robot', () => {
  it.each([
    [KEY, undefined, 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
    [
      ` https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY} `,
      undefined,
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send',
    ],
    [
      `https://relay.test/wecom/cgi-bin/webhook/send?key=${KEY}&debug=1`,
      undefined,
      'https://relay.test/wecom/cgi-bin/webhook/send',
    ],
    [KEY, 'https://relay.test/', 'https://relay.test/cgi-bin/webhook/send'],
  ])('takes the whole URL or the key: %s', async (webhook, baseUrl, url) => {
    const { robot: sender, requests } = robot(ok, webhook, baseUrl);
    await sender.send({ msgtype: 'text', text: { content: 'hi' } });
    expect(requests.map((request) => request.url)).toEqual([`${url}?key=${KEY}`]);
  });

  it.each([[40008], [93017]])('is tested without a message: %d means that the key is good', async (errcode) => {
    const { robot: sender, to } = robot({ 'webhook/send': { errcode, errmsg: 'nothing to send' } });
    await sender.test();
    expect(body(to('webhook/send'))).toEqual({});
  });

  it('a test of a wrong key fails, without the key in the error', async () => {
    const { robot: sender } = robot({ 'webhook/send': { errcode: 93000, errmsg: `invalid webhook url ${KEY}` } });
    expect(inspect(await failure(sender.test(), WecomApiError))).not.toContain(KEY);
  });

  it.each([
    [''],
    [undefined],
    ['https://example.com/hook?key=x'],
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
    ['not a key!'],
  ])('refuses %p', (webhook) => {
    expect(() => createRobot<unknown>({ clock, webhook, http: fakeWecom().http })).toThrow(WecomInputError);
  });

  it('mentions members and mobile numbers, in any way lists are written', async () => {
    const { robot: sender, to } = robot();
    await sender.send({
      msgtype: 'text',
      text: { content: 'fire', mentioned_list: 'zhangsan, @all', mentioned_mobile_list: ['13800001111'] },
    });
    expect(body(to('webhook/send'))).toEqual({
      msgtype: 'text',
      text: { content: 'fire', mentioned_list: ['zhangsan', '@all'], mentioned_mobile_list: ['13800001111'] },
    });
  });

  it('sends a picture inside the message, as base64 with the md5 of its bytes', async () => {
    const { robot: sender, to, requests } = robot();
    const data = png(1000);
    await sender.send({ msgtype: 'image', image: { file: { filename: 'a.png', data } } });
    expect(body(to('webhook/send'))['image']).toEqual({
      base64: data.toString('base64'),
      md5: createHash('md5').update(data).digest('hex'),
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a media_id', 'MEDIA', /takes? no media_id|must be a file/],
    ['2 MB and a byte', { filename: 'a.png', data: png(2 * 1024 * 1024 + 1) }, /at most 2 MB/],
    ['a GIF', { filename: 'a.gif', data: gif() }, /not a JPG or PNG/],
    ['nothing', undefined, /missing/],
  ])('refuses %s as a picture', async (_, file, message) => {
    const { robot: sender, requests } = robot();
    expect((await failure(sender.send({ msgtype: 'image', image: { file } }), WecomInputError)).message).toMatch(
      message,
    );
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['file', Buffer.from('a report'), 'file'],
    ['voice', amr(1), 'voice'],
  ])('uploads a %s to its own media, once', async (msgtype, data, type) => {
    const { robot: sender, to } = robot();
    const message = { msgtype, [msgtype]: { media_id: { filename: '报告.dat', data } } };
    await sender.send(message);
    await sender.send(message);
    expect(to('webhook/upload_media').map((request) => new URL(request.url).searchParams.toString())).toEqual([
      `type=${type}&key=${KEY}`,
    ]);
    expect(body(to('webhook/send'))[msgtype]).toEqual({ media_id: 'ROBOT-MEDIA' });
  });

  it('sends notices as cards', async () => {
    const { robot: sender, to } = robot();
    await sender.send({
      msgtype: 'template_card',
      template_card: {
        card_type: 'text_notice',
        main_title: { title: 'T' },
        card_action: { type: 1, url: 'https://a.b' },
      },
    });
    expect(body(to('webhook/send'))['template_card']).toEqual({
      card_type: 'text_notice',
      main_title: { title: 'T' },
      card_action: { type: 1, url: 'https://a.b' },
    });
  });

  it.each([
    [{ touser: 'a', msgtype: 'text', text: { content: 'x' } }, 'touser'],
    [{ msgtype: 'text', text: { content: 'x' }, safe: 1 }, 'safe'],
    [{ msgtype: 'video', video: {} }, 'msgtype'],
    [{ msgtype: 'mpnews', mpnews: {} }, 'msgtype'],
  ])('refuses what robots cannot do: %j', async (message, path) => {
    expect((await failure(robot().robot.send(message), WecomInputError)).issues.map((issue) => issue.path)).toContain(
      path,
    );
  });

  it.each(['text', 'markdown', 'markdown_v2'])('keeps the limit of %s', async (msgtype) => {
    const limit = msgtype === 'text' ? 2048 : 4096;
    const { robot: sender } = robot();
    await sender.send({ msgtype, [msgtype]: { content: 'a'.repeat(limit) } });
    expect(
      (
        await failure(
          sender.send({ msgtype, [msgtype]: { content: 'a'.repeat(limit + 1) }, too_long: 'refuse' }),
          WecomInputError,
        )
      ).issues[0],
    ).toMatchObject({ limit, actual: limit + 1 });
  });

  it('that was removed says what to do, and the key is in no error', async () => {
    const quoting = { errcode: 93000, errmsg: `invalid webhook url ?key=${KEY} ${KEY}` };
    const error = await failure(
      robot({ 'webhook/send': quoting }).robot.send({ msgtype: 'text', text: { content: 'x' } }),
      WecomApiError,
    );
    expect(error.explain('en').advice).toMatch(/robot|webhook/i);
    const broken = await failure(
      robot({ 'webhook/send': Object.assign(new Error(`connect ?key=${KEY}`), { code: 'ECONNRESET' }) }).robot.send({
        msgtype: 'text',
        text: { content: 'x' },
      }),
      WecomNetworkError,
    );
    for (const thrown of [error, broken])
      expect(`${inspect(thrown, { depth: 10, showHidden: true })}${JSON.stringify(thrown)}`).not.toContain('canary');
  });
});

describe('group chats', () => {
  const chat = { chatid: 'CHAT1', msgtype: 'text', text: { content: 'hi', mentioned_list: '@all' } };

  it('get messages by chatid, without agent ID and recipients', async () => {
    const { http, to } = fakeWecom();
    const result = await createWecom<unknown>({ clock, app, http }).send(chat);
    expect(body(to('appchat/send'))).toEqual({
      chatid: 'CHAT1',
      msgtype: 'text',
      text: { content: 'hi', mentioned_list: ['@all'] },
    });
    expect(result).toMatchObject({ errcode: 0, msgids: [], invaliduser: [] });
  });

  it.each([
    [{ ...chat, chatid: '' }, 'chatid'],
    [{ ...chat, chatid: undefined }, 'chatid'],
    [{ ...chat, chatid: 'a b' }, 'chatid'],
    [{ ...chat, chatid: 'x'.repeat(33) }, 'chatid'],
    [{ ...chat, touser: 'zhangsan' }, 'touser'],
    [{ ...chat, enable_duplicate_check: 1 }, 'enable_duplicate_check'],
    [{ chatid: 'C', msgtype: 'template_card', template_card: { card_type: 'text_notice' } }, 'msgtype'],
    [{ chatid: 'C', msgtype: 'miniprogram_notice', miniprogram_notice: {} }, 'msgtype'],
  ])('refuse %j', async (message, path) => {
    const { http, requests } = fakeWecom();
    expect(
      (await failure(createWecom<unknown>({ clock, app, http }).send(message), WecomInputError)).issues.map(
        (issue) => issue.path,
      ),
    ).toContain(path);
    expect(requests).toHaveLength(0);
  });

  const perform = (name: string, input: unknown, answers?: Parameters<typeof fakeWecom>[0]) => {
    const wecom = fakeWecom(answers);
    return {
      ...wecom,
      done: createWecom<unknown>({ clock, app, http: wecom.http }).perform(
        operations.find((entry) => entry.name === name)!,
        input,
      ),
    };
  };

  it('are created, read and changed', async () => {
    const created = perform(
      'createChat',
      { userlist: 'zhangsan, lisi', name: 'Release', owner: '', chatid: '' },
      { 'appchat/create': { errcode: 0, errmsg: 'ok', chatid: 'C9' } },
    );
    expect(await created.done).toEqual({ errcode: 0, errmsg: 'ok', chatid: 'C9' });
    expect(body(created.to('appchat/create'))).toEqual({ userlist: ['zhangsan', 'lisi'], name: 'Release' });
    const got = perform(
      'getChat',
      { chatid: 'C9' },
      {
        'appchat/get': {
          errcode: 0,
          errmsg: 'ok',
          chat_info: { chatid: 'C9', name: 'Release', userlist: ['zhangsan'] },
        },
      },
    );
    expect(await got.done).toMatchObject({ name: 'Release', userlist: ['zhangsan'] });
    expect(new URL(got.to('appchat/get')[0]!.url).searchParams.get('chatid')).toBe('C9');
    const changed = perform('updateChat', { chatid: 'C9', add_user_list: ['wangwu'], del_user_list: '' });
    await changed.done;
    expect(body(changed.to('appchat/update'))).toEqual({ chatid: 'C9', add_user_list: ['wangwu'] });
  });

  it.each([
    ['createChat', { userlist: 'zhangsan' }, ['userlist']],
    ['createChat', {}, ['userlist']],
    ['createChat', { userlist: ['a', 'b'], chatid: '群', name: 'x'.repeat(51) }, ['name', 'chatid']],
    ['updateChat', { chatid: 'C' }, ['name']],
    ['getChat', {}, ['chatid']],
    ['recall', { msgids: '' }, ['msgids']],
    ['recall', { msgids: [] }, ['msgids']],
    ['recall', { msgids: ['M'], msgid: 'M' }, ['msgid']],
    ['recall', null, ['input']],
  ])('%s refuses %j', async (name, input, paths) => {
    const { done, requests } = perform(name, input);
    expect((await failure(done, WecomInputError)).issues.map((issue) => issue.path)).toEqual(paths);
    expect(requests).toHaveLength(0);
  });

  it('messages are recalled by msgid, all parts of a long text one by one', async () => {
    const { done, to } = perform('recall', { msgids: ['M1', 'M2'] });
    expect(await done).toEqual({ errcode: 0, errmsg: 'ok', msgids: ['M1', 'M2'] });
    expect(to('message/recall').map((request) => JSON.parse(request.body as string))).toEqual([
      { msgid: 'M1' },
      { msgid: 'M2' },
    ]);
  });

  it('messages are recalled as far as they can be', async () => {
    const { done, to } = perform(
      'recall',
      { msgids: 'M1, M2, M3' },
      { 'message/recall': [{ errcode: 42052, errmsg: 'too old' }] },
    );
    expect(await failure(done, WecomApiError)).toMatchObject({ errcode: 42052 });
    expect(to('message/recall')).toHaveLength(3);
  });
});

describe('a sent card', () => {
  const update = (input: unknown, answers?: Parameters<typeof fakeWecom>[0]) => {
    const wecom = fakeWecom(answers);
    return { ...wecom, done: createWecom<unknown>({ clock, app, http: wecom.http }).updateCard(input) };
  };

  it('gets a grey button', async () => {
    const { done, to } = update(
      {
        response_code: 'R',
        userids: 'zhangsan,lisi',
        partyids: '2',
        atall: false,
        button: { replace_name: 'Approved' },
      },
      { 'message/update_template_card': { errcode: 0, errmsg: 'ok', invaliduser: ['lisi'] } },
    );
    expect(await done).toEqual({ errcode: 0, errmsg: 'ok', invaliduser: ['lisi'], warnings: [] });
    expect(body(to('message/update_template_card'))).toEqual({
      response_code: 'R',
      userids: ['zhangsan', 'lisi'],
      partyids: [2],
      agentid: app.agentId,
      button: { replace_name: 'Approved' },
    });
  });

  it('is replaced by another card, without a task_id', async () => {
    const template_card = {
      card_type: 'button_interaction',
      main_title: { title: 'Done' },
      button_list: [{ text: 'OK', key: 'ok' }],
      replace_text: 'Closed',
    };
    const { done, to } = update({ response_code: 'R', atall: true, template_card });
    await done;
    expect(body(to('message/update_template_card'))).toEqual({
      response_code: 'R',
      atall: 1,
      agentid: app.agentId,
      template_card,
    });
  });

  it.each([
    [{ response_code: 'R', button: { replace_name: 'x' } }, ['atall']],
    [{ response_code: 'R', atall: 0, button: { replace_name: 'x' } }, ['atall']],
    [
      { response_code: 'R', partyids: '2, x', tagids: [0], button: { replace_name: 'x' } },
      ['partyids[1]', 'tagids[0]'],
    ],
    [{ atall: 1, button: { replace_name: 'x' } }, ['response_code']],
    [{ response_code: 'R', atall: 1 }, ['template_card']],
    [
      { response_code: 'R', atall: 1, button: { replace_name: 'x' }, template_card: { card_type: 'text_notice' } },
      ['template_card'],
    ],
    [
      {
        response_code: 'R',
        atall: 1,
        template_card: {
          card_type: 'vote_interaction',
          task_id: 'x',
          main_title: { title: 't' },
          checkbox: { question_key: 'q', option_list: [{ id: 'a', text: 'A' }] },
        },
      },
      ['template_card.task_id'],
    ],
  ])('refuses %j', async (input, paths) => {
    const { done, requests } = update(input);
    expect((await failure(done, WecomInputError)).issues.map((issue) => issue.path)).toEqual(
      expect.arrayContaining(paths),
    );
    expect(requests).toHaveLength(0);
  });
});
