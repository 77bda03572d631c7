import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Sandbox } from '../../sandbox';
import type { Sent } from './judge';

const MESSAGES = 200;
/** Milliseconds. Ten times as long costs the tests half a minute; core's test of it waits on another clock. */
const AWAY_MS = 3_000;

/** The members that the messages go to by turns. */
export const MEMBERS = 25;
/** What is sent while the relay gets killed. */
export const batch = Array.from({ length: MESSAGES }, (_, index): Sent => ({
  id: `m${index}`,
  to: [`u${String((index % MEMBERS) + 1).padStart(5, '0')}`],
  text: `#m${index} hello`,
}));

/** A relay before WeCom, in a process of its own that can be killed. */
export interface Relay {
  readonly url: string;
  /**
   * Kills it once so many messages have arrived, and brings it back some seconds later. Resolves with how many had
   * arrived.
   */
  killAfter(messages: number): Promise<number>;
  end(): void;
}

export async function startRelay(sandbox: Sandbox): Promise<Relay> {
  const port = await freePort();
  let relay = await spawnRelay(port, sandbox.url);
  return {
    url: `http://127.0.0.1:${port}`,
    async killAfter(messages) {
      while (sandbox.messages().length < messages) await sleep(5);
      const gone = once(relay, 'exit');
      relay.kill('SIGKILL');
      await gone;
      const arrived = sandbox.messages().length;
      await sleep(AWAY_MS);
      relay = await spawnRelay(port, sandbox.url);
      return arrived;
    },
    end: () => void relay.kill('SIGKILL'),
  };
}

async function spawnRelay(port: number, to: string): Promise<ChildProcess> {
  const relay = spawn(process.execPath, [path.join(__dirname, 'relay-process.mjs'), String(port), new URL(to).port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
