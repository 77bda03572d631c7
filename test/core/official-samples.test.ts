import { createRobot, createWecom, operations } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { quickHttp } from '../faults/core-sender';
import { expectedOf, filledSample, PAGES, samplesOf } from '../fixtures/official-samples';
import type { Sample } from '../fixtures/official-samples';
import { clock } from './fake-wecom';

const NOTIFIER = 0;
/** The app that sees the whole company, which WeCom demands for group chats. */
const CHATS = 1;
const http = quickHttp(5_000);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

function client(app: number) {
  const { company, url } = sandbox;
  const { agentid, secret } = company.apps[app]!;
  return {
    agentid,
    wecom: createWecom<unknown>({
      app: { corpId: company.corpId, agentId: agentid, secret, baseUrl: url },
      http,
      clock,
    }),
  };
}
const robot = () =>
  createRobot<unknown>({
    webhook: `${sandbox.url}/cgi-bin/webhook/send?key=${sandbox.company.robots[0]!.key}`,
    http,
    clock,
  });
const received = () => sandbox.messages().at(-1)!.received;
/** A warning for everything that was left out, and for nothing else but lengths. */
const leftOut = (warnings: unknown) =>
  (warnings as string[])
    .filter((warning) => /is left out/.test(warning))
    .map((warning) => /^(?:.*\((.*?)\)|(\w+)) is left out/.exec(warning)!.slice(1).find(Boolean));
const agentidOf = ({ json }: Sample) => ('agentid' in json ? ['agentid'] : []);

describe('the samples of the documentation arrive as they are', () => {
  it('are there', () => {
    expect(Object.values(PAGES).map((page) => samplesOf(page).length)).toEqual([15, 9, 10, 6]);
  });

  it.each(samplesOf(PAGES.app))('to members: %s', async (_, sample) => {
    const { agentid, wecom } = client(NOTIFIER);
    const message = await filledSample(sample, { sandbox, app: NOTIFIER });
    const result = await wecom.send(message);
    expect(received()).toEqual(expectedOf(message, sample, agentid));
    expect(result).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: [] });
    expect(leftOut(result.warnings).sort()).toEqual([...sample.ignored, ...agentidOf(sample)].sort());
  });

  it.each(samplesOf(PAGES.chat))('to a group chat: %s', async (_, sample) => {
    const { agentid, wecom } = client(CHATS);
    await wecom.perform(
      operations.find(({ name }) => name === 'createChat')!,
      { userlist: ['zhangsan', 'lisi'], chatid: 'CHATID' },
    );
    const message = await filledSample(sample, { sandbox, app: CHATS });
    const result = await wecom.send(message);
    expect(received()).toEqual(expectedOf(message, sample, agentid));
    expect(leftOut(result.warnings)).toEqual(sample.ignored);
  });

  it.each(samplesOf(PAGES.robot))('by a robot: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox, app: NOTIFIER });
    const result = await robot().send(message);
    expect(received()).toEqual(expectedOf(message, sample, undefined));
    expect(leftOut(result.warnings).sort()).toEqual([...sample.ignored].sort());
  });

  it.each(samplesOf(PAGES.update))('in place of a sent card: %s', async (_, sample) => {
    const { agentid, wecom } = client(NOTIFIER);
    const asked = await wecom.send({
      touser: 'zhangsan|lisi',
      msgtype: 'template_card',
      template_card: {
        card_type: 'button_interaction',
        main_title: { title: 'x' },
        button_list: [{ text: 'Yes', key: 'yes' }],
      },
    });
    const update = await filledSample(sample, { sandbox, app: NOTIFIER }, { response_code: asked.response_code });
    const requests: unknown[] = [];
    const watched = createWecom<unknown>({
      app: {
        corpId: sandbox.company.corpId,
        agentId: agentid,
        secret: sandbox.company.apps[NOTIFIER]!.secret,
        baseUrl: sandbox.url,
      },
      clock,
      http: (request) => {
        if (request.url.includes('update_template_card')) requests.push(JSON.parse(request.body as string));
        return http(request);
      },
    });
    const result = await watched.updateCard(update);
    expect(requests).toEqual([expectedOf(update, sample, agentid)]);
    expect(
      sandbox
        .messages()
        .at(-1)!
        .updates.flatMap(({ userids }) => userids)
        .sort(),
    ).toEqual(['lisi', 'zhangsan']);
    expect(leftOut(result['warnings']).sort()).toEqual([...sample.ignored, 'agentid'].sort());
  });

  it('as operations: recall, create and change a group chat', async () => {
    const { wecom } = client(CHATS);
    const perform = async (name: string, page: string, more = {}) => {
      const [, sample] = samplesOf(page)[0]!;
      return wecom.perform(
        operations.find((operation) => operation.name === name)!,
        await filledSample(sample, { sandbox, app: CHATS }, more),
      );
    };
    expect(await perform('createChat', '90245')).toEqual({ errcode: 0, errmsg: 'ok', chatid: 'CHATID' });
    expect(
      await wecom.perform(
        operations.find(({ name }) => name === 'getChat')!,
        { chatid: 'CHATID' },
      ),
    ).toMatchObject({ name: 'NAME', owner: 'zhangsan', userlist: ['zhangsan', 'lisi', 'alice'] });
    await wecom.perform(
      operations.find(({ name }) => name === 'updateChat')!,
      { chatid: 'CHATID', add_user_list: 'wangwu' },
    );
    await perform('updateChat', '98913');
    expect(
      await wecom.perform(
        operations.find(({ name }) => name === 'getChat')!,
        { chatid: 'CHATID' },
      ),
    ).toMatchObject({ owner: 'lisi', userlist: ['zhangsan', 'lisi'] });
    const { msgid } = await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'x' } });
    await perform('recall', '94867', { [samplesOf('94867')[0]![1].json['msgid'] as string]: msgid });
    expect(sandbox.messages().at(-1)!.recalled).toBe(true);
  });
});

