/** What is published: known files, the same bytes from the same sources, and the licences of what is inside. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PROJECT = path.resolve(__dirname, '../..');
/** Name, folder, and the most bytes of its tarball (docs/decisions/sizes-and-source-maps.md). */
const PACKAGES = [
  ['n8n', '.', 256_000],
  ['Node-RED', 'node-red', 400_000],
] as const;

let scratch: string;
beforeAll(() => (scratch = mkdtempSync(path.join(tmpdir(), 'wecom-pack-'))));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const script = (file: string) => JSON.stringify(pathToFileURL(path.join(PROJECT, 'scripts', file)).href);
const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<{ code: number | null; out: string; all: string }>((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, all] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => ((out += chunk.toString()), (all += chunk.toString())));
    child.stderr.on('data', (chunk: Buffer) => (all += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, all }));
  });
}

/** What `work`, a module's text, prints: the scripts are modules that Jest does not load. */
const runModule = (work: string) => run(process.execPath, ['--input-type=module', '-e', work]);

interface Packed {
  readonly file: string;
  readonly files: readonly string[];
}

/** Packs as somebody with this umask does. */
async function pack(folder: string, destination: string, umask = 0o022): Promise<Packed> {
  const { code, out, all } = await runModule(`
    process.umask(${umask});
    const { packPackage } = await import(${script('pack-package.mjs')});
    const { filename, files } = await packPackage(${JSON.stringify(folder)}, ${JSON.stringify(destination)});
    console.log(JSON.stringify({ filename, files: files.map(({ path }) => path) }));`);
  expect({ code, all: code === 0 ? '' : all }).toEqual({ code: 0, all: '' });
  const { filename, files } = JSON.parse(out) as { filename: string; files: string[] };
  return { file: path.join(destination, filename), files };
}

/** The sources of a package as they are on a computer with umask 077 that got them at another time. */
function asElsewhere(folder: string): string {
  const copy = mkdtempSync(path.join(scratch, 'elsewhere-'));
  const { files } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { files: string[] };
  const all = ['package.json', ...files].flatMap((name) =>
    statSync(path.join(folder, name)).isFile()
      ? [name]
      : readdirSync(path.join(folder, name), { recursive: true, encoding: 'utf8' })
          .map((inside) => path.join(name, inside))
          .filter((inside) => statSync(path.join(folder, inside)).isFile()),
  );
  for (const name of all) {
    mkdirSync(path.dirname(path.join(copy, name)), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(copy, name), readFileSync(path.join(folder, name)), { mode: 0o600 });
    utimesSync(path.join(copy, name), 86_400, 86_400);
  }
  return copy;
}

describe.each(PACKAGES)('the %s package', (_, folder, mostBytes) => {
  const place = path.join(PROJECT, folder);
  let packed: Packed;
  beforeAll(async () => (packed = await pack(place, path.join(scratch, folder))));

  test('contains these files (a change here is one for everybody: look, then accept with "npm test -- -u test/repository/pack")', () => {
    expect([...packed.files].sort().join('\n')).toMatchSnapshot();
  });

  test('stays small', () => {
    expect(statSync(packed.file).size).toBeLessThan(mostBytes);
  });

  test('contains no source map, no source and nothing hidden', () => {
    expect(packed.files.filter((file) => /\.map$|(?<!\.d)\.[cm]?ts$|(^|\/)\./.test(file))).toEqual([]);
  });

  test('has the same bytes when somebody else packs the same sources', async () => {
    const other = await pack(asElsewhere(place), path.join(scratch, `${folder}-elsewhere`), 0o077);
    expect(hash(other.file)).toBe(hash(packed.file));
  });

  test('can be published: npm, asked for a dry run, says what it would publish, and asks nobody to log in', async () => {
    const asked: string[] = [];
    const registry = createServer((request, response) => {
      asked.push(request.method ?? '');
      response.writeHead(404).end('{}');
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const { port } = registry.address() as AddressInfo;
    try {
      const { code, out, all } = await run(
        'npm',
        ['publish', packed.file, '--dry-run', '--json', '--access', 'public', '--provenance'],
        {
          cwd: scratch,
          env: {
            ...process.env,
            npm_config_registry: `http://127.0.0.1:${port}`,
            npm_config_cache: path.join(scratch, 'cache'),
          },
        },
      );
      expect({ code, all: code === 0 ? '' : all }).toEqual({ code: 0, all: '' });
      expect(out).toContain(path.basename(packed.file));
      expect(asked.filter((method) => method !== 'GET')).toEqual([]);
    } finally {
      registry.closeAllConnections();
      await new Promise((resolve) => registry.close(resolve));
    }
  });
});

describe('code of others', () => {
  const licenses = readFileSync(path.join(PROJECT, 'node-red/THIRD-PARTY-LICENSES.txt'), 'utf8');

  test.each(['undici/LICENSE', 'zod/LICENSE'])('comes with node_modules/%s', (file) => {
    expect(licenses).toContain(readFileSync(path.join(PROJECT, 'node_modules', file), 'utf8').trim());
  });

  test('comes with the licence of the HTTP parser inside undici', () => {
    expect(licenses).toMatch(
      /^llhttp\n=+\n\nThis software is licensed under the MIT License\.\n\nCopyright Fedor Indutny, 2018\./m,
    );
  });

  test('is not in the n8n package', () => {
    expect(readFileSync(path.join(PROJECT, 'dist/core/index.js'), 'utf8')).not.toContain('node_modules');
  });

  test('stops the build when it has no licence text', async () => {
    const silent = path.join(scratch, 'project/node_modules/silent');
    mkdirSync(silent, { recursive: true });
    writeFileSync(path.join(silent, 'package.json'), '{ "name": "silent", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(path.join(silent, 'index.js'), 'export const said = "something";');
    writeFileSync(path.join(scratch, 'project/entry.js'), 'export { said } from "silent";');
    const write = () =>
      runModule(`
        const { build } = await import(${JSON.stringify(pathToFileURL(require.resolve('rolldown')).href)});
        const { writeLicenses } = await import(${script('build/third-party.mjs')});
        const bundle = await build({ input: ${JSON.stringify(path.join(scratch, 'project/entry.js'))}, write: false });
        await writeLicenses([bundle], ${JSON.stringify(path.join(scratch, 'licenses.txt'))});`);
    expect(await write()).toMatchObject({
      code: 1,
      all: expect.stringContaining('without a licence text: silent 1.0.0'),
    });
    writeFileSync(path.join(silent, 'LICENSE'), 'Do as you like.');
    expect(await write()).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(scratch, 'licenses.txt'), 'utf8')).toMatch(
      /^silent 1\.0\.0\n=+\n\nDo as you like\.$/m,
    );
  });
});
