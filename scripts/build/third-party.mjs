/** The licences of what is bundled into a package: whoever gets the code gets the words under which others gave it. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What packages carry inside of them without its licence: a part of their files, its name, and our copy of the text.
 */
const CARRIED = [
  {
    // The HTTP parser, compiled to WebAssembly. The text is the one that comes with Node.js, which carries it as well.
    files: /node_modules\/undici\/lib\/llhttp\//,
    name: 'llhttp',
    text: new URL('licenses/llhttp.txt', import.meta.url),
  },
];
const LICENSE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
const PACKAGE = /^(?<root>.*\/node_modules\/(?<name>@[^/]+\/[^/]+|[^/]+))\//;

/** The files in a bundle that are not ours, with slashes. @param {import('rolldown').RolldownOutput[]} bundles */
export function foreignFiles(bundles) {
  const ids = bundles.flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []));
  return [...new Set(ids.map((id) => id.replaceAll('\\', '/').replace(/[?#].*/, '')))].filter((id) => PACKAGE.test(id));
}

/**
 * Writes the licence texts of everything that is in the bundles.
 * @throws Error that names each bundled package without one
 */
export async function writeLicenses(bundles, file) {
  const files = foreignFiles(bundles);
  const entries = new Map();
  for (const id of files) {
    const { root, name } = PACKAGE.exec(id).groups;
    const { version } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
    const entry = entries.get(name) ?? { title: `${name} ${version}`, texts: new Set() };
    for (const text of await licensesBetween(root, path.posix.dirname(id))) entry.texts.add(text);
    entries.set(name, entry);
  }
  for (const { files: part, name, text } of CARRIED)
    if (files.some((id) => part.test(id)))
      entries.set(name, { title: name, texts: new Set([await readFile(text, 'utf8')]) });

  const silent = [...entries.values()].filter(({ texts }) => texts.size === 0).map(({ title }) => title);
  if (silent.length > 0)
    throw new Error(`bundled without a licence text: ${silent.join(', ')}; add one in scripts/build/third-party.mjs`);
  const sections = [...entries.keys()].sort().map((name) => {
    const { title, texts } = entries.get(name);
    return `${title}\n${'='.repeat(title.length)}\n\n${[...texts].map((text) => text.trim()).join('\n\n')}\n`;
  });
  await writeFile(file, ['This package contains code of others, under these licences.\n', ...sections].join('\n'));
}

/** The texts in the package's folder and in each one down to the file's: parts may have another author. */
async function licensesBetween(root, folder) {
  const texts = [];
  for (let at = folder; at.length >= root.length; at = path.posix.dirname(at)) {
    if (!existsSync(at)) continue;
    for (const name of (await readdir(at)).sort())
      if (LICENSE.test(name)) texts.unshift((await readFile(`${at}/${name}`, 'utf8')).replaceAll('\r\n', '\n'));
  }
  return texts;
}
