import { allOperations, messageTypes, operations, parseUpdate, typesAt, updateCard, WecomInputError } from '../../core';
import type { Destination, Field, InputIssue } from '../../core';
import { parseMessage } from '../../core/messages/parse-message';
import { png } from '../fixtures/media';
import { allFields, entries, withValue } from './examples';

/** One form of a message, or an operation: its fields, and what comes out when they are filled in. */
interface Described {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly rules?: Field['rules'];
  /** Where its fields are in what WeCom gets. */
  readonly root: string;
  /** What is made of the values. */
  check(values: Record<string, unknown>): unknown;
}

const destinations: readonly Destination[] = ['app', 'chat', 'robot', 'update'];
const addresses = { app: { touser: 'zhangsan' }, chat: { chatid: 'CHAT1' }, robot: {} };

const forms: Described[] = destinations.flatMap((destination) =>
  typesAt(destination).flatMap(({ type, form }) => {
    const content = (values: object) => ({
      ...(type.cardType !== undefined && { card_type: type.cardType }),
      ...values,
    });
    const check = (values: object, options: object) =>
      destination === 'update'
        ? parseUpdate({ response_code: 'R', atall: true, template_card: content(values), ...options }).card?.content
        : parseMessage(
            { ...addresses[destination], msgtype: type.msgtype, [type.msgtype]: content(values), ...options },
            destination,
          );
    const title = `${type.name} (${destination})`;
    const part = destination === 'update' ? 'template_card' : type.msgtype;
    return [
      {
        title,
        fields: form.panel.content,
        ...(form.rules && { rules: form.rules }),
        root: part,
        check: (values) => check(values, 'too_long' in form.options.shape ? { too_long: 'refuse' } : {}),
      },
      // The option of card updates is no part of the card and is checked with it.
      ...(destination === 'update'
        ? []
        : [
            {
              title: `options of ${title}`,
              fields: form.panel.options,
              root: '',
              check: (values: object) => check(withValue(form.panel.content, [], undefined, form.rules), values),
            },
          ]),
    ] satisfies Described[];
  }),
);

const others: Described[] = [
  ...operations.map((operation) => ({
    title: operation.name,
    fields: operation.fields,
    root: '',
    check: (values: object) => operation.parse({ ...(operation.name === 'updateChat' && { name: 'n' }), ...values }),
  })),
  {
    title: 'updateCard',
    fields: updateCard.fields,
    root: '',
    check: (values) => parseUpdate({ atall: true, button: { replace_name: 'x' }, ...values }),
  },
];

function issues(described: Described, values: Record<string, unknown>): readonly InputIssue[] {
  try {
    described.check(values);
    return [];
  } catch (error) {
    if (!(error instanceof WecomInputError)) throw error;
    return error.issues;
  }
}

/** The path of a field in an issue: the first entry of every list. */
function inIssue({ root, fields }: Described, path: readonly string[]): string {
  let level: readonly Field[] = fields;
  const names = path.map((name, index) => {
    const field = level.find((entry) => entry.name === name)!;
    level = field.fields ?? [];
    return field.control === 'list' && index < path.length - 1 ? `${name}[0]` : name;
  });
  return [root, ...names].filter((part) => part !== '').join('.');
}

