import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: PROJECT })
  .stdout.toString()
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(PROJECT, file)));
const code = files.filter((file) => /\.(ts|mjs|cjs|js)$/.test(file));
const pages = files.filter((file) => file.endsWith('.md'));
const textOf = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

test('every section of the API facts that a comment cites is in docs/wecom-api.md', () => {
  const sections = new Set(
    [...textOf('docs/wecom-api.md').matchAll(/^#+ (\d+(?:\.\d+)*)/gm)].map(([, number]) => number),
  );
  const cited = code.flatMap((file) =>
    [...textOf(file).matchAll(/\bsections? (\d+(?:\.\d+)*(?:(?:, | and | or )\d+(?:\.\d+)*)*)/gi)].flatMap(([, list]) =>
      list!.split(/, | and | or /).map((number) => ({ file, number })),
    ),
  );
  expect(cited.length).toBeGreaterThan(10);
  const missing = cited.filter(({ number }) => !sections.has(number));
  expect(missing.map(({ file, number }) => `${file} cites section ${number}: write it into docs/wecom-api.md`)).toEqual(
    [],
  );
});

test('every link of a page to another file leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [
      ...textOf(page)
        .replace(/`[^`]*`/g, '')
        .matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g),
    ]
      .map(([, target]) => decodeURIComponent(target!))
      .filter((target) => !existsSync(path.join(PROJECT, path.dirname(page), target)))
      .map((target) => `${page} links to ${target}, which is not there`),
  );
  expect(broken).toEqual([]);
});

test('nothing in the repository points outside of it', () => {
  const outside = [...code, ...pages].flatMap((file) =>
    textOf(file)
      .split('\n')
      .filter((line) => /(?:\.\.\/)+shared\/|\/work\/(?:shared|main)\b/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(outside.filter((line) => !line.startsWith('test/tools/citations.test.ts'))).toEqual([]);
});
