import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ErrorCode, RetryAdvice } from '../../core/outcome/error-code';
import { lookUpErrorCode } from '../../core/outcome/error-codes';
import { errorCodes } from '../../core/outcome/error-codes.generated';
import type { Language } from '../../core/outcome/wording';

const { ERROR_CODES_FILE, errorCodeFacts, errorCodesSource, problemsOf } = jest.requireActual<{
  ERROR_CODES_FILE: string;
  errorCodeFacts(): Record<string, object>;
  errorCodesSource(facts: Record<string, object>): string;
  problemsOf(facts: Record<string, object>): string[];
}>('../../scripts/error-codes/generate.mjs');

const LANGUAGES: readonly Language[] = ['en', 'zh'];
const entries: ReadonlyArray<readonly [number, ErrorCode]> = Object.entries(errorCodes).map(([errcode, entry]) => [
  Number(errcode),
  entry,
]);

/** The codes of the table for which a promise is broken, so that a failing test names them. */
function codesWhere(broken: (entry: ErrorCode) => boolean): readonly number[] {
  return entries.filter(([, entry]) => broken(entry)).map(([errcode]) => errcode);
}

function inSomeLanguage(broken: (title: string, advice: string, language: Language) => boolean) {
  return ({ title, advice }: ErrorCode): boolean =>
    LANGUAGES.some((language) => broken(title[language], advice[language], language));
}

describe('the table of error codes', () => {
  it('covers all 338 documented codes', () => {
    expect(entries).toHaveLength(338);
  });

  it('is what scripts/error-codes/error-codes.json says; if not, run "npm run docs"', () => {
    const facts = errorCodeFacts();
    expect(problemsOf(facts)).toEqual([]);
    const written = readFileSync(join(__dirname, '../..', ERROR_CODES_FILE), 'utf8').split('\n');
    const lines = errorCodesSource(facts).split('\n');
    expect(written.filter((line) => !lines.includes(line))).toEqual([]);
    expect(lines.filter((line) => !written.includes(line))).toEqual([]);
  });

  it('is refused with what to change, when a sentence or a fact is missing', () => {
    const entry = errorCodeFacts()['40001']!;
    const file = 'scripts/error-codes/error-codes.json, 40001:';
    expect(problemsOf({ '40001': { ...entry, kind: 'odd', retry: 'often' } })).toEqual([
      `${file} kind is odd: use one of argument, config, media, permission, rate, recipient, system, token`,
      `${file} retry is often: use one of none, backoff, refresh_token`,
    ]);
    expect(problemsOf({ '40001': { ...entry, zh: { title: '标题。', advice: '' } } })).toEqual([
      `${file} zh.advice is empty`,
      `${file} zh.title ends with a full stop`,
    ]);
  });

  it('has a title and an advice in both languages', () => {
    expect(codesWhere(inSomeLanguage((title, advice) => title.trim() === '' || advice.trim() === ''))).toEqual([]);
  });

  it('speaks Chinese where it says so', () => {
    expect(
      codesWhere(({ title, advice }) => !/\p{Script=Han}/u.test(title.zh) || !/\p{Script=Han}/u.test(advice.zh)),
    ).toEqual([]);
  });

  it('has different sentences for the two languages', () => {
    expect(codesWhere(({ title, advice }) => title.en === title.zh || advice.en === advice.zh)).toEqual([]);
  });

  it('keeps titles within 60 characters and without a full stop', () => {
    expect(codesWhere(inSomeLanguage((title) => [...title].length > 60 || /[.。]$/.test(title)))).toEqual([]);
  });

  it('ends every advice like a sentence', () => {
    expect(
      codesWhere(inSomeLanguage((_, advice, language) => !advice.endsWith(language === 'zh' ? '。' : '.'))),
    ).toEqual([]);
  });

  it('never repeats the title as advice', () => {
    expect(codesWhere(inSomeLanguage((title, advice) => advice.startsWith(title)))).toEqual([]);
  });

  it('gives every code a title of its own', () => {
    for (const language of LANGUAGES) {
      expect(new Set(entries.map(([, { title }]) => title[language])).size).toBe(entries.length);
    }
  });
});

