/** What a dialog says is wrong, before anything is sent: the same as core says when it is. */
import { messageOf, messageTypes, operations, updateCard, WecomInputError } from '../../core';
import type { Destination, InputIssue, MessageType } from '../../core';
import { parseCardUpdate, parseMessage } from '../../core/messages/parse-message';
import type { TooLong } from '../../core/schema/too-long';
import { editorPanels, localeFiles } from '../../node-red/catalogue';
import { fieldProblems } from '../../node-red/editor/field-problems';
import { sentenceOf } from '../../node-red/editor/problem';
import type { Problem } from '../../node-red/editor/problem';
import type { PanelField, PanelType } from '../../node-red/panel/panel-field';
import { isTypedEmpty, untouched } from '../../node-red/panel/stored-value';
import type { StoredValue, StoredValues } from '../../node-red/panel/stored-value';

const panels = editorPanels();
const catalogues = { en: localeFiles('en')['wecom-send'], zh: localeFiles('zh')['wecom-send'] };

/** As the editor translates: a key of the catalogue, with values in the places for them. */
const translator =
  (language: 'en' | 'zh') =>
  (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const found = `wecom-send.${key}`
      .split('.')
      .reduce<unknown>((level, part) => (level as Record<string, unknown> | undefined)?.[part], catalogues[language]);
    if (typeof found !== 'string') throw new Error(`The catalogue has no ${key}`);
    return found.replace(/__(\w+?)__/g, (place, name: string) => String(values[name] ?? place));
  };
const t = translator('en');

const typed = (value: string): StoredValue => ({ type: 'str', value });

const DESTINATIONS = ['app', 'chat', 'robot', 'update'] as const satisfies readonly Destination[];

const places = DESTINATIONS.flatMap((destination) =>
  panels.destinations[destination].map((panel) => ({ destination, panel, name: `${panel.name} (${destination})` })),
);

/** A message of a type in which every field that has to be there is typed in. */
function smallest(fields: readonly PanelField[]): StoredValues {
  return Object.fromEntries(
    fields.flatMap((field): [string, StoredValue][] =>
      field.required && !field.when ? [[field.name, sample(field)]] : [],
    ),
  );
}

function sample(field: PanelField): StoredValue {
  switch (field.control) {
    case 'group':
      return { type: 'group', value: smallest(field.fields ?? []) };
    case 'list':
      return { type: 'list', value: Array.from({ length: field.min ?? 1 }, () => smallest(field.fields ?? [])) };
    case 'choice':
      return { type: 'num', value: String(field.default ?? field.choices?.[0]) };
    case 'url':
      return typed('https://example.com');
    case 'media':
      return { type: 'msg', value: 'payload', source: 'media_id' };
    default:
      return typed('four');
  }
}

/** What the runtime makes of values that were typed in, and of what nobody touched. */
function plain(fields: readonly PanelField[], values: StoredValues): Record<string, unknown> {
  const value = (field: PanelField, stored: StoredValue): unknown => {
    if (stored.source) return field.inline ? FILE : 'MEDIA_ID';
    if (stored.type === 'group') return plain(field.fields ?? [], stored.value as StoredValues);
    if (stored.type === 'list')
      return (stored.value as StoredValues[]).map((entry) => plain(field.fields ?? [], entry));
    return stored.type === 'msg' ? 'payload' : stored.value;
  };
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const stored = values[field.name] ?? untouched(field);
      return !stored || isTypedEmpty(stored) ? [] : [[field.name, value(field, stored)]];
    }),
  );
}

