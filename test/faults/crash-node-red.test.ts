import { appNode, PLACE, SECRET, sendNode } from '../node-red/flow-runner';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { startNodeRedProcess } from './node-red-process';
import type { NodeRedProcess } from './node-red-process';

let sandbox: Sandbox;
let nodeRed: NodeRedProcess | undefined;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterEach(() => nodeRed?.clear());
afterAll(() => sandbox.close());

test('JSON that is nested 5000 deep comes in over HTTP: Catch hears of it, the caller gets an answer, and Node-RED goes on', async () => {
  nodeRed = await startNodeRedProcess(
    [
      { id: 'flow', type: 'tab', label: 'test' },
      appNode(sandbox),
      {
        id: 'in',
        type: 'http in',
        z: 'flow',
        ...PLACE,
        url: '/hook',
        method: 'post',
        upload: false,
        wires: [['send']],
      },
      { ...sendNode(), wires: [['answer']] },
      { id: 'on-error', type: 'catch', z: 'flow', ...PLACE, scope: ['send'], wires: [['say']] },
      {
        id: 'say',
        type: 'change',
        z: 'flow',
        ...PLACE,
        rules: [
          { t: 'set', p: 'payload', pt: 'msg', to: 'error.code', tot: 'msg' },
          { t: 'set', p: 'statusCode', pt: 'msg', to: '500', tot: 'num' },
        ],
        wires: [['answer']],
      },
      { id: 'answer', type: 'http response', z: 'flow', ...PLACE, wires: [] },
    ],
    { app: { secret: SECRET } },
  );
  const post = async (body: string) => {
    const response = await fetch(`${nodeRed?.url}/hook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    return [response.status, await response.text()];
  };

  expect(await post(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toEqual([500, 'INVALID_INPUT']);
  expect(await post(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)).toEqual([500, 'INVALID_INPUT']);
  expect(nodeRed.isRunning()).toBe(true);
  expect((await post('"after that"'))[0]).toBe(400);
  const [status] = await post('{"text":"still here"}');
  expect(status).toBe(500);
  expect(nodeRed.log()).not.toMatch(/Uncaught|unhandled|RangeError/i);
}, 90_000);
