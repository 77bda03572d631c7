import type { IDataObject } from 'n8n-workflow';

import { send, SEND } from '../n8n/engine';
import { credentialOf, useSandbox } from '../n8n/sandbox';
import { FLAWLESS, judge } from './judge';
import type { Told } from './judge';
import { batch, MEMBERS, startRelay } from './relay';
import type { Relay } from './relay';
import { receivedBy } from './sandbox-side';

const world = useSandbox({ extraMembers: MEMBERS });
let relay: Relay | undefined;
afterEach(() => relay?.end());

test('a relay that is killed in the middle of 200 items, and back after some seconds: n8n loses nothing and sends nothing twice', async () => {
  relay = await startRelay(world.sandbox);
  // Slow enough for the kill to hit calls that are on their way.
  world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 20, times: 1_000 });
  const killed = relay.killAfter(60);
  const execution = await send({
    credential: { ...credentialOf(world.sandbox), baseUrl: relay.url },
    items: batch.map(({ to, text }) => ({ who: to[0], text })),
    parameters: { recipientsFrom: 'ids', touser: '={{ $json.who }}', msgtype: 'text', content: '={{ $json.text }}' },
    settings: { onError: 'continueRegularOutput' },
  });

  const items = execution
    .items(SEND)
    .map(({ json, pairedItem }) => ({ json, id: batch[(pairedItem as { item: number }).item]!.id }));
  const failed = items.filter(({ json }) => json['error']);
  const claim = (json: IDataObject) => (json['details'] as { delivery: 'unknown' | 'not-sent' }).delivery;
  const told = items.map(({ id, json }): Told =>
    json['error']
      ? { id, outcome: 'failed', claim: claim(json), arrived: 0, error: json['error'] as string }
      : { id, outcome: 'sent', parts: json['parts'] as number },
  );
  expect(await killed).toBeLessThan(batch.length);
  expect(judge(batch, told, receivedBy(world.sandbox.messages()))).toEqual(FLAWLESS);
  // The output keeps the order of the input.
  expect(items.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
  // What was on its way when it happened; at most 64 go side by side.
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThanOrEqual(64);
  expect(failed.every(({ json }) => claim(json) === 'unknown')).toBe(true);
}, 60_000);