/** A value of exactly this size, and one just above, in the measure of each limit. */
function aroundLimits(field: Field): { limit: number; fits: unknown; above: unknown }[] {
  const { maxBytes, maxCharacters, control, max } = field;
  const address = 'https://example.com/';
  // The id of a chat takes no others.
  const character = field.name === 'chatid' ? 'a' : '字';
  // Mentions become part of the content, whose limit is reached before.
  if (field.name === 'mention') return [];
  if (maxBytes !== undefined && control === 'url')
    return [{ limit: maxBytes, fits: address.padEnd(maxBytes, 'a'), above: address.padEnd(maxBytes + 1, 'a') }];
  if (maxBytes !== undefined && control === 'media')
    return [
      {
        limit: maxBytes,
        fits: { filename: 'a.png', data: png(maxBytes) },
        above: { filename: 'a.png', data: png(maxBytes + 1) },
      },
    ];
  if (maxBytes !== undefined) return [{ limit: maxBytes, fits: 'a'.repeat(maxBytes), above: 'a'.repeat(maxBytes + 1) }];
  if (maxCharacters !== undefined)
    return [
      { limit: maxCharacters, fits: character.repeat(maxCharacters), above: character.repeat(maxCharacters + 1) },
    ];
  if (control === 'list') return [{ limit: max!, fits: entries(field, max!), above: entries(field, max! + 1) }];
  if (control === 'ids') return [{ limit: max!, fits: numbers(max!), above: numbers(max! + 1) }];
  if (control === 'number')
    return [
      { limit: max!, fits: max, above: max! + 1 },
      { limit: field.min!, fits: field.min, above: field.min! - 1 },
    ];
  return [];
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe.each([...forms, ...others].map((described) => [described.title, described] as const))('%s', (_, described) => {
  const { fields, rules } = described;
  const all = allFields(fields);
  const filled = (path: readonly string[], value: unknown) => withValue(fields, path, value, rules);

  it('is accepted with what is needed and nothing else', () => {
    expect(issues(described, filled([], undefined))).toEqual([]);
  });

  it('takes exactly as much as each limit says, and names the field and both measures above', () => {
    for (const { field, path } of all) {
      for (const { limit, fits, above } of aroundLimits(field)) {
        expect({ path, issues: issues(described, filled(path, fits)) }).toEqual({ path, issues: [] });
        expect(issues(described, filled(path, above))).toContainEqual(
          expect.objectContaining({
            path: inIssue(described, path),
            label: field.label,
            limit,
            actual: expect.any(Number),
          }),
        );
      }
    }
  });

  it('names every field that is needed and missing, wherever it is', () => {
    for (const { field, path, siblings } of all) {
      if (!field.required) continue;
      // Something else is filled in beside it: a group in which nothing is was only looked at.
      const beside = siblings.find((sibling) => !sibling.required && !sibling.when && sibling.control === 'line');
      const values =
        beside && !field.when
          ? replaced(filled([...path.slice(0, -1), beside.name], 'text'), described, path, undefined)
          : filled(path, undefined);
      const found = issues(described, values).map((issue) => issue.path);
      // Of some sets one is enough; then the first of the set is named.
      if (!(rules?.oneOf ?? []).flat().some((one) => one.startsWith(path[0]!)))
        expect(found).toContain(inIssue(described, path));
    }
  });

  it('takes each choice, as a number or a text, and no other', () => {
    for (const { field, path, siblings } of all) {
      if (!field.choices) continue;
      for (const { value } of field.choices) {
        const needs = siblings.find(
          (sibling) => sibling.required && sibling.when?.field === field.name && sibling.when.is.includes(value),
        );
        const beside = (given: unknown) =>
          needs
            ? replaced(filled([...path.slice(0, -1), needs.name], exampleOf(needs)), described, path, given)
            : filled(path, given);
        expect({ path, value, issues: issues(described, beside(value)) }).toEqual({ path, value, issues: [] });
        expect(issues(described, beside(String(value)))).toEqual([]);
      }
      // What WeCom takes for the default is no mistake.
      if (field.wrongIsDefault) expect(issues(described, filled(path, 99))).toEqual([]);
      else
        expect(issues(described, filled(path, 99))).toContainEqual(
          expect.objectContaining({
            path: inIssue(described, path),
            message: expect.objectContaining({
              en: `must be one of ${field.choices.map(({ value }) => value).join(', ')}`,
            }),
          }),
        );
    }
  });

  it('has a label in both languages for every field, entry, unit and choice', () => {
    for (const { field } of all) {
      const wordings = [
        field.label,
        ...(field.control === 'list' ? [field.entryLabel] : []),
        ...(field.choices ?? []).map(({ label }) => label),
        ...(field.help ? [field.help] : []),
        ...(field.unit ? [field.unit] : []),
      ];
      for (const wording of wordings)
        expect(wording).toEqual({ en: expect.stringMatching(/\S/), zh: expect.stringMatching(/\S/) });
    }
  });
});

function exampleOf(field: Field): unknown {
  return field.control === 'url' ? 'https://example.com' : 'value';
}

/** The same values with another one at `path`. */
function replaced(
  values: Record<string, unknown>,
  { fields }: Described,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  let holder = values;
  let level = fields;
  for (const name of path.slice(0, -1)) {
    const field = level.find((entry) => entry.name === name)!;
    holder = (field.control === 'list' ? (holder[name] as unknown[])[0] : holder[name]) as Record<string, unknown>;
    level = field.fields!;
  }
  holder[path.at(-1)!] = value;
  return values;
}

// Which field has which control, choices, limits and conditions is in docs/catalogue.md; catalogue.test.ts holds it.
describe('what panels show', () => {
  const optionsAndContents = messageTypes.flatMap((type) =>
    Object.values(type.forms).flatMap(({ panel }) => [...allFields(panel.content), ...allFields(panel.options)]),
  );

  it('is off for every switch that nobody touched, and every half hour for the duplicate check', () => {
    for (const { path, field } of optionsAndContents)
      if (field.control === 'switch') expect([path, field.default]).toEqual([path, false]);
    expect(optionsAndContents.find(({ field }) => field.name === 'duplicate_check_interval')?.field).toMatchObject({
      default: 1800,
      unit: { en: 'seconds', zh: '秒' },
    });
  });

  it('takes the payload of a flow in one field of each form at most: what the message wants to say', () => {
    for (const { title, fields } of [...forms, ...others]) {
      const principal = allFields(fields).filter(({ field }) => field.principal);
      expect([title, principal.slice(1).map(({ path }) => path)]).toEqual([title, []]);
    }
  });
});

describe('the message types', () => {
  it('have a label and a summary in both languages', () => {
    for (const { label, summary } of [...messageTypes, ...allOperations]) {
      for (const wording of [label, summary])
        expect(wording).toEqual({ en: expect.stringMatching(/\S/), zh: expect.stringMatching(/\S/) });
    }
  });

  it('are the same form for panels where destinations share it', () => {
    const [, , image] = typesAt('app');
    expect(image?.type.forms.app?.content).toBe(image?.type.forms.chat?.content);
    expect(typesAt('chat')).toBe(typesAt('chat'));
  });
});