const FILE = { filename: 'p.png', data: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') };

/** The fields that core finds wrong in the content of a message, `title` or `articles[0].url`. */
function wrongForCore(destination: Destination, panel: PanelType, content: StoredValues): string[] {
  const type = messageTypes.find(({ name }) => name === panel.name) as MessageType;
  const message = messageOf(type, plain(panel.content, content));
  const issues: InputIssue[] = [];
  try {
    if (destination === 'update') parseCardUpdate(message['template_card'], {}, issues);
    else {
      const address = { app: { touser: 'zhangsan' }, chat: { chatid: 'CHATID' }, robot: {} }[destination];
      parseMessage({ ...address, ...message }, destination);
    }
  } catch (error) {
    if (!(error instanceof WecomInputError)) throw error;
    issues.push(...error.issues);
  }
  const paths = [...new Set(issues.map(({ path }) => path.slice(type.msgtype.length + 1)))].sort();
  // Core names an empty group and what is missing in it; the group itself has nothing to fill in.
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

function judged(panel: PanelType, content: StoredValues): Problem[] {
  const tooLong = panel.options.find(({ name }) => name === 'too_long')?.default as TooLong | undefined;
  const judging = { t, rules: panel.rules, tooLong };
  return fieldProblems(panel.content, content, `${panel.words}.content`, judging);
}

/** The fields that the dialog shows red; of a set of which one is needed core names the first. */
function wrongInDialog(panel: PanelType, content: StoredValues): string[] {
  return [...new Set(judged(panel, content).map(({ paths: [path = []] }) => dotted(path)))].sort();
}

function dotted(path: Problem['paths'][number]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

describe('what has to be filled in', () => {
  it.each(places)('is red in an untouched $name exactly where core says it is missing', ({ destination, panel }) => {
    const groups = Object.fromEntries(
      panel.content
        .filter(({ control, required }) => control === 'group' && required)
        .map(({ name }) => [name, { type: 'group', value: {} } satisfies StoredValue]),
    );
    const lists = Object.fromEntries(
      panel.content
        .filter(({ control, required }) => control === 'list' && required)
        .map(({ name, min = 0 }) => [name, { type: 'list', value: Array.from({ length: min }, () => ({})) } as const]),
    );
    const emptied = Object.fromEntries(
      panel.content.filter(({ principal }) => principal).map(({ name }) => [name, typed('')]),
    );
    const content = { ...groups, ...lists, ...emptied };
    const inGroups = withoutPrincipals(panel.content, content);
    expect(wrongInDialog(panel, inGroups)).toEqual(wrongForCore(destination, panel, inGroups));
  });

  it.each(places)('is not red in the smallest $name', ({ destination, panel }) => {
    const content = smallest(panel.content);
    expect(wrongInDialog(panel, content)).toEqual(wrongForCore(destination, panel, content));
  });
});

/** Groups take `msg.payload` for their principal field unless it was emptied. */
function withoutPrincipals(fields: readonly PanelField[], values: StoredValues): StoredValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, stored]) => {
      const inner = fields.find((field) => field.name === name)?.fields;
      const emptied = (inner ?? []).filter(({ principal }) => principal).map((field) => [field.name, typed('')]);
      return [name, stored.type === 'group' ? { ...stored, value: Object.fromEntries(emptied) } : stored];
    }),
  );
}

/** Every field that a value can be typed into, with how to put one there. */
interface Spot {
  readonly field: PanelField;
  readonly path: string;
  readonly filled: (value: string) => StoredValues;
}

function spots(fields: readonly PanelField[], base: StoredValues): Spot[] {
  return fields.flatMap((field): Spot[] => {
    const set = (stored: StoredValue): StoredValues => ({
      ...base,
      ...(field.when && { [field.when.field]: { type: 'num', value: String(field.when.is[0]) } as const }),
      [field.name]: stored,
    });
    if (field.control === 'group') {
      const inner = (base[field.name]?.value as StoredValues | undefined) ?? smallest(field.fields ?? []);
      return spots(field.fields ?? [], inner).map((spot) => ({
        ...spot,
        path: `${field.name}.${spot.path}`,
        filled: (value) => set({ type: 'group', value: spot.filled(value) }),
      }));
    }
    if (field.control === 'list')
      return spots(field.fields ?? [], smallest(field.fields ?? [])).map((spot) => ({
        ...spot,
        path: `${field.name}[0].${spot.path}`,
        filled: (value) => set({ type: 'list', value: [spot.filled(value)] }),
      }));
    // The dialog knows names of people when it sees them; core leaves user IDs inside a message to WeCom.
    if (['media', 'choice', 'switch', 'ids'].includes(field.control) || field.idsOf) return [];
    return [{ field, path: field.name, filled: (value) => set(typed(value)) }];
  });
}

/** Values that a field may refuse: too long, too short, no address, no number, blank, letters that are none of its. */
function trials({ maxBytes, maxCharacters, minCharacters }: PanelField): string[] {
  return [
    ' ',
    'example.com',
    'https://',
    '-3',
    '汉-4 !',
    ...(maxBytes === undefined ? [] : ['x'.repeat(maxBytes), `https://${'x'.repeat(maxBytes)}`]),
    ...(maxCharacters === undefined ? [] : ['字'.repeat(maxCharacters), '字'.repeat(maxCharacters + 1)]),
    ...(minCharacters === undefined ? [] : ['字'.repeat(minCharacters - 1)]),
  ];
}

