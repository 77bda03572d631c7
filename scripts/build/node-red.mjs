/**
 * Builds the Node-RED package into node-red/dist and node-red/resources, from nothing.
 *
 * Locale files and the panels of the editor are made from core, where each message type is described once.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';
import { built } from './fresh.mjs';
import { writeLicenses } from './third-party.mjs';

const SOURCE = path.join(PROJECT, 'node-red');
const DIST = path.join(SOURCE, 'dist');
const RESOURCES = path.join(SOURCE, 'resources');
/** What only the build runs, so that it is not packed. */
const SCRATCH = path.join(PROJECT, '.build', 'node-red');
/** The words under which others gave us what the bundles contain; packed beside our own. */
const LICENSES = path.join(SOURCE, 'THIRD-PARTY-LICENSES.txt');
const NODES = ['wecom-app', 'wecom-robot', 'wecom-send'];

const require = createRequire(import.meta.url);

export function buildNodeRed() {
  return built('node-red', buildAnew);
}

async function buildAnew() {
  await Promise.all([DIST, RESOURCES, SCRATCH].map((folder) => rm(folder, { recursive: true, force: true })));
  const runtime = await bundleRuntime();
  const catalogue = await loadCatalogue();
  const [dialogs] = await Promise.all([
    bundleEditor(catalogue.editorPanels(), RESOURCES),
    writeLocales(catalogue),
    copyFiles(),
  ]);
  await writeLicenses([runtime, ...dialogs], LICENSES);
}

/** One bundle with shared chunks: module state exists once, and nothing has to be installed beside the package. */
async function bundleRuntime() {
  // Imported here: `npm run setup` may have brought rolldown a moment ago.
  const { build } = await import('rolldown');
  return build({
    input: {
      index: path.join(SOURCE, 'index.ts'),
      ...Object.fromEntries(NODES.map((name) => [name, path.join(SOURCE, 'nodes', `${name}.ts`)])),
    },
    platform: 'node',
    resolve: { alias: { undici$: path.join(SOURCE, 'runtime', 'connection', 'undici-parts.mjs') } },
    output: {
      dir: DIST,
      format: 'cjs',
      // Node-RED calls `module.exports`; the library is an object of functions.
      exports: 'auto',
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
      codeSplitting: {
        groups: [
          { name: 'undici', test: /node_modules[\\/]undici/ },
          { name: 'zod', test: /node_modules[\\/]zod/ },
          { name: 'core', test: /[\\/]core[\\/]/ },
        ],
      },
      minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
    },
    logLevel: 'warn',
  });
}

async function loadCatalogue() {
  const { build } = await import('rolldown');
  await build({
    input: path.join(SOURCE, 'catalogue.ts'),
    platform: 'node',
    output: { dir: SCRATCH, format: 'cjs', entryFileNames: 'catalogue.js' },
    logLevel: 'warn',
  });
  return require(path.join(SCRATCH, 'catalogue.js'));
}

/**
 * The dialogs' code, one file for each node, into `folder`; the panels are compiled in. Gives what the bundler says of
 * each.
 */
export async function bundleEditor(panels, folder) {
  const { build } = await import('rolldown');
  const bundles = [];
  for (const name of NODES) {
    bundles.push(
      await build({
        input: path.join(SOURCE, 'editor', `${name}.ts`),
        platform: 'browser',
        transform: { target: 'es2020', define: { PANELS: JSON.stringify(panels) } },
        output: { file: path.join(folder, `${name}.js`), format: 'iife', minify: true },
        logLevel: 'warn',
      }),
    );
  }
  return bundles;
}

async function writeLocales({ LOCALES, localeFiles }) {
  for (const [locale, language] of Object.entries(LOCALES)) {
    // Node-RED looks for `zh` where it finds no folder of the very locale, be it zh-CN, zh-TW or the zh of LANG.
    const folder = path.join(DIST, 'locales', language === 'zh' ? 'zh' : locale);
    await mkdir(folder, { recursive: true });
    for (const [name, texts] of Object.entries(localeFiles(language))) {
      const help = await readFile(path.join(SOURCE, 'help', locale, `${name}.md`), 'utf8');
      await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(texts)}\n`);
      await writeFile(
        path.join(folder, `${name}.html`),
        `<script type="text/markdown" data-help-name="${name}">\n${help.trim()}\n</script>\n`,
      );
    }
  }
}

async function copyFiles() {
  for (const name of NODES) await cp(path.join(SOURCE, 'html', `${name}.html`), path.join(DIST, `${name}.html`));
  await cp(path.join(SOURCE, 'icons'), path.join(DIST, 'icons'), { recursive: true });
  await cp(path.join(SOURCE, 'editor', 'wecom.css'), path.join(RESOURCES, 'wecom.css'));
  const licence = path.join(PROJECT, 'LICENSE');
  if (existsSync(licence)) await cp(licence, path.join(SOURCE, 'LICENSE'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildNodeRed();
