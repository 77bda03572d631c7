/**
 * `npm run docs`: writes all that is generated and kept in the repository: the table of error codes in core, from
 * scripts/error-codes/error-codes.json, the types of messages, the catalogue and parts of the READMEs, from the same
 * descriptions the panels come from, and the page of the library, from the docstrings. With `--check` it writes nothing
 * and fails when one is not up to date. It fails as well when something that the packages export has no docstring.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { api, API_FILE } from './docs/api.mjs';
import { CATALOGUE_FILE, catalogue } from './docs/catalogue.mjs';
import { CHINESE_EXAMPLES, chineseExamples } from './docs/examples.mjs';
import { messageShapes } from './docs/message-shapes.mjs';
import { ERROR_CODES_FILE, errorCodeFacts, errorCodesSource, problemsOf } from './error-codes/generate.mjs';
import { PROJECT, run } from './run.mjs';

const check = process.argv.includes('--check');
let stale = 0;

const facts = errorCodeFacts();
const problems = problemsOf(facts);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
// First, because core is compiled with it.
await keep(ERROR_CODES_FILE, () => errorCodesSource(facts));

run('node', ['scripts/build/n8n.mjs']);
const { allOperations, messageTypes, typesAt } = createRequire(import.meta.url)(
  path.join(PROJECT, 'dist/core/index.js'),
);

await keep('core/messages/message-shapes.generated.ts', () => messageShapes(messageTypes));
await keep(CATALOGUE_FILE, () => catalogue({ messageTypes, allOperations }));

const examples = chineseExamples();
for (const { file, content } of examples) await keep(file, () => content);
await only(
  CHINESE_EXAMPLES,
  examples.map(({ file }) => path.basename(file)),
);

for (const [file, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  await keep(file, (before) =>
    fill(fill(before, 'message types', typesTable(language)), 'operations', operationsTable(language)),
  );
}

const { page, undocumented } = await api();
await keep(API_FILE, () => page);
for (const name of undocumented)
  console.error(`${name} is exported and has no docstring: say what it is, with its unit`);
process.exitCode = stale > 0 || undocumented.length > 0 ? 1 : 0;

/** Writes a file anew, or with `--check` says that it would differ. */
async function keep(file, contentFrom) {
  const place = path.join(PROJECT, file);
  const before = await readFile(place, 'utf8').catch(() => '');
  const after = contentFrom(before);
  if (after === before) return;
  if (check) {
    stale += 1;
    console.error(`${file} is not up to date: run "npm run docs"`);
  } else {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, after);
    console.log(`${file} written`);
  }
}

/** Removes files that are not made any more, or with `--check` says so. */
async function only(folder, names) {
  for (const name of await readdir(path.join(PROJECT, folder))) {
    if (names.includes(name)) continue;
    if (check) {
      stale += 1;
      console.error(`${path.join(folder, name)} is made from nothing: run "npm run docs"`);
    } else await rm(path.join(PROJECT, folder, name));
  }
}

/** Replaces what stands between `<!-- generated: name -->` and `<!-- end -->`. */
function fill(text, name, content) {
  const marked = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
  if (!marked.test(text)) throw new Error(`no place for "${name}"`);
  return text.replace(marked, (_, open, close) => `${open}${content}\n${close}`);
}

/** Every type with a tick for each host and destination, and its fields where it has most of them. */
function typesTable(language) {
  const words = {
    en: {
      head: [
        'Type',
        'What arrives',
        'Fields (limits in bytes of UTF-8)',
        'n8n',
        'Node-RED',
        'Members, departments, tags',
        'Group chat',
        'Group robot',
        'Seen in WeChat',
      ],
      required: 'required',
      characters: 'characters',
    },
    zh: {
      head: [
        '类型',
        '成员看到什么',
        '字段（限制按 UTF-8 字节计）',
        'n8n',
        'Node-RED',
        '成员、部门、标签',
        '群聊',
        '群机器人',
        '微信中可见',
      ],
      required: '必填',
      characters: '字',
    },
  }[language];
  const rows = messageTypes.map((type) => [
    `**${type.label[language]}** \`${type.cardType ? `template_card: ${type.cardType}` : type.msgtype}\``,
    type.summary[language],
    Object.values(type.forms)[0]
      .panel.content.map((field) => describe(field, words))
      .join('<br>'),
    // One description draws both panels; the tests of both hosts send every one of them.
    '✓',
    '✓',
    ...['app', 'chat', 'robot'].map((destination) => tick(typesAt(destination).some((entry) => entry.type === type))),
    tick(type.shownInWechat),
  ]);
  return tableOf(words.head, rows);
}

function operationsTable(language) {
  const words = {
    en: { head: ['Operation', 'What happens', 'Fields'], required: 'required', characters: 'characters' },
    zh: { head: ['操作', '作用', '字段'], required: '必填', characters: '字' },
  }[language];
  const rows = allOperations.map(({ label, summary, fields }) => [
    `**${label[language]}**`,
    summary[language],
    fields.map((field) => describe(field, words)).join('<br>'),
  ]);
  return tableOf(words.head, rows);
}

function tableOf(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function tick(yes) {
  return yes ? '✓' : '–';
}

/** A field with its limit; of groups and lists the names of what is inside. */
function describe({ name, control, min, max, maxBytes, maxCharacters, required, fields }, words) {
  const limit = maxBytes
    ? ` ≤ ${maxBytes.toLocaleString('en-US')}`
    : maxCharacters
      ? ` ≤ ${maxCharacters} ${words.characters}`
      : control === 'list'
        ? ` ${min}–${max}`
        : '';
  const inner = fields ? `: ${fields.map((field) => field.name).join(', ')}` : '';
  return `\`${name}\`${limit}${required ? ` (${words.required})` : ''}${inner}`;
}
