import fc from 'fast-check';

import { createWecom, SendQueues } from '../../core';
import type { SendOptions } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { movableClock } from '../core/fake-wecom';
import { coreSender, quickHttp, toldBy } from './core-sender';
import { FLAWLESS, judge } from './judge';
import type { Sent } from './judge';
import { APP, receivedBy } from './sandbox-side';

/** A company of nearly 2000 people, for group chats as large as they come. */
const EXTRA = 1990;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ extraMembers: EXTRA });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset({ extraMembers: EXTRA }));

function setUp() {
  // What core waits passes in the sandbox, too; when core's wall clock jumps, the sandbox's does not.
  const clock = movableClock(Date.now(), (ms) => void sandbox.moveClock(ms));
  return { clock, ...coreSender(sandbox, { http: quickHttp(5_000), clock, queues: new SendQueues() }) };
}

/** Recipients as the API names them, with everybody who belongs to them. */
interface Recipients {
  readonly name: object;
  readonly members: readonly string[];
}

function membersOf(department: number): string[] {
  const { departments, members } = sandbox.company;
  const within = new Set([department]);
  for (let size = 0; size < within.size;) {
    size = within.size;
    for (const { id, parentid } of departments) if (within.has(parentid)) within.add(id);
  }
  return members
    .filter((member) => member.licensed && member.department.some((id) => within.has(id)))
    .map(({ userid }) => userid);
}

const member = (userid: string): Recipients => ({ name: { touser: userid }, members: [userid] });
const department = (id: number): Recipients => ({ name: { toparty: id }, members: membersOf(id) });
const everybody = (): Recipients => ({ name: { everyone: true }, members: membersOf(1) });

/** Sends one message to each of the recipients, all at once, and tells what came of it. */
async function sendAll(
  recipients: readonly Recipients[],
  {
    wecom,
    options,
    between,
  }: {
    readonly wecom: ReturnType<typeof setUp>['wecom'];
    readonly options?: SendOptions;
    readonly between?: (index: number) => void;
  },
) {
  const sent: Sent[] = recipients.map(({ members }, index) => ({
    id: `m${index}`,
    to: members,
    text: `#m${index} hello`,
  }));
  const told = await Promise.all(
    sent.map(({ id, text }, index) => {
      between?.(index);
      return toldBy(id, wecom.send({ ...recipients[index]!.name, msgtype: 'text', text: { content: text } }, options));
    }),
  );
  const messages = sandbox.messages();
  return {
    verdict: judge(sent, told, receivedBy(messages)),
    failed: told.filter(({ outcome }) => outcome === 'failed'),
    dropped: messages.flatMap(({ dropped_for }) => dropped_for),
    messages,
  };
}

const GOOD = { verdict: FLAWLESS, failed: [], dropped: [] };

/** The most messages that a member got within any so many milliseconds, by the clock of WeCom. */
function mostWithin(messages: ReturnType<Sandbox['messages']>, ms: number): number {
  const times = new Map<string, number[]>();
  for (const { time, delivered_to } of messages)
    for (const userid of delivered_to) times.set(userid, [...(times.get(userid) ?? []), Date.parse(time)]);
  let most = 0;
  for (const list of times.values())
    list.forEach(
      (time, index) => (most = Math.max(most, index + 1 - list.findIndex((earlier) => earlier > time - ms))),
    );
  return most;
}

