/** Time to check a message and build its request, for each type at each destination. */
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const MESSAGES = 3_000;
const ROUNDS = 7;
const MAX_MICROSECONDS = 50;

export async function buildingMessages() {
  const { createRobot, createWecom, isActive, messageOf, typesAt } = createRequire(import.meta.url)(
    path.join(PROJECT, 'dist/core/index.js'),
  );
  // Answers at once, so that what remains is our own work: check, build, serialise, read the answer, merge.
  const answers = {
    gettoken: '{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}',
    send: '{"errcode":0,"errmsg":"ok","msgid":"m"}',
  };
  const http = async ({ url }) => ({ status: 200, body: url.includes('gettoken') ? answers.gettoken : answers.send });
  const clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: () => Promise.reject(new Error('nothing has to wait here')),
  };
  const wecom = createWecom({ app: { corpId: 'ww', agentId: 1, secret: 's' }, http, clock });
  const robot = createRobot({ webhook: 'key', http, clock });
  const places = [
    ['app', wecom, { touser: 'zhangsan' }],
    ['chat', wecom, { chatid: 'CHAT' }],
    ['robot', robot, {}],
  ];
  const rows = [];
  for (const [destination, sender, address] of places) {
    for (const { type, form } of typesAt(destination)) {
      const message = { ...address, ...messageOf(type, sample(form.panel.content, isActive)) };
      const rounds = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const start = performance.now();
        for (let index = 0; index < MESSAGES; index += 1) await sender.send(message, { rates: 'off' });
        if (round > 0) rounds.push(((performance.now() - start) * 1000) / MESSAGES);
      }
      const value = median(rounds);
      rows.push({
        what: `check + build + read answer, ${destination}: ${type.name}`,
        value,
        unit: 'µs',
        goal: `< ${MAX_MICROSECONDS} µs`,
        met: value < MAX_MICROSECONDS,
      });
    }
  }
  return rows;
}

/** A usual message: every field filled in, lists with two entries. */
function sample(fields, isActive, index = 0) {
  const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, isActive, index)]));
  return Object.fromEntries(
    fields.filter((field) => isActive(field, fields, values)).map(({ name }) => [name, values[name]]),
  );
}

function valueOf(
  { name, control, fields, media, inline, choices, min, max, maxBytes, maxCharacters },
  isActive,
  index,
) {
  if (inline) return { filename: 'a.png', data: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]) };
  if (media) return 'MEDIA_ID';
  if (control === 'group') return sample(fields, isActive);
  if (control === 'list')
    return Array.from({ length: Math.min(Math.max(2, min), max) }, (_, entry) => sample(fields, isActive, entry));
  if (control === 'ids') return ['zhangsan'];
  if (control === 'switch') return false;
  if (control === 'number') return (min + max) / 2;
  if (control === 'url') return 'https://example.com/page?id=42';
  if (choices) return choices[0].value;
  // Keys and ids have to differ within a list.
  if (maxBytes <= 1024 && /key|^id$|_id$/.test(name)) return `${name}-${index}`;
  return maxCharacters === undefined ? '构建失败 Build 42 failed on main' : '会议提醒';
}
