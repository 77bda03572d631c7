/**
 * `npm run scorecard`: Node-RED's own scorecard (node-red-dev validate) on the packed package. The tool ends with 0
 * whatever it finds; here the exit code is 1 unless all twelve rules pass.
 *
 *     node scripts/scorecard.mjs [--tarball <file>]
 */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { artifact, inTemporaryFolder, unpack } from './artifact.mjs';
import { fetchAnswers } from './node-red-scorecard/answers.mjs';
import { judge } from './node-red-scorecard/rules.mjs';
import { runNpm } from './run-npm.mjs';
import { ensurePinned } from './tool-cache.mjs';
import { NODE_RED_SCORECARD } from './tool-pins.mjs';

const { values } = parseArgs({ options: { tarball: { type: 'string' } } });
const tarball = path.resolve(values.tarball ?? (await artifact('node-red')));
const tools = await ensurePinned(NODE_RED_SCORECARD);
const answers = await fetchAnswers();

const rows = await inTemporaryFolder(async (scratch) => {
  const folder = path.join(scratch, 'package');
  await unpack(tarball, folder);
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (Object.keys(manifest.dependencies ?? {}).length > 0) {
    await runNpm(['install', '--omit=dev', '--ignore-scripts', '--engine-strict', '--no-package-lock'], {
      cwd: folder,
    });
  }
  const { scorecard, output } = await validate(folder, scratch);
  const rows = judge(scorecard, { manifest, output });
  if (rows.some(({ passed }) => !passed)) console.log(output.trim(), '\n');
  return rows;
});

console.log(`Node-RED scorecard (node-red-dev 0.1.6) of ${path.basename(tarball)}`);
for (const { rule, title, passed, details } of rows) {
  console.log(`${passed ? 'pass' : 'FAIL'}  ${rule}  ${title.padEnd(52)} ${details}`.trimEnd());
}
for (const note of answers.notes) console.log(`note: ${note}`);
const passed = rows.filter((row) => row.passed).length;
console.log(`${passed} of ${rows.length}`);
process.exit(passed === rows.length ? 0 : 1);

async function validate(folder, scratch) {
  const answersFile = path.join(scratch, 'answers.json');
  const scorecardFile = path.join(scratch, 'scorecard.json');
  await writeFile(answersFile, JSON.stringify(answers));
  const tool = createRequire(path.join(tools, 'package.json')).resolve('node-red-dev');
  const binary = path.join(tools, 'node_modules', 'node-red-dev', 'bin', 'run');
  const preload = path.join(import.meta.dirname, 'node-red-scorecard', 'preload.cjs');

  const child = spawn(
    process.execPath,
    ['--require', preload, binary, 'validate', '--path', folder, '--output', scorecardFile],
    {
      cwd: folder,
      env: { ...process.env, SCORECARD_ANSWERS: answersFile, SCORECARD_TOOL: tool },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const scorecard = await readFile(scorecardFile, 'utf8')
    .then(JSON.parse)
    .catch(() => ({}));
  return { scorecard, output };
}