describe('rates that WeCom enforces by dropping or refusing', () => {
  it('100 messages to one member: the last arrives as well, 30 a minute, in order', async () => {
    const { wecom, clock } = setUp();
    const outcome = await sendAll(
      Array.from({ length: 100 }, () => member('zhangsan')),
      { wecom },
    );
    expect(outcome).toMatchObject(GOOD);
    expect(mostWithin(outcome.messages, 60_000)).toBe(30);
    // Four minutes have to begin for 100 messages; no more than these are waited for.
    expect(clock.slept()).toBeLessThan(3 * 60_000 + 5_000);
  });

  it.each([
    [2, 0],
    [1, 30],
  ])(
    'two processes send 30 messages each to one member, each set to %d: WeCom drops %d',
    async (processes, dropped) => {
      const [{ secret, agentid }] = sandbox.company.apps as [Sandbox['company']['apps'][number]];
      const clock = movableClock(Date.now(), (ms) => void sandbox.moveClock(ms));
      const senders = [0, 1].map(() =>
        createWecom<unknown>({
          app: { corpId: sandbox.company.corpId, agentId: agentid, secret, baseUrl: sandbox.url, processes },
          http: quickHttp(5_000),
          clock,
        }),
      );
      await Promise.all(
        senders.flatMap((wecom) =>
          Array.from({ length: 30 }, (_, index) =>
            wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: `#m${index} hello` } }),
          ),
        ),
      );
      expect(sandbox.messages().flatMap(({ dropped_for }) => dropped_for)).toHaveLength(dropped);
    },
  );

  it('the proof has teeth: with rates off, WeCom answers "ok" to 100 messages and delivers 30', async () => {
    const { wecom } = setUp();
    const { verdict, failed, dropped } = await sendAll(
      Array.from({ length: 100 }, () => member('zhangsan')),
      { wecom, options: { rates: 'off' } },
    );
    expect(failed).toEqual([]);
    expect(dropped).toHaveLength(70);
    expect(verdict.lost).toHaveLength(70);
  });

  it('those who do not want to wait are told which 70 of 100 were not sent', async () => {
    const { wecom } = setUp();
    const { verdict, failed, dropped } = await sendAll(
      Array.from({ length: 100 }, () => member('zhangsan')),
      { wecom, options: { rates: 'fail' } },
    );
    expect({ verdict, dropped }).toEqual({ verdict: FLAWLESS, dropped: [] });
    expect(failed).toHaveLength(70);
  });

  it('1005 messages to one member keep 1000 an hour', async () => {
    const { wecom, clock } = setUp();
    const outcome = await sendAll(
      Array.from({ length: 1005 }, () => member('zhangsan')),
      { wecom },
    );
    expect(outcome).toMatchObject(GOOD);
    expect(mostWithin(outcome.messages, 3_600_000)).toBe(1000);
    expect(clock.slept()).toBeGreaterThan(3_590_000);
  });

  it('members, a department and everyone in turn: what goes to many counts for each of them', async () => {
    const { wecom } = setUp();
    const among = [member('zhangsan'), department(2), member('lisi'), everybody(), member('u00001')];
    const outcome = await sendAll(
      Array.from({ length: 100 }, (_, index) => among[index % among.length]!),
      { wecom },
    );
    expect(outcome).toMatchObject(GOOD);
    expect(mostWithin(outcome.messages, 60_000)).toBeLessThanOrEqual(30);
  });

  it('a clock that jumps a day ahead and two days back changes nothing', async () => {
    const { wecom, clock } = setUp();
    const DAY = 86_400_000;
    const jumps: Record<number, number> = { 20: DAY, 45: -2 * DAY, 70: DAY };
    const first = await sendAll(
      Array.from({ length: 100 }, () => member('zhangsan')),
      { wecom, between: (index) => void (index in jumps && clock.move(jumps[index]!)) },
    );
    expect(first).toMatchObject(GOOD);
    const jumping = setUp();
    let count = 0;
    const options: SendOptions = { onWait: () => void jumping.clock.move((count += 1) % 2 === 0 ? 2 * DAY : -DAY) };
    sandbox.reset({ extraMembers: EXTRA });
    expect(
      await sendAll(
        Array.from({ length: 100 }, () => member('zhangsan')),
        { wecom: jumping.wecom, options },
      ),
    ).toMatchObject(GOOD);
    expect(count).toBeGreaterThan(2);
  });

  it('65 messages of a robot: none is refused', async () => {
    const { robot } = setUp();
    const sent = Array.from({ length: 65 }, (_, index): Sent => ({
      id: `m${index}`,
      to: sandbox.company.robots[0]!.members,
      text: `#m${index} hello`,
    }));
    const told = await Promise.all(
      sent.map(({ id, text }) => toldBy(id, robot.send({ msgtype: 'text', text: { content: text } }))),
    );
    expect(judge(sent, told, receivedBy(sandbox.messages()))).toEqual(FLAWLESS);
    expect(told.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(sandbox.calls()['webhook/send']).toBe(65);
  });

  it('group chats with many members keep 20 000 person-times a minute', async () => {
    const { wecom } = setUp();
    const userlist = (size: number) => [
      'zhangsan',
      ...Array.from({ length: size - 1 }, (_, index) => `u${String(index + 1).padStart(5, '0')}`),
    ];
    const create = async (size: number) => {
      const { access_token: token } = (await (
        await fetch(
          `${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.company.corpId}&corpsecret=${sandbox.company.apps[APP]!.secret}`,
        )
      ).json()) as Record<string, string>;
      return (
        (await (
          await fetch(`${sandbox.url}/cgi-bin/appchat/create?access_token=${token}`, {
            method: 'POST',
            body: JSON.stringify({ userlist: userlist(size) }),
          })
        ).json()) as { chatid: string }
      ).chatid;
    };
    const chats = [await create(1500), await create(700), await create(3)];
    const sent = Array.from({ length: 90 }, (_, index): Sent => ({
      id: `m${index}`,
      to: userlist([1500, 700, 3][index % 3]!),
      text: `#m${index} hello`,
    }));
    const told = await Promise.all(
      sent.map(({ id, text }, index) =>
        toldBy(id, wecom.send({ chatid: chats[index % 3], msgtype: 'text', text: { content: text } })),
      ),
    );
    // Different chats go side by side, so a member of several sees them mixed.
    expect(judge(sent, told, receivedBy(sandbox.messages()))).toEqual({
      ...FLAWLESS,
      outOfOrder: expect.anything() as string[],
    });
    for (const index of [0, 1, 2]) {
      const ofChat = sent.filter((_, position) => position % 3 === index);
      expect(
        sandbox
          .messages({ chatid: chats[index]! })
          .map(({ received }) => (received['text'] as { content: string }).content),
      ).toEqual(ofChat.map(({ text }) => text));
    }
    expect(told.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(sandbox.calls()['appchat/send']).toBe(90);
  });
});

