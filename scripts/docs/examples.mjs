/**
 * The examples of the Node-RED package in Chinese, made from the English ones: what a flow does stands once. Whoever
 * changes an example changes the English one, and gives each new text its Chinese in example-texts.mjs.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT } from '../run.mjs';
import { CODE, NAMES, SAME, TEXTS } from './example-texts.mjs';

const EXAMPLES = path.join('node-red', 'examples');
/** A folder of its own in the import menu. */
export const CHINESE_EXAMPLES = path.join(EXAMPLES, '中文');
/** Whoever configured one example has configured all: these have the same IDs everywhere. */
const SHARED = new Set(['wecom-app', 'wecom-robot']);
/** Properties of nodes that are texts; of fields of a panel and of `props`, values of these types are. */
const TEXT_PROPERTIES = new Set(['name', 'label', 'info', 'payload']);
const TEXT_TYPES = new Set(['str', 'jsonata']);

/**
 * @returns {{ file: string, content: string }[]} what belongs into `CHINESE_EXAMPLES`
 * @throws Error that names each text without Chinese
 */
export function chineseExamples() {
  const missing = new Set();
  const files = readdirSync(path.join(PROJECT, EXAMPLES)).filter((name) => name.endsWith('.json'));
  const examples = files.sort().map((file) => {
    const [, number, name] = /^(\d+) (.+)\.json$/.exec(file);
    if (!Object.hasOwn(NAMES, name)) missing.add(name);
    const flow = JSON.parse(readFileSync(path.join(PROJECT, EXAMPLES, file), 'utf8'));
    const ids = new Map(flow.filter(({ type }) => !SHARED.has(type)).map(({ id }) => [id, otherId(id)]));
    const content = inChinese(flow, { ids, missing });
    return { file: path.join(CHINESE_EXAMPLES, `${number} ${NAMES[name]}.json`), content: layOut(content) };
  });
  if (missing.size > 0)
    throw new Error(
      `no Chinese in scripts/docs/example-texts.mjs for:\n${[...missing].map(JSON.stringify).join('\n')}`,
    );
  return examples;
}

/** A node a line: the package is small, and a change is seen where it is. */
function layOut(flow) {
  return `[\n${flow.map((node) => JSON.stringify(node)).join(',\n')}\n]\n`;
}

/** Both languages of an example can be in one flow. */
function otherId(id) {
  return createHash('sha256').update(`zh ${id}`).digest('hex').slice(0, 16);
}

function inChinese(value, { ids, missing }, key = '', around = {}) {
  const further = { ids, missing };
  if (Array.isArray(value)) return value.map((entry) => inChinese(entry, further, key, around));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, inChinese(inner, further, name, value)]),
    );
  if (typeof value !== 'string') return value;
  if (ids.has(value)) return ids.get(value);
  if (key === 'type') return value.replace(/^subflow:(.+)$/, (_, id) => `subflow:${ids.get(id)}`);
  if (key === 'func') return CODE.reduce((code, [en, zh]) => code.replaceAll(en, zh), value);
  const isText =
    TEXT_PROPERTIES.has(key) ||
    (key === 'value' && TEXT_TYPES.has(around.type)) ||
    (key === 'v' && around.vt === 'str');
  if (!isText || value === '' || (around.payloadType === 'date' && key === 'payload')) return value;
  if (Object.hasOwn(TEXTS, value)) return TEXTS[value];
  if (!SAME.test(value)) missing.add(value);
  return value;
}
