import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const textOf = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

/** Every folder of the repository, with what is new and not yet added. */
const folders = new Set(
  spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: PROJECT })
    .stdout.toString()
    .split('\n')
    .filter((file) => file !== '' && existsSync(path.join(PROJECT, file)))
    .flatMap((file) => {
      const names = path.dirname(file).split('/');
      return names.map((_, index) => names.slice(0, index + 1).join('/'));
    })
    .filter((folder) => folder !== '.'),
);

/** The folders that the first cells of a table's rows name. */
const namedIn = (page: string) =>
  textOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)\/`/g)].map(([, folder]) => folder!));

/** Houses whose rooms the map of CONTRIBUTING.md names one by one. */
const HOUSES = ['', 'nodes/', 'nodes/SendWecomMessage/', 'node-red/', 'node-red/runtime/'];

test("CONTRIBUTING's map is the tree", () => {
  const named = namedIn('CONTRIBUTING.md');
  expect(named.filter((folder) => !folders.has(folder)).map((folder) => `${folder}/ is gone: take it out`)).toEqual([]);
  const expected = [...folders].filter((folder) =>
    HOUSES.includes(folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/') + 1) : ''),
  );
  const missing = expected.filter((folder) => !named.includes(folder));
  expect(missing.map((folder) => `add a row for \`${folder}/\` to "Where things are" in CONTRIBUTING.md`)).toEqual([]);
});

test("core/README.md's map is core, in the order in which its rooms may import from each other", () => {
  const rooms = [...folders].filter((folder) => /^core\/[^/]+$/.test(folder)).map((folder) => folder.slice(5));
  const rows = namedIn('core/README.md');
  const missing = rooms.filter((room) => !rows.includes(room));
  expect(missing.map((room) => `add a row for \`${room}/\` to core/README.md`)).toEqual([]);
  const lint = textOf('.dependency-cruiser.cjs');
  const order = [...lint.slice(lint.indexOf('const CORE'), lint.indexOf(']')).matchAll(/'([^']+)'/g)].map(
    ([, room]) => room,
  );
  expect(rows).toEqual(order.filter((room) => rooms.includes(room!)));
});

test('every room has a file that opens with what the room is for and what it may import', () => {
  const rooms = [...folders].filter((folder) =>
    /^(core\/[^/]+|nodes\/host|nodes\/SendWecomMessage\/[^/]+|node-red\/runtime\/[^/]+)$/.test(folder),
  );
  const withoutOne = rooms.filter((room) => {
    const opening = new RegExp(
      `^/\\*\\*[\\s*]+The room ${path.basename(room)}: (?:(?!\\*/)[^])*\\b(may import|imports) from`,
      'i',
    );
    return !readdirSync(path.join(PROJECT, room)).some(
      (file) => file.endsWith('.ts') && opening.test(textOf(`${room}/${file}`)),
    );
  });
  expect(
    withoutOne.map(
      (room) => `begin the main file of ${room}/ with "The room ${path.basename(room)}: … May import from …"`,
    ),
  ).toEqual([]);
});

test('the files that core/README.md says to begin with are the ones that open so', () => {
  const rows = [...textOf('core/README.md').matchAll(/^\| `([^`]+)\/` \| .* \| `([^`]+)` \|$/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, room, file] of rows)
    expect(textOf(`core/${room}/${file}`)).toMatch(new RegExp(`^/\\*\\*[\\s*]+The room ${room}: `));
});
