import { createRobot, createWecom, WecomApiError, WecomInputError } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { quickHttp } from '../faults/core-sender';
import { clock, failure } from './fake-wecom';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const http = quickHttp(5_000);
function client() {
  const { company, url } = sandbox;
  const { agentid, secret } = company.apps[0]!;
  return createWecom<unknown>({ app: { corpId: company.corpId, agentId: agentid, secret, baseUrl: url }, http, clock });
}
const hello = { msgtype: 'text', text: { content: 'Hello' } };
const send = (address: object) => client().send({ ...address, ...hello });
/** How many people have the messages that arrived. */
const reached = () => sandbox.messages().reduce((people, { delivered_to }) => people + delivered_to.length, 0);
const refusal = async (address: object) =>
  (await failure(send(address), WecomInputError)).issues.map(({ path, message }) => `${path} ${message.en}`);

describe('everyone', () => {
  it('is reached by everyone: true, which goes out as WeCom wants it', async () => {
    await send({ everyone: true });
    expect(sandbox.messages()).toHaveLength(1);
    expect(sandbox.messages()[0]!.received).toEqual({ touser: '@all', agentid: 1000002, ...hello });
    expect(reached()).toBe(10);
  });

  it.each<[string, unknown]>([
    ['as it is', '@all'],
    ['in a list', ['@all']],
    ['twice', ['@all', '@all']],
    ['among others', ['zhangsan', '@all']],
    ['in a text among others', 'zhangsan, @all'],
    ['with a bar at its end', '@all|'],
    ['between separators', ' ,@all；'],
    ['in capitals', '@ALL'],
    ['half in capitals', '@All'],
    ['with blanks around it', '  @all\n'],
    ['with a blank in it', '@ all'],
    ['with a separator in it', '@|all'],
    ['with no-break blanks around it', '\u00a0@all\u00a0'],
    ['with an ideographic blank', '\u3000@all'],
    ['with a full-width at sign', '＠all'],
    ['with a small at sign', '﹫all'],
    ['in full-width letters', '＠ＡＬＬ'],
    ['in mathematical letters', '@𝐚𝐥𝐥'],
    ['with characters that nobody sees', '@\u200ball\ufeff'],
    ['with a soft hyphen', '@a\u00adll'],
    ['with a byte that is no character', '\u0000@all'],
  ])('is reached by no text that says @all: %s', async (_, value) => {
    for (const name of ['touser', 'toparty', 'totag']) {
      for (const beside of [{}, { touser: 'zhangsan', [name]: value }, { everyone: false }, { everyone: true }]) {
        const said = await refusal({ [name]: value, ...beside });
        expect(said).toContainEqual(
          expect.stringMatching(
            new RegExp(
              `^${name}(\\[\\d\\])? says @all: a text cannot reach everyone\\. Choose "Everyone" under "Send To"; a program says everyone: true$`,
            ),
          ),
        );
      }
    }
    expect([reached(), sandbox.calls()]).toEqual([0, {}]);
  });

  it.each<[string, unknown]>([
    ['a text', 'true'],
    ['a number', 1],
    ['a text of a number', '1'],
    ['an empty text', ''],
    ['@all', '@all'],
    ['a list', [true]],
    ['an object', {}],
    ['a boxed boolean', Object(true)],
  ])('is not chosen by %s', async (_, everyone) => {
    for (const address of [{ everyone }, { everyone, touser: 'zhangsan' }])
      expect(await refusal(address)).toEqual([
        'everyone must be true, not a text or a number: everyone is reached only when that is chosen',
      ]);
    expect(reached()).toBe(0);
  });

  it.each<[string, unknown]>([
    ['false', false],
    ['null', null],
    ['undefined', undefined],
  ])('is not meant by %s', async (_, everyone) => {
    await send({ everyone, touser: 'zhangsan' });
    expect(reached()).toBe(1);
    expect(await refusal({ everyone })).toEqual([
      'touser names nobody: give members, departments or tags, or choose everyone',
    ]);
  });

  it('is not chosen by what an object inherits', async () => {
    const inherited = Object.assign(Object.create({ everyone: true }) as object, hello);
    expect(await failure(client().send(inherited), WecomInputError)).toBeInstanceOf(WecomInputError);
    expect(reached()).toBe(0);
  });

  it('does not go together with names, which WeCom would ignore', async () => {
    expect(await refusal({ everyone: true, touser: 'zhangsan', totag: 1 })).toEqual([
      'touser cannot be combined with everyone: WeCom would ignore it',
      'totag cannot be combined with everyone: WeCom would ignore it',
    ]);
    expect(reached()).toBe(0);
  });

  it('is no word for group chats and robots', async () => {
    const { company, url } = sandbox;
    const robot = createRobot<unknown>({
      webhook: `${url}/cgi-bin/webhook/send?key=${company.robots[0]!.key}`,
      http,
      clock,
    });
    expect(await failure(send({ chatid: 'CHAT1', everyone: true }), WecomInputError)).toMatchObject({
      issues: [{ path: 'everyone' }],
    });
    expect(await failure(robot.send({ everyone: true, ...hello }), WecomInputError)).toMatchObject({
      issues: [{ path: 'everyone' }],
    });
    expect(sandbox.calls()).toEqual({});
  });

  it('in a chat is another thing: a mention of @all is the API’s own value', async () => {
    const { company, url } = sandbox;
    const robot = createRobot<unknown>({
      webhook: `${url}/cgi-bin/webhook/send?key=${company.robots[0]!.key}`,
      http,
      clock,
    });
    await robot.send({
      msgtype: 'text',
      text: { content: 'Fire', mentioned_list: ['wangqing', '@all'], mentioned_mobile_list: ['@all'] },
    });
    expect(sandbox.messages()[0]!.received).toEqual({
      msgtype: 'text',
      text: { content: 'Fire', mentioned_list: ['wangqing', '@all'], mentioned_mobile_list: ['@all'] },
    });
  });

  it('leaves accounts with an at sign alone', async () => {
    expect(await failure(send({ touser: 'ghost@all.example, all' }), WecomApiError)).toMatchObject({ errcode: 81013 });
    expect(sandbox.calls()['message/send']).toBe(1);
  });
});
