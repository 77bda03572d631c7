/**
 * n8n's rules for labels, descriptions and defaults read literals in the source. Our panels are made from the message
 * schemas, so on our sources most of those rules find nothing to read. Here they get it: the packed node is loaded, and
 * what n8n would show is written out as the literal that somebody might have typed, and linted.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

/** Rules about what is on the panel; the others judge code, which the sources leg has seen. */
const ABOUT_THE_PANEL =
  /\/(node-param-|node-class-description-|cred-class-field-(display-name|placeholder|documentation)|no-emoji-in-options$|credential-(un)?)/;

/**
 * It would sort the fields of a form by the alphabet: the content before the title, a file before the choice where it
 * is.
 */
const SENSELESS = /\/node-param-fixed-collection-type-unsorted-items$/;

const PRINT_DECLARATIONS = `
const { n8n } = require('./package.json');
const load = (file) => Object.entries(require('./' + file)).map(([className, Type]) => ({ file, className, instance: new Type() }));
const plain = (value) => JSON.parse(JSON.stringify(value));
process.stdout.write(JSON.stringify({
  nodes: n8n.nodes.flatMap(load).map(({ className, instance }) => ({ className, description: plain(instance.description) })),
  credentials: n8n.credentials.flatMap(load).map(({ className, instance }) => ({ className, fields: plain(instance) })),
}));`;

/**
 * @param {string} unpacked  the unpacked tarball
 * @param {string} scratch   an empty folder
 * @param {(folder: string) => Promise<{ file: string, line: number, rule: string, message: string, error: boolean }[]>}
 *   lint
 * @returns findings on the panels, each with the offending line as n8n gets it
 */
export async function lintRenderedPanels(unpacked, scratch, lint) {
  const { nodes, credentials } = JSON.parse(await declarationsOf(unpacked));
  const sources = {};
  for (const { className, description } of nodes) {
    sources[`nodes/${className}/${className}.node.ts`] =
      `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';\nexport class ${className} implements INodeType {\ndescription: INodeTypeDescription = ${literal(description)};\n}\n`;
  }
  for (const { className, fields } of credentials) {
    const members = Object.entries(fields).map(
      ([key, value]) => `${key}${key === 'properties' ? ': INodeProperties[]' : ''} = ${literal(value)};`,
    );
    sources[`credentials/${className}.credentials.ts`] =
      `import type { ICredentialType, INodeProperties } from 'n8n-workflow';\nexport class ${className} implements ICredentialType {\n${members.join('\n')}\n}\n`;
  }
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(path.dirname(path.join(scratch, file)), { recursive: true });
    await writeFile(path.join(scratch, file), text);
  }
  const findings = await lint(scratch);
  return findings
    .filter(({ rule }) => rule === 'parse' || (ABOUT_THE_PANEL.test(rule) && !SENSELESS.test(rule)))
    .map((finding) => ({ ...finding, text: sources[finding.file]?.split('\n')[finding.line - 1]?.trim() ?? '' }));
}

/** In a process of its own: the package finds n8n's modules as it does inside n8n, through NODE_PATH. */
async function declarationsOf(unpacked) {
  const child = spawn(process.execPath, ['-e', PRINT_DECLARATIONS], {
    cwd: unpacked,
    env: { ...process.env, NODE_PATH: path.join(PROJECT, 'node_modules') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`the packed n8n package does not load:\n${complaint}`);
  return output;
}

/**
 * As a person would type it: one property a line, indented (the rules measure the indentation), keys without quotes.
 */
function literal(value, indent = '\t') {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}\t`;
  if (Array.isArray(value))
    return `[\n${value.map((entry) => `${deeper}${literal(entry, deeper)},\n`).join('')}${indent}]`;
  const entries = Object.entries(value).map(
    ([key, entry]) =>
      `${deeper}${/^[a-z_$][\w$]*$/i.test(key) ? key : JSON.stringify(key)}: ${literal(entry, deeper)},\n`,
  );
  return `{\n${entries.join('')}${indent}}`;
}