describe('any messages to anybody, under any trouble that surely sent nothing', () => {
  const target = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('zhangsan', 'lisi', 'u00001').map((userid) => () => member(userid)) },
    { weight: 2, arbitrary: fc.constantFrom(2, 3, 4).map((id) => () => department(id)) },
    { weight: 1, arbitrary: fc.constant(everybody) },
  );
  const trouble = fc.record({
    endpoint: fc.constantFrom('message/send', 'message/send', 'gettoken'),
    errcode: fc.constantFrom(-1, 6000, 45033, 45009, 40014),
    after: fc.integer({ min: 8, max: 40 }),
  });

  it('every member gets all of theirs, in order, once, and never more than 30 in any minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(target, { minLength: 1, maxLength: 150, size: 'max' }),
        fc.array(trouble, { maxLength: 5 }),
        async (targets, troubles) => {
          sandbox.reset({ extraMembers: 20 });
          const { wecom } = setUp();
          for (const { endpoint, errcode, after } of troubles) {
            // The one call of gettoken refuses nobody's token but asks for patience.
            if (endpoint !== 'gettoken') sandbox.fault({ endpoint, kind: 'delay', delay_ms: 0, times: after });
            sandbox.fault({ endpoint, kind: 'errcode', errcode: endpoint === 'gettoken' ? -1 : errcode });
            if (endpoint === 'gettoken') sandbox.fault({ endpoint, kind: 'delay', delay_ms: 0 });
          }
          const { messages, ...outcome } = await sendAll(
            targets.map((choose) => choose()),
            { wecom },
          );
          expect(outcome).toEqual(GOOD);
          expect(mostWithin(messages, 60_000)).toBeLessThanOrEqual(30);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});
