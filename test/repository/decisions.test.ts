/** Each decision is a page that fits on a screen, says what was given up, and is found from CONTRIBUTING. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const FOLDER = path.join(PROJECT, 'docs/decisions');
const read = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const links = (text: string) => [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link as string);
const pages = readdirSync(FOLDER).filter((file) => file !== 'README.md');

describe.each(pages)('%s', (file) => {
  const text = read(file);

  test('says the decision, why, what was given up, and where it shows', () => {
    expect(text).toMatch(
      /^# .+\n\n\S.+\n\n\*\*Why\.\*\* .+\n\n\*\*Given up\.\*\* .+\n\n\*\*Where it shows\.\*\* .+\n$/,
    );
  });

  test('fits on a screen', () => {
    expect(text.length).toBeLessThan(1600);
  });

  test('names files and links that exist', () => {
    expect(links(text).filter((link) => !existsSync(path.join(FOLDER, link)))).toEqual([]);
    const named = [...text.matchAll(/`((?:\.?[\w-]+\/)+[\w.-]*|[\w-]+\.config\.js|\.dependency-cruiser\.cjs)`/g)];
    const files = named.map(([, name]) => name as string).filter((name) => !/^zod\/|^n8n\/$|^dist\//.test(name));
    expect(files.filter((name) => !existsSync(path.join(PROJECT, name)) && !name.startsWith('node_modules'))).toEqual(
      [],
    );
  });
});

test('the list has every page, by its title', () => {
  const listed = [...read('README.md').matchAll(/^\| \[(.+)\]\((.+)\) \|/gm)].map(([, title, file]) => [file, title]);
  expect(listed.sort()).toEqual(pages.map((file) => [file, read(file).split('\n')[0]?.slice(2)]).sort());
});

test('CONTRIBUTING leads to the list', () => {
  expect(readFileSync(path.join(PROJECT, 'CONTRIBUTING.md'), 'utf8')).toContain('](docs/decisions/README.md)');
});
