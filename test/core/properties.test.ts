import fc from 'fast-check';

import { createWecom, parseMessage, typesAt, WecomInputError } from '../../core';
import type { Field } from '../../core';
import { parseRecipients, recipientBatches, RECIPIENTS_PER_REQUEST } from '../../core/messages/recipients';
import { app, clock, fakeWecom } from './fake-wecom';

const userId = fc.stringMatching(/^[A-Za-z0-9_.-][A-Za-z0-9_.@-]{0,11}$/);
const numericId = fc.integer({ min: 1, max: 2 ** 32 - 1 });
/** One list of ids, in any of the ways people write lists. */
const written = <Id extends string | number>(ids: fc.Arbitrary<Id[]>) =>
  fc
    .tuple(ids, fc.constantFrom(',', ', ', '|', '\n', ' ', '，', ';', '、'))
    .chain(([list, separator]) =>
      fc.constantFrom<unknown>(list, list.join(separator), list.map(String)).map((value) => ({ list, value })),
    );

describe('recipients', () => {
  const lists = fc.record({
    touser: written(fc.array(userId, { minLength: 1, maxLength: 2500 })),
    toparty: fc.option(written(fc.array(numericId, { minLength: 1, maxLength: 250 })), { nil: undefined }),
    totag: fc.option(written(fc.array(numericId, { minLength: 1, maxLength: 250 })), { nil: undefined }),
  });

  it('are all in the requests, each once, in their order, never more than a request may name', () => {
    fc.assert(
      fc.property(lists, (given) => {
        const input = Object.fromEntries(
          Object.entries(given).flatMap(([name, list]) => (list ? [[name, list.value]] : [])),
        );
        const { recipients, issues } = parseRecipients(input);
        expect(issues).toEqual([]);
        const batches = recipientBatches(recipients!);
        for (const name of ['touser', 'toparty', 'totag'] as const) {
          const sent = batches.map((batch) => (batch[name] ?? '').split('|').filter((id) => id !== ''));
          for (const ids of sent) expect(ids.length).toBeLessThanOrEqual(RECIPIENTS_PER_REQUEST[name]);
          // WeCom compares user IDs without case.
          expect(sent.flat().map((id) => id.toLowerCase())).toEqual([
            ...new Set((given[name]?.list ?? []).map((id) => String(id).toLowerCase())),
          ]);
        }
        for (const batch of batches) expect(Object.keys(batch).length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('are everyone only when that was chosen, whatever else the fields hold', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.array(fc.string()),
      fc.constantFrom('@all', '@ALL', 'all', '', ' ', null, undefined, true, 'true', 1, [], ['@all'], ['@all', 'lisi']),
    );
    fc.assert(
      fc.property(anything, anything, (touser, everyone) => {
        const { recipients } = parseRecipients({ touser, everyone });
        if (everyone !== true) expect(recipients?.everyone === true).toBe(false);
        if (recipients && !recipients.everyone) {
          expect(recipients.touser.length).toBeGreaterThan(0);
          for (const { touser: sent = '' } of recipientBatches(recipients))
            expect(sent.split('|').map((id) => id.trim().toLowerCase())).not.toContain('@all');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const character = fc.constantFrom(
  'a',
  'é',
  '中',
  '😀',
  '👨‍👩‍👧‍👦',
  '\n',
  ' ',
  '"',
  '\\',
  '\u0000',
  '\ud800',
  'ש',
  '</b>',
  '$',
);
/** A text around a length in bytes. */
const around = (bytes: number) =>
  fc
    .tuple(
      fc.integer({ min: Math.max(1, bytes - 12), max: bytes + 12 }),
      fc.array(character, { minLength: 1, maxLength: 6 }),
    )
    .map(([length, tail]) => {
      const end = tail.join('');
      return `x${'y'.repeat(Math.max(0, length - 1 - Buffer.byteLength(end)))}${end}`;
    });
const asSent = (text: string) => text.toWellFormed().replaceAll('\0', '\ufffd');

describe('limits', () => {
  const limited = typesAt('app').flatMap(({ type, form }) =>
    form.panel.content
      .filter(
        (field): field is Field & { maxBytes: number } =>
          field.maxBytes !== undefined &&
          field.control !== 'url' &&
          field.media === undefined &&
          !/_id$|key/.test(field.name),
      )
      .map((field) => [`${type.name}.${field.name}`, type.name, field] as const),
  );

  it.each(limited)('of %s are kept to the byte, also for what JSON cannot carry', (_, name, field) => {
    fc.assert(
      fc.property(around(field.maxBytes), (text) => {
        const found = issuesOf({
          touser: 'a',
          msgtype: name,
          [name]: { [field.name]: text },
          too_long: 'refuse',
        }).filter(({ path }) => path === `${name}.${field.name}`);
        const bytes = Buffer.byteLength(asSent(text));
        expect(found.map(({ limit, actual }) => [limit, actual])).toEqual(
          bytes > field.maxBytes ? [[field.maxBytes, bytes]] : [],
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each(limited.filter(([, , { tooLong }]) => tooLong !== undefined))(
    'of %s hold for what is shortened',
    (_, name, field) => {
      fc.assert(
        fc.property(around(field.maxBytes), (text) => {
          expect(
            issuesOf({ touser: 'a', msgtype: name, [name]: { [field.name]: text }, too_long: 'truncate' }).filter(
              ({ path }) => path === `${name}.${field.name}`,
            ),
          ).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
  );
});

function issuesOf(message: object) {
  try {
    parseMessage(message, 'app');
    return [];
  } catch (error) {
    if (error instanceof WecomInputError) return error.issues;
    throw error;
  }
}

describe('the request', () => {
  const flag = fc.option(fc.constantFrom<unknown>(true, false, 1, 0, '1', '0'), { nil: undefined });
  const message = fc.record({
    content: fc.array(character, { minLength: 1, maxLength: 3000 }).map((parts) => `x${parts.join('')}`),
    touser: fc.array(userId, { minLength: 1, maxLength: 5 }),
    enable_id_trans: flag,
    enable_duplicate_check: flag,
    number_parts: flag,
    safe: fc.option(fc.constantFrom(0, 1, '0', '1'), { nil: undefined }),
  });

  it('holds what was meant and nothing else: the recipients, the app, the text to the last character, the options as numbers', async () => {
    await fc.assert(
      fc.asyncProperty(message, async ({ content, touser, ...options }) => {
        const { http, bodies } = fakeWecom();
        await createWecom<unknown>({ app, http, clock }).send({
          touser,
          msgtype: 'text',
          text: { content },
          ...options,
        });
        const number = (value: unknown) => (value === undefined ? undefined : Number(value));
        const expected = {
          touser: [...new Map([...touser].reverse().map((id) => [id.toLowerCase(), id])).values()].length,
          agentid: app.agentId,
          msgtype: 'text',
          enable_id_trans: number(options.enable_id_trans),
          enable_duplicate_check: number(options.enable_duplicate_check),
          safe: number(options.safe),
        };
        const texts = bodies().map(({ touser: to, text, ...rest }) => {
          expect({ touser: String(to).split('|').length, ...rest }).toEqual(JSON.parse(JSON.stringify(expected)));
          return (text as { content: string }).content;
        });
        for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
        const visible = (text: string) => text.replace(/\s/g, '');
        const numbered =
          texts.length > 1 && texts.every((text, index) => text.startsWith(`(${index + 1}/${texts.length})\n`));
        expect(visible(texts.map((text) => (numbered ? text.slice(text.indexOf('\n') + 1) : text)).join(''))).toBe(
          visible(asSent(content)),
        );
        if (texts.length === 1) expect(texts[0]).toBe(asSent(content));
      }),
      { numRuns: 150 },
    );
  });
});
