/** Time to check a message and build its request, for each type. */
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const MESSAGES = 5_000;
const ROUNDS = 9;
const MAX_MICROSECONDS = 50;

export async function buildingMessages() {
  const { createWecom, messageTypes } = createRequire(import.meta.url)(path.join(PROJECT, 'dist/core/index.js'));
  // Answers at once, so that what remains is our own work: check, build, serialise, read the answer, merge.
  const answers = { gettoken: '{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}', send: '{"errcode":0,"errmsg":"ok","msgid":"m"}' };
  const http = async ({ url }) => ({ status: 200, body: url.includes('gettoken') ? answers.gettoken : answers.send });
  const wecom = createWecom({ app: { corpId: 'ww', agentId: 1, secret: 's' }, http });
  const rows = [];
  for (const { msgtype, panel } of messageTypes) {
    const message = { touser: 'zhangsan', msgtype, [msgtype]: sample(panel.content) };
    const rounds = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const start = performance.now();
      for (let index = 0; index < MESSAGES; index += 1) await wecom.send(message);
      if (round > 0) rounds.push(((performance.now() - start) * 1000) / MESSAGES);
    }
    const value = median(rounds);
    rows.push({ what: `check + build + read answer, ${msgtype}`, value, unit: 'µs', goal: `< ${MAX_MICROSECONDS} µs`, met: value < MAX_MICROSECONDS });
  }
  return rows;
}

/** A usual message: every field filled in, lists with two entries. */
function sample(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
}

function valueOf({ control, fields, media, min, maxCharacters }) {
  if (media) return 'MEDIA_ID';
  if (control === 'list') return Array.from({ length: Math.max(2, min) }, () => sample(fields));
  if (control === 'url') return 'https://example.com/page?id=42';
  return maxCharacters === undefined ? '构建失败 Build 42 failed on branch main, see the log.' : '详情';
}
