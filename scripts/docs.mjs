/**
 * `npm run docs`: writes the generated parts of the READMEs, from the same descriptions the panels come from.
 * With `--check` it writes nothing and fails when a README is not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT, run } from './run.mjs';

run('node', ['scripts/build/n8n.mjs']);
const { messageTypes } = createRequire(import.meta.url)(path.join(PROJECT, 'dist/core/index.js'));
const check = process.argv.includes('--check');
let stale = 0;

for (const [file, language] of [['README.md', 'en'], ['README.zh-CN.md', 'zh']]) {
  const place = path.join(PROJECT, file);
  const before = await readFile(place, 'utf8');
  const after = fill(before, 'message types', typesTable(language));
  if (after === before) continue;
  if (check) {
    stale += 1;
    console.error(`${file} is not up to date: run "npm run docs"`);
  } else {
    await writeFile(place, after);
    console.log(`${file} written`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;

/** Replaces what stands between `<!-- generated: name -->` and `<!-- end -->`. */
function fill(text, name, content) {
  const marked = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
  if (!marked.test(text)) throw new Error(`no place for "${name}"`);
  return text.replace(marked, (_, open, close) => `${open}${content}\n${close}`);
}

function typesTable(language) {
  const words = {
    en: { head: ['Type', 'What arrives', 'Fields (limits in bytes of UTF-8)', 'n8n', 'Node-RED', 'Seen in WeChat'], required: 'required', yes: '✓', no: '–' },
    zh: { head: ['类型', '成员看到什么', '字段（限制按 UTF-8 字节计）', 'n8n', 'Node-RED', '微信中可见'], required: '必填', yes: '✓', no: '–' },
  }[language];
  const rows = messageTypes.map((type) => [
    `**${type.label[language]}** \`${type.msgtype}\``,
    type.summary[language],
    type.panel.content.map((field) => describe(field, words)).join('<br>'),
    words.yes,
    words.yes,
    type.shownInWechat ? words.yes : words.no,
  ]);
  return [words.head, words.head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function describe(field, words) {
  const limit = field.maxBytes ? ` ≤ ${field.maxBytes.toLocaleString('en-US')}` : field.maxCharacters ? ` ≤ ${field.maxCharacters} 字` : field.control === 'list' ? ` ${field.min}–${field.max}` : '';
  const inner = field.fields ? `: ${field.fields.map((entry) => describe(entry, words)).join(', ')}` : '';
  return `\`${field.name}\`${limit}${field.required ? ` (${words.required})` : ''}${inner}`;
}
