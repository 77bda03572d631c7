/** "What happens when …" says what the code does: its figures are those of core, and its proofs exist. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { FIRST_AT_ONCE } from '../../core/delivery/adaptive-limit';
import { DEFAULT_AT_ONCE, DEFAULT_TIMEOUT_MS, typesAt } from '../../core';
import { CHAT_PERSON_TIMES, CHAT_RATES, MEMBER_RATES, ROBOT_RATES } from '../../core/delivery/pace';
import { retryPolicies } from '../../core/delivery/retry-policies';
import { RECIPIENTS_PER_REQUEST } from '../../core/messages/recipients';
import { QUEUE_LENGTH } from '../../node-red/panel/queue-limits';

const PROJECT = path.resolve(__dirname, '..', '..');
const pages = { en: 'docs/what-happens-when.md', zh: 'docs/what-happens-when.zh-CN.md' };
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

/** The rows of the table after a mark, without its head. */
function table(page: string, mark: string): string[][] {
  const lines = page
    .slice(page.indexOf(`<!-- ${mark} -->`))
    .split('\n')
    .slice(2);
  const rows = lines.slice(0, lines.indexOf('')).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.slice(2);
}

const number = (text: string | undefined) => Number(/[\d.]+/.exec(text ?? '')?.[0] ?? NaN);
const links = (page: string) => [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link as string);

describe.each(Object.entries(pages))('the page in %s', (language, file) => {
  const page = read(file);

  it('names the rates that are kept', () => {
    const rates = [...MEMBER_RATES, ...ROBOT_RATES, ...CHAT_RATES, { messages: CHAT_PERSON_TIMES, perMs: 60_000 }];
    expect(table(page, 'rates').map(([, messages, time]) => [number(messages), number(time)])).toEqual(
      rates.map(({ messages, perMs }) => [messages, perMs / 60_000]),
    );
  });

  it('names tries, pauses and times of every retry policy', () => {
    const { unreachable, unknownHost, busy, crowded, rateLimited, tokensRefused, lost } = retryPolicies;
    const policies = [unreachable, unknownHost, busy, crowded, rateLimited, tokensRefused, lost];
    expect(policies).toHaveLength(Object.keys(retryPolicies).length);
    const rows = table(page, 'retries').map(([, tries, ...times]) => [
      number(tries),
      ...times.map((time) => number(time)),
    ]);
    expect(rows).toEqual(
      policies.map(({ tries, delayMs, longestDelayMs, withinMs }) => [
        tries,
        ...(withinMs === Infinity ? [NaN, NaN, NaN] : [delayMs / 1000, longestDelayMs / 1000, withinMs / 1000]),
      ]),
    );
  });

  it('says in its sentences what stands in its tables', () => {
    const known = new Set(Object.values(retryPolicies).map(({ tries, withinMs }) => `${tries} in ${withinMs / 1000}`));
    const pattern =
      language === 'en'
        ? /(?<tries>\d+) times within (?<within>\d+) s/g
        : /(?<within>\d+) 秒内最多尝试 (?<tries>\d+) 次/g;
    const said = [...page.matchAll(pattern)].map(({ groups }) => `${groups?.['tries']} in ${groups?.['within']}`);
    expect(said.length).toBe(6);
    expect(said.filter((each) => !known.has(each))).toEqual([]);
    expect(new Set(said).size).toBe(5);
  });

  it('names the other limits', () => {
    const others = page
      .split('\n')
      .filter((line, index, lines) => /^(Others: |for the duplicate|其他：)/.test(line) && lines.length > index)
      .join(' ');
    const expected = [
      FIRST_AT_ONCE,
      DEFAULT_AT_ONCE,
      RECIPIENTS_PER_REQUEST.touser,
      RECIPIENTS_PER_REQUEST.toparty,
      RECIPIENTS_PER_REQUEST.totag,
      DEFAULT_TIMEOUT_MS / 1000,
      60,
      QUEUE_LENGTH.standard,
      1800,
    ];
    expect([...others.matchAll(/\d+/g)].map(([digits]) => Number(digits))).toEqual(expected);
    const longest = (destination: 'app' | 'robot', msgtype: string) =>
      typesAt(destination)
        .find(({ type }) => type.name === msgtype)
        ?.form.panel.content.find(({ name }) => name === 'content')?.maxBytes;
    expect([
      longest('app', 'text'),
      longest('app', 'markdown'),
      longest('robot', 'text'),
      longest('robot', 'markdown'),
    ]).toEqual([2048, 2048, 2048, 4096]);
    expect(page).toContain('2,048');
    expect(page).toContain('4,096');
  });

  it('links to proofs that exist', () => {
    expect(links(page).length).toBeGreaterThan(50);
    expect(links(page).filter((link) => !existsSync(path.join(PROJECT, 'docs', link)))).toEqual([]);
  });
});

it('both pages have the same lines with the same proofs', () => {
  const proofs = (file: string) => links(read(file)).filter((link) => link.startsWith('../test/'));
  expect(proofs(pages.zh)).toEqual(proofs(pages.en));
});

it.each([
  ['README.md', pages.en],
  ['README.zh-CN.md', pages.zh],
])('%s leads to it, and to the soak', (readme, page) => {
  expect(read(readme)).toContain(`](${page})`);
  expect(read(readme)).toContain('npm run soak');
});
