import { from, nodeRedWithSandbox } from '../node-red/flow-runner';
import type { FlowMessage } from '../node-red/flow-runner';
import { FLAWLESS, judge } from './judge';
import type { Told } from './judge';
import { batch, MEMBERS, startRelay } from './relay';
import type { Relay } from './relay';
import { receivedBy } from './sandbox-side';

const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
let relay: Relay | undefined;
afterEach(() => relay?.end());

test('a relay that is killed in the middle of 200 messages, and back after some seconds: Node-RED loses nothing and sends nothing twice', async () => {
  relay = await startRelay(red.sandbox);
  const flow = await red.start({ app: { baseUrl: relay.url }, send: { fields: { touser: from('msg', 'who') } } });
  await flow.run({ payload: 'warm', who: 'zhangsan' });
  // Slow enough for the kill to hit calls that are on their way.
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 20, times: 1_000 });
  for (const { id, to, text } of batch) flow.node.receive({ id, who: to[0], payload: text });
  const arrivedBefore = await relay.killAfter(60);
  await flow.settled(batch.length + 1, 30_000);

  const id = (msg: FlowMessage) => msg['id'] as string;
  const told: Told[] = [
    ...flow.sent
      .slice(1)
      .map((msg): Told => ({ id: id(msg), outcome: 'sent', parts: (msg.payload as { parts: number }).parts })),
    ...flow.caught.map((msg): Told => ({
      id: id(msg),
      outcome: 'failed',
      claim: msg.error!.cause['delivery'] as 'unknown',
      arrived: 0,
      error: msg.error!.message,
    })),
  ];
  expect(arrivedBefore).toBeLessThan(batch.length);
  expect(judge(batch, told, receivedBy(red.sandbox.messages().slice(1)))).toEqual(FLAWLESS);
  // What was on its way when it happened; at most 64 go side by side.
  expect(flow.caught.length).toBeGreaterThan(0);
  expect(flow.caught.length).toBeLessThanOrEqual(64);
  expect(flow.caught.every(({ error }) => error?.cause['delivery'] === 'unknown')).toBe(true);
}, 60_000);