describe('what WeCom ignores is left out with a warning', () => {
  const { send } = { send: (message: object) => client(NOTIFIER).wecom.send({ touser: 'zhangsan', ...message }) };
  const buttons = (button: object) => ({
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: 'x' },
      button_list: [{ text: 'Yes', key: 'yes', ...button }],
    },
  });
  const notice = (content_item: unknown) => ({
    msgtype: 'miniprogram_notice',
    miniprogram_notice: { appid: 'wx5a2d8b0c0000a001', title: '会议室预订成功', content_item },
  });

  it.each([7, 0, '9', -1])('a style of a button that is none: %j', async (style) => {
    const { warnings } = await send(buttons({ style }));
    expect(warnings).toEqual([
      'Style (template_card.button_list[0].style) is left out: it is none of 1, 2, 3, 4, and WeCom takes it for 1',
    ]);
    expect(received()['template_card']).toMatchObject({ button_list: [{ text: 'Yes', key: 'yes' }] });
    expect(JSON.stringify(received())).not.toContain('style');
  });

  it('rows of a mini-program notice in which nothing is filled in; one of both is enough for the others', async () => {
    const { warnings } = await send(notice([{ key: '', value: '' }, { key: '会议室' }, {}, { value: '402' }]));
    expect((received()['miniprogram_notice'] as Record<string, unknown>)['content_item']).toEqual([
      { key: '会议室' },
      { value: '402' },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/content_item\[2\]\) is left out/),
      expect.stringMatching(/content_item\[0\]\) is left out/),
    ]);
  });

  it('an agentid of another app; its own is no news', async () => {
    const text = { msgtype: 'text', text: { content: 'x' } };
    expect((await send({ ...text, agentid: 1 })).warnings).toEqual([
      'agentid is left out: what sends is the app that was set up here, and its own goes out',
    ]);
    for (const agentid of [1000002, '1000002']) expect((await send({ ...text, agentid })).warnings).toEqual([]);
    expect(sandbox.messages().map(({ received: { agentid } }) => agentid)).toEqual([1000002, 1000002, 1000002]);
  });

  it('but not an option that asks for something the type does not do', async () => {
    const voice = { msgtype: 'markdown', markdown: { content: 'x' } };
    await expect(send({ ...voice, safe: 1 })).rejects.toThrow(/safe cannot be used with markdown/);
    expect((await send({ ...voice, safe: 0 })).warnings).toEqual([
      'safe is left out: markdown has no such option, and does without it what this says',
    ]);
  });

  it('and a picture of a robot whose md5 is another’s is refused before it is sent', async () => {
    const base64 = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1').toString('base64');
    await expect(robot().send({ msgtype: 'image', image: { base64, md5: '0'.repeat(32) } })).rejects.toThrow(
      /image\.md5.*is not the md5/,
    );
    await expect(robot().send({ msgtype: 'image', image: { base64: '%%%', md5: 'x' } })).rejects.toThrow(
      /image\.base64.*is not base64/,
    );
    expect(sandbox.messages()).toEqual([]);
  });
});
