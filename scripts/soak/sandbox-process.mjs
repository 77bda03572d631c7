/** The sandbox in a process of its own, so that only ours is measured, and everything that it takes, as it comes. */
import { spawn } from 'node:child_process';

import { Agent, request } from 'undici';

import { freePort } from '../n8n/free-port.mjs';
import { PROJECT } from '../run.mjs';

/** @param {{ members: number, onMessage: (message: object) => void, onRepeat: () => void }} options */
export async function startSandboxProcess({ members, onMessage, onRepeat }) {
  const port = await freePort();
  const child = spawn(process.execPath, ['.build/sandbox/cli.js', '--port', String(port)], {
    cwd: PROJECT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const dispatcher = new Agent({ connections: 8 });
  const control = async (path, body) => {
    const answer = await request(`${url}/sandbox/${path}`, {
      dispatcher,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return answer.body.json();
  };
  for (const deadline = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await control('reset', { extra_members: members }).catch(() => undefined)) break;
    if (Date.now() > deadline) throw new Error('the sandbox did not start');
  }
  const events = await listen(`${url}/sandbox/events`, dispatcher, (event, data) => {
    if (event === 'message') onMessage(data);
    if (event === 'changed') onRepeat();
  });
  return {
    url,
    company: await control('company'),
    fault: (order) => control('faults', order),
    calls: () => control('calls'),
    revoke: () => control('revoke', {}),
    stop: async () => {
      events.stop();
      await dispatcher.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

/** Server-sent events: the sandbox keeps only the newest 20 000 messages. */
async function listen(url, dispatcher, onEvent) {
  const controller = new AbortController();
  const { body } = await request(url, { dispatcher, signal: controller.signal, headersTimeout: 0, bodyTimeout: 0 });
  let stopped = false;
  body.setEncoding('utf8');
  let rest = '';
  const done = (async () => {
    for await (const chunk of body) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (event && data) onEvent(event, JSON.parse(data));
      }
    }
  })().catch((error) => {
    // A gap in what arrived would look like lost messages.
    if (!stopped) throw error;
  });
  return {
    stop: () => {
      stopped = true;
      controller.abort();
      return done;
    },
  };
}