describe('what was typed', () => {
  it.each(places)('into $name is wrong for the dialog where it is for core', ({ destination, panel }) => {
    const verdicts = spots(panel.content, smallest(panel.content)).flatMap(({ field, path, filled }) =>
      trials(field).map((value) => {
        const content = filled(value);
        const about = (wrong: string[]) => wrong.includes(path);
        return {
          field: path,
          value: value.slice(0, 12),
          dialog: about(wrongInDialog(panel, content)),
          core: about(wrongForCore(destination, panel, content)),
        };
      }),
    );
    expect(verdicts.filter(({ dialog, core }) => dialog !== core)).toEqual([]);
  });

  it('into the recipients is wrong where it names nobody that could exist', () => {
    const verdict = (name: string, value: string) =>
      fieldProblems(panels.recipients, { [name]: typed(value) }, 'recipients', { t }).map((problem) =>
        sentenceOf(problem, t),
      );
    expect(verdict('touser', 'zhangsan, li.si@example.com')).toEqual([]);
    expect(verdict('touser', 'zhangsan, 张三')).toEqual([
      'Members: "张三" is not a user ID. Give the account (账号) of the member, not the name',
    ]);
    expect(verdict('touser', '@all')).toHaveLength(1);
    expect(verdict('toparty', '2, sales')).toEqual(['Departments: "sales" is not an ID, which is a whole number']);
    expect(verdict('totag', '0')).toHaveLength(1);
    expect(verdict('touser', '${RECIPIENT}')).toEqual([]);
    expect(verdict('touser', ' , ')).toHaveLength(1);
  });

  it('is quoted without what the page of the editor would take for HTML', () => {
    const [problem] = fieldProblems(panels.recipients, { touser: typed('<img/src=x>') }, 'recipients', { t });
    expect(problem?.text).not.toMatch(/[<>]/);
  });
});

describe('lists', () => {
  const buttons = (count: number): StoredValues => ({
    main_title: { type: 'group', value: { title: typed('Title') } },
    button_list: {
      type: 'list',
      value: Array.from({ length: count }, (_, index) => ({ text: typed('Yes'), key: typed(`key-${index}`) })),
    },
  });
  const panel = panels.destinations.app.find(({ name }) => name === 'button_interaction') as PanelType;

  it.each([0, 1, 6, 7])('of %i buttons are wrong for the dialog if they are for core', (count) => {
    expect(wrongInDialog(panel, buttons(count))).toEqual(wrongForCore('app', panel, buttons(count)));
  });

  it('whose entries need keys of their own say which entry has the same', () => {
    const content: StoredValues = {
      ...buttons(0),
      button_list: {
        type: 'list',
        value: [1, 2].map(() => ({ text: typed('Yes'), key: typed('yes') })),
      },
    };
    expect(wrongInDialog(panel, content)).toEqual(['button_list[1].key']);
    expect(wrongForCore('app', panel, content)).toEqual(['button_list[1].key']);
  });
});

describe('fields that go together', () => {
  const news = panels.destinations.app.find(({ name }) => name === 'news') as PanelType;
  const article = (entry: StoredValues): StoredValues => ({ articles: { type: 'list', value: [entry] } });

  it('an article that opens neither a page nor a mini-program is red at both', () => {
    const [problem] = judged(news, article({ title: typed('Title') }));
    expect(problem?.paths).toEqual([
      ['articles', 0, 'url'],
      ['articles', 0, 'appid'],
    ]);
  });

  it.each([{ appid: typed('wx1') }, { pagepath: typed('index'), url: typed('https://example.com') }])(
    'the dialog misses of a mini-program what core misses: %j',
    (half) => {
      const content = article({ title: typed('Title'), ...half });
      expect(wrongInDialog(news, content)).toEqual(wrongForCore('app', news, content));
    },
  );

  it('what comes from the flow counts as filled in', () => {
    expect(judged(news, article({ title: typed('Title'), url: { type: 'msg', value: 'url' } }))).toEqual([]);
  });
});

describe('operations', () => {
  it.each([updateCard, ...operations].map(({ name }) => name))('%s is judged by the rules core has for it', (name) => {
    const panel = [panels.updateCard, ...panels.operations].find((entry) => entry.name === name);
    const core = [updateCard, ...operations].find((entry) => entry.name === name);
    expect(panel?.rules).toEqual(core?.rules);
  });

  it('a card update that names nobody says whose card it could be', () => {
    const words = 'operations.updateCard.fields';
    const { fields, rules } = panels.updateCard;
    expect(
      fieldProblems(fields, { atall: { type: 'bool', value: 'false' } }, words, { t, rules }).map(({ text }) => text),
    ).toEqual([expect.stringMatching(/^Fill in at least one of these: .*Members/)]);
    expect(fieldProblems(fields, { atall: { type: 'bool', value: 'true' } }, words, { t, rules })).toEqual([]);
  });
});

describe('each sentence', () => {
  const within: Problem = { paths: [], within: ['Button 2'], text: 'Text is missing', missing: true };

  it('names the group or entry that the field is in', () => {
    const panel = panels.destinations.app.find(({ name }) => name === 'vote_interaction') as PanelType;
    const sentences = judged(panel, smallest(panel.content)).map((problem) => sentenceOf(problem, t));
    expect(sentences).toEqual([]);
    const { submit_button: _, ...rest } = smallest(panel.content);
    const empty = { ...rest, submit_button: { type: 'group', value: {} } as const };
    expect(judged(panel, empty).map((problem) => sentenceOf(problem, t))).toEqual([
      expect.stringMatching(/^Submit button: Text is missing$/i),
      expect.stringMatching(/^Submit button: Key is missing$/i),
    ]);
  });

  it('reads in Chinese without a gap', () => {
    expect(sentenceOf(within, translator('zh'))).toBe('Button 2：Text is missing');
  });
});
