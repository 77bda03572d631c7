/**
 * Writes the types of the messages that `send` takes, from the descriptions that the panels and the checks come from.
 *
 * They are written out, and not inferred by the compiler from the schemas, so that an editor shows each field with its
 * limits, and the types need no zod.
 */

/** Where messages go, with what each message carries besides its content and options. */
const DESTINATIONS = [
  { at: 'app', suffix: 'Message', beside: ['/** The app that sends has it already. */', 'agentid?: number | string;'] },
  {
    at: 'chat',
    suffix: 'ChatMessage',
    beside: [
      '/** ID of a group chat that the app created. At most 32 characters. */',
      'chatid: string;',
      '/** The app that sends has it already. */',
      'agentid?: number | string;',
    ],
  },
  { at: 'robot', suffix: 'RobotMessage', beside: [] },
];

/**
 * @param {readonly import('../../core').MessageType[]} types
 * @returns {string} the text of core/messages/message-shapes.generated.ts
 */
export function messageShapes(types) {
  const contents = new Map();
  const parts = [];
  const unions = { app: [], toNamed: [], chat: [], robot: [] };
  for (const { at, suffix, beside } of DESTINATIONS) {
    for (const type of types) {
      const form = type.forms[at];
      if (!form) continue;
      const name = pascal(type.name);
      const content = nameOf(contents, name, at, contentOf(type, form));
      const members = [
        `msgtype: '${type.msgtype}';`,
        `${type.msgtype}: ${content}${form.fileFields.some(({ inline }) => inline) ? ' | InlineFile' : ''};`,
        ...beside,
        ...form.panel.options.flatMap(member),
      ];
      parts.push(interfaceOf(`${name}${suffix}`, sentence(type), members));
      unions[at === 'app' && !form.everyone ? 'toNamed' : at].push(`${name}${suffix}`);
    }
  }
  return [
    '/** Written by `npm run docs` from the message types: change those. */',
    "import type { FileToRead, MediaFile, MediaInput } from '../schema/media';",
    "import type { IdsInput, InlineFile, NamedRecipients, NumberInput, Recipient, SwitchInput } from './message-input';",
    '',
    ...[...contents.entries()].map(([name, { text }]) => text.replaceAll(NAME, name)),
    ...parts,
    '/** A message for members, departments and tags (doc 90236) or for a group chat (doc 90248). */',
    'export type WecomMessage =',
    `  | (Recipient & (${unions.app.join(' | ')}))`,
    ...(unions.toNamed.length > 0 ? [`  | (NamedRecipients & (${unions.toNamed.join(' | ')}))`] : []),
    ...unions.chat.map((name) => `  | ${name}`),
    ';',
    '',
    '/** A message of a group robot (doc 99110). */',
    'export type RobotMessage =',
    ...unions.robot.map((name) => `  | ${name}`),
    ';',
    '',
  ].join('\n');
}

const NAME = '__NAME__';

/** Forms that are the same at several destinations have one name. */
function nameOf(contents, type, at, text) {
  for (const [name, known] of contents) if (known.text === text && known.type === type) return name;
  const first = `${type}Content`;
  const name = contents.has(first) ? `${type}${pascal(at)}Content` : first;
  contents.set(name, { type, text });
  return name;
}

function contentOf(type, { panel, rules }) {
  const card = type.cardType === undefined ? [] : [`card_type: '${type.cardType}';`];
  return interfaceOf(NAME, `${sentence(type)}${ruleText(rules)}`, [...card, ...panel.content.flatMap(member)]);
}

function sentence({ summary }) {
  return `${summary.en.replace(/\.$/, '')}.`;
}

function interfaceOf(name, doc, members) {
  return [`/** ${doc} */`, `export interface ${name} {`, ...indented(members), '}', ''].join('\n');
}

/** The lines of one field: what it is, then its name and type. */
function member(field) {
  const optional = !field.required || field.when !== undefined;
  const lines = typeOf(field);
  const [first, ...rest] = lines;
  const typed = [`${field.name}${optional ? '?' : ''}: ${first}`, ...rest];
  typed[typed.length - 1] += `${optional ? ' | undefined' : ''};`;
  return [`/** ${docOf(field)} */`, ...typed];
}

/**
 * What people may write; what only panels and expressions give, such as "1" for 1, is taken as well but not suggested.
 */
function typeOf({ control, media, inline, choices = [], fields = [] }) {
  switch (control) {
    case 'number':
      return ['NumberInput'];
    case 'switch':
      return ['SwitchInput'];
    case 'choice':
      return [choices.map(({ value }) => (typeof value === 'number' ? String(value) : `'${value}'`)).join(' | ')];
    case 'ids':
      return ['IdsInput'];
    case 'media':
      if (media === undefined) throw new Error('A media field without a kind');
      return [inline ? 'MediaFile | FileToRead' : 'MediaInput'];
    case 'group':
      return ['{', ...indented(fields.flatMap(member)), '}'];
    case 'list':
      return ['readonly {', ...indented(fields.flatMap(member)), '}[]'];
    case 'line':
    case 'area':
    case 'html':
    case 'markdown':
    case 'url':
      return ['string'];
    default:
      throw new Error(`No type is known for fields of the control "${control}": add it here`);
  }
}

/** Label, help and limits, as an editor shows them. */
function docOf(field) {
  const { label, help, control, required, when, choices = [] } = field;
  const parts = [
    label.en,
    help?.en,
    limits(field),
    choices.map((choice) => `${choice.value}: ${choice.label.en}`).join('; '),
    when && `${required ? 'Needed' : 'Counts'} when ${when.field} is ${when.is.join(' or ')}`,
    field.default !== undefined && control !== 'switch' && `${field.default} if absent`,
    ruleText(field.rules).trim(),
  ];
  const text = parts.filter(Boolean).map((part) => (/[.…]$/.test(part) ? part : `${part}.`));
  return text.join(' ').replaceAll('*/', '* /');
}

const TOO_LONG = { split: 'Longer ones go out as several messages', shorten: 'Longer ones can be shortened' };

function limits({ control, tooLong, maxBytes, maxCharacters, advisedCharacters, min, max, unit }) {
  const text = [];
  const bytes = maxBytes?.toLocaleString('en-US');
  if (maxBytes !== undefined)
    text.push(control === 'media' ? `At most ${bytes} bytes` : `At most ${bytes} bytes of UTF-8`);
  if (tooLong !== undefined) text.push(TOO_LONG[tooLong]);
  if (maxCharacters !== undefined) text.push(`At most ${maxCharacters} characters`);
  if (advisedCharacters !== undefined) text.push(`About ${advisedCharacters} characters are shown`);
  const things = { list: ' entries', ids: ' IDs', number: unit ? ` ${unit.en}` : '' }[control];
  if (things !== undefined && min !== undefined && max !== undefined) text.push(`${min} to ${max}${things}`);
  return text.join('. ');
}

function ruleText({ oneOf = [], together = [] } = {}) {
  return [
    ...oneOf.map((names) => ` One of ${names.join(', ')} is needed.`),
    ...together.map((names) => ` ${names.join(' and ')} go together.`),
  ].join('');
}

function indented(lines) {
  return lines.map((line) => `  ${line}`);
}

function pascal(name) {
  return name.replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
}
