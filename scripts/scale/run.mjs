/** What `npm run scale` runs once everything is packed; see scale.mjs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { startArrivals } from './arrivals.mjs';
import { n8nCases } from './n8n-cases.mjs';
import { nodeRedCases } from './node-red-cases.mjs';
import { installServices, startRedis } from './services.mjs';

const CASES = { 'node-red': nodeRedCases, n8n: n8nCases };
const MEMBERS = 400;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const say = (line) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
const folder = await mkdtemp(path.join(tmpdir(), 'wecom-flow-scale-'));
const tidyUp = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];

// Whoever we started ends with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

let played = 0;
let broken = 0;
try {
  installServices(say);
  const redis = await startRedis(folder);
  tidyUp.push(() => redis.stop());
  const arrivals = await startArrivals({ members: MEMBERS });
  tidyUp.push(() => arrivals.sandbox.stop());
  for (const [name, cases] of Object.entries(CASES)) {
    if (values.only !== undefined && values.only !== name) continue;
    for await (const row of cases({ arrivals, redis, folder, say })) tell(row);
  }
} finally {
  for (const tidy of tidyUp.reverse()) await tidy();
}
console.log(`${played - broken} passed, ${broken} failed`);
process.exit(played > 0 && broken === 0 ? 0 : 1);

function tell({ name, seen, wrong }) {
  played += 1;
  if (wrong.length > 0) broken += 1;
  console.log(`${wrong.length === 0 ? '✓' : '✗'} ${name}`);
  console.log(
    `    ${Object.entries(seen)
      .map(([what, value]) => `${what} ${value}`)
      .join(', ')}`,
  );
  for (const sentence of wrong) console.log(`    ✗ ${sentence}`);
}
