import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { from, nodeRedWithSandbox } from '../node-red/flow-runner';
import type { FlowMessage } from '../node-red/flow-runner';
import { FLAWLESS, judge } from './judge';
import type { Sent, Told } from './judge';
import { receivedBy } from './sandbox-side';

const MESSAGES = 200;
const MEMBERS = 25;
/** Milliseconds. Ten times as long costs the tests half a minute; core's test of it waits on another clock. */
const AWAY_MS = 3_000;

const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
const relays: ChildProcess[] = [];
afterAll(() => relays.forEach((relay) => relay.kill('SIGKILL')));

async function startRelay(port: number, to: string): Promise<ChildProcess> {
  const relay = spawn(process.execPath, [path.join(__dirname, 'relay.mjs'), String(port), new URL(to).port], { stdio: ['ignore', 'pipe', 'inherit'] });
  relays.push(relay);
  await once(relay.stdout, 'data');
  return relay;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a relay that is killed in the middle of 200 messages, and back after some seconds: Node-RED loses nothing and sends nothing twice', async () => {
  const port = await freePort();
  const relay = await startRelay(port, red.sandbox.url);
  const flow = await red.start({ app: { baseUrl: `http://127.0.0.1:${port}` }, send: { fields: { touser: from('msg', 'who') } } });
  await flow.run({ payload: 'warm', who: 'zhangsan' });
  // Slow enough for the kill to hit calls that are on their way.
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 20, times: 1_000 });
  const sent = Array.from({ length: MESSAGES }, (_, index): Sent => ({ id: `m${index}`, to: [`u${String((index % MEMBERS) + 1).padStart(5, '0')}`], text: `#m${index} hello` }));
  for (const { id, to, text } of sent) flow.node.receive({ id, who: to[0], payload: text });
  while (red.sandbox.messages().length < 60) await sleep(5);
  const gone = once(relay, 'exit');
  relay.kill('SIGKILL');
  await gone;
  const before = red.sandbox.messages().length;
  await sleep(AWAY_MS);
  await startRelay(port, red.sandbox.url);
  await flow.settled(MESSAGES + 1, 30_000);

  const id = (msg: FlowMessage) => msg['id'] as string;
  const told: Told[] = [
    ...flow.sent.slice(1).map((msg): Told => ({ id: id(msg), outcome: 'sent', parts: (msg.payload as { parts: number }).parts })),
    ...flow.caught.map((msg): Told => ({ id: id(msg), outcome: 'failed', claim: msg.error!.cause['delivery'] as 'unknown', arrived: 0, error: msg.error!.message })),
  ];
  expect(before).toBeLessThan(MESSAGES);
  expect(judge(sent, told, receivedBy(red.sandbox.messages().slice(1)))).toEqual(FLAWLESS);
  // What was on its way when it happened; 8 go side by side.
  expect(flow.caught.length).toBeGreaterThan(0);
  expect(flow.caught.length).toBeLessThanOrEqual(8);
  expect(flow.caught.every(({ error }) => error?.cause['delivery'] === 'unknown')).toBe(true);
}, 60_000);