describe('the advice for what people meet when they send', () => {
  it.each<[number, Language, RegExp]>([
    [40001, 'en', /Secret .*enabled.*blocked for an hour/],
    [40001, 'zh', /企业ID.*Secret.*封一小时/],
    [40013, 'en', /我的企业 → 企业信息/],
    [40014, 'en', /same app/],
    [40056, 'zh', /应用管理 → 该应用.*AgentId/],
    [40058, 'en', /original error text/],
    [42014, 'en', /128 bytes/],
    [43012, 'en', /设置API接收.*URL, Token, EncodingAESKey/],
    [45002, 'en', /2048 bytes/],
    [45009, 'en', /20 messages a minute/],
    [45033, 'en', /fewer .*in parallel/],
    [48002, 'zh', /自建应用.*通讯录同步/],
    [60011, 'en', /可见范围/],
    [60111, 'zh', /通讯录.*账号/],
    [60140, 'en', /once and for 72 hours/],
    [81013, 'en', /可见范围.*互联企业/],
    [81013, 'zh', /可见范围.*互联企业/],
    [82001, 'en', /at least one member, department or tag/],
    [86008, 'en', /app that created the group chat/],
    [93000, 'zh', /重新复制 Webhook 地址/],
    [301002, 'en', /same page 应用管理/],
    [301017, 'en', /AMR/],
    [701099, 'en', /接口许可.*unlicenseduser/],
  ])('of %i in %s names the thing to do', (errcode, language, remedy) => {
    expect(lookUpErrorCode(errcode).advice[language]).toMatch(remedy);
  });

  it('for an untrusted IP tells where to add it, what must be there first, how long it takes and the ways around it', () => {
    const { advice } = lookUpErrorCode(60020);
    for (const said of [
      /public IP named in the error/,
      /企业可信IP/,
      /trusted domain or callback URL first/,
      /about a minute/,
      /relay.*base URL/,
      /group robot.*needs no trusted IP/,
    ]) {
      expect(advice.en).toMatch(said);
    }
    for (const said of [
      /错误信息中的公网 IP/,
      /企业可信IP/,
      /须先设置可信域名或接收消息的 URL/,
      /约一分钟后生效/,
      /固定 IP 的代理/,
      /无需可信IP的群机器人/,
    ]) {
      expect(advice.zh).toMatch(said);
    }
  });
});

describe('the retry class of a code', () => {
  it.each<[number, RetryAdvice]>([
    [40014, 'refresh_token'],
    [42001, 'refresh_token'],
    [-1, 'backoff'],
    [6000, 'backoff'],
    [45009, 'backoff'],
    [45033, 'backoff'],
    [40001, 'none'],
    [60020, 'none'],
    [81013, 'none'],
    [301002, 'none'],
  ])('of %i is %s', (errcode, retry) => {
    expect(lookUpErrorCode(errcode).retry).toBe(retry);
  });

  it('is a fresh token for nothing but token errors', () => {
    expect(codesWhere(({ kind, retry }) => retry === 'refresh_token' && kind !== 'token')).toEqual([]);
  });
});

describe('a code that is not in the table', () => {
  const unknown = lookUpErrorCode(999999);

  it('is called unknown and is not sent again', () => {
    expect(unknown).toMatchObject({ kind: 'unknown', retry: 'none' });
  });

  it('names itself and the page of WeCom about it in both languages', () => {
    for (const language of LANGUAGES) {
      expect(unknown.title[language]).toContain('999999');
      expect(unknown.advice[language]).toContain('https://open.work.weixin.qq.com/devtool/query?e=999999');
    }
  });

  it('does not pretend to know more', () => {
    expect(unknown.advice.en).toMatch(/not in our table/);
    expect(unknown.advice.zh).toMatch(/没有这个错误码/);
  });
});
