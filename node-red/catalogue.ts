/**
 * What the build makes from core and from the wording of the nodes: locale files, the panels for the
 * editor. Nothing of it is part of the package's runtime.
 */
import { allOperations, chatFields, messageTypes, operations, recipientFields, typesAt, updateCard } from '../core';
import type { Destination, Field, Language, MessageForm, MessageType, Operation, Wording } from '../core';
import type { PanelField, PanelOperation, Panels, PanelType } from './panel/panel-field';
import { ANY_TYPE } from './panel/plan';
import { withoutPrincipal } from './runtime/reading/panel-reader';
import { appNodeWording } from './wording/app-node';
import { chineseExamples } from './wording/examples';
import { robotNodeWording } from './wording/robot-node';
import { sendNodeWording } from './wording/send-node';

export const LOCALES: Readonly<Record<string, Language>> = { 'en-US': 'en', 'zh-CN': 'zh' };

type Texts = { [key: string]: string | Texts };

const DESTINATIONS = ['app', 'chat', 'robot', 'update'] as const;

/** The JSON locale files of all nodes. */
export function localeFiles(
  language: Language,
  catalogue: readonly MessageType[] = messageTypes,
): Readonly<Record<string, Texts>> {
  const { anyType, ...ownWording } = sendNodeWording;
  return {
    'wecom-app': { 'wecom-app': inLanguage(appNodeWording, language) },
    'wecom-robot': { 'wecom-robot': inLanguage(robotNodeWording, language) },
    'wecom-send': {
      'wecom-send': {
        ...inLanguage(ownWording, language),
        recipients: fieldTexts(recipientFields, language),
        chat: fieldTexts(chatFields, language),
        operations: Object.fromEntries(
          allOperations.map(({ name, label, summary, fields }) => [
            name,
            { label: inCase(label, language), summary: summary[language], fields: fieldTexts(fields, language) },
          ]),
        ),
        types: Object.fromEntries<Texts>([
          [ANY_TYPE, inLanguage(anyType, language)],
          ...catalogue.map((type): [string, Texts] => [
            type.name,
            {
              label: inCase(type.label, language),
              summary: type.summary[language],
              ...Object.fromEntries(
                wordings(type).map(({ name, content, options }) => [
                  name,
                  { content: fieldTexts(content, language), options: fieldTexts(options, language) },
                ]),
              ),
            },
          ]),
        ]),
      },
    },
  };
}

/** What the editor draws panels from: the fields without their words, which stand in the locale files. */
export function editorPanels(catalogue: readonly MessageType[] = messageTypes): Panels {
  const at = (destination: Destination) =>
    typesAt(destination, catalogue).map(({ type, form }) => panelType(type, form, destination));
  return {
    recipients: recipientFields.map((field) => ({ ...panelField(field), several: true })),
    chat: chatFields.map(panelField),
    destinations: { app: at('app'), chat: at('chat'), robot: at('robot'), update: at('update') },
    updateCard: panelOperation(updateCard),
    operations: operations.map(panelOperation),
  };
}

function inLanguage(wording: Readonly<Record<string, unknown>>, language: Language): Texts {
  return Object.fromEntries(
    Object.entries(wording).map(([key, value]) => [
      key,
      isWording(value) ? value[language] : inLanguage(value as Record<string, unknown>, language),
    ]),
  );
}

interface SharedWording {
  /** Of the first destination that has these words. */
  readonly name: Destination;
  readonly destinations: Destination[];
  content: readonly Field[];
  options: readonly Field[];
}

/** The words of a type, once for all destinations that say the same of the fields they have in common. */
function wordings(type: MessageType): readonly SharedWording[] {
  const found: SharedWording[] = [];
  for (const {
    destination,
    form: { panel },
  } of formsOf(type)) {
    const same = found.find(({ content, options }) => agree(content, panel.content) && agree(options, panel.options));
    if (same) {
      same.destinations.push(destination);
      same.content = union(same.content, panel.content);
      same.options = union(same.options, panel.options);
    } else {
      found.push({ name: destination, destinations: [destination], ...panel });
    }
  }
  return found;
}

/** Whether two lists of fields have the same words wherever they have the same names. */
function agree(one: readonly Field[], other: readonly Field[]): boolean {
  return one.every((field) => {
    const twin = other.find(({ name }) => name === field.name);
    if (!twin) return true;
    const words = ({ label, help, placeholder, unit, entryLabel }: Field) =>
      JSON.stringify([label, help, placeholder, unit, entryLabel]);
    const choices = (field.choices ?? []).every(({ value, label }) =>
      (twin.choices ?? []).every((choice) => choice.value !== value || choice.label.en === label.en),
    );
    return words(field) === words(twin) && choices && agree(field.fields ?? [], twin.fields ?? []);
  });
}

function union(one: readonly Field[], other: readonly Field[]): readonly Field[] {
  const merged = one.map((field) => {
    const twin = other.find(({ name }) => name === field.name);
    if (!twin) return field;
    const choices = [
      ...(field.choices ?? []),
      ...(twin.choices ?? []).filter(({ value }) => !(field.choices ?? []).some((choice) => choice.value === value)),
    ];
    return {
      ...field,
      ...(choices.length > 0 && { choices }),
      ...(field.fields && { fields: union(field.fields, twin.fields ?? []) }),
    };
  });
  return [...merged, ...other.filter(({ name }) => !one.some((field) => field.name === name))];
}

function formsOf(type: MessageType): { readonly destination: Destination; readonly form: MessageForm }[] {
  return DESTINATIONS.flatMap((destination) => {
    const form = type.forms[destination];
    return form ? [{ destination, form }] : [];
  });
}

function fieldTexts(fields: readonly Field[], language: Language): Texts {
  return Object.fromEntries(
    fields.map(({ name, label, help, placeholder, unit, entryLabel, pattern, choices, fields: inner }) => [
      name,
      {
        label: inCase(label, language),
        ...(help && { help: help[language] }),
        ...(placeholder !== undefined && {
          placeholder: language === 'zh' ? (chineseExamples[placeholder] ?? placeholder) : placeholder,
        }),
        ...(unit && { unit: unit[language] }),
        ...(entryLabel && { entryLabel: inCase(entryLabel, language) }),
        ...(pattern && { pattern: pattern.wording[language] }),
        ...(choices && {
          choices: Object.fromEntries(choices.map((choice) => [choice.value, inCase(choice.label, language)])),
        }),
        ...(inner && { fields: fieldTexts(inner, language) }),
      },
    ]),
  );
}

/**
 * n8n writes labels in title case, Node-RED writes them like sentences. Names and abbreviations keep their capitals:
 * "Mini-Program App ID" becomes "Mini-program app ID".
 */
function inCase(label: Wording, language: Language): string {
  if (language !== 'en') return label[language];
  const [first = '', ...rest] = label.en.split(/(?<=[ (-])/);
  return first + rest.map((word) => (PROPER.test(word) ? word : word.toLowerCase())).join('');
}

const PROPER = /^(?:WeCom|WeChat|Markdown|[A-Z]{2,}s?)\b/;

function panelOperation({ name, fields, rules }: Pick<Operation, 'name' | 'fields' | 'rules'>): PanelOperation {
  return { name, fields: fields.map(panelField), ...(rules && { rules }) };
}

function panelType(type: MessageType, { everyone, panel, rules }: MessageForm, destination: Destination): PanelType {
  const words = wordings(type).find(({ destinations }) => destinations.includes(destination))?.name ?? destination;
  return {
    name: type.name,
    words: `types.${type.name}.${words}`,
    group: groupOf(type),
    json: type.cardType !== undefined,
    shownInWechat: type.shownInWechat,
    everyone,
    content: (destination === 'update' ? withoutPrincipal(panel.content) : panel.content).map(panelField),
    ...(rules && { rules }),
    options: panel.options.map(panelField),
  };
}

/** Cards; files; texts that may go out as several messages; and what is made of a title, a picture and a page. */
function groupOf({ cardType, forms }: MessageType): PanelType['group'] {
  if (cardType !== undefined) return 'card';
  const principal = Object.values(forms).flatMap(({ panel }) => panel.content.filter((field) => field.principal));
  if (principal.some(({ media }) => media !== undefined)) return 'media';
  return principal.some(({ tooLong }) => tooLong === 'split') ? 'text' : 'article';
}

function panelField({
  label: _label,
  help,
  placeholder,
  unit,
  entryLabel: _entryLabel,
  choices,
  fields,
  pattern,
  shownWhen,
  ...field
}: Field): PanelField {
  return {
    ...field,
    help: help !== undefined,
    placeholder: placeholder !== undefined,
    unit: unit !== undefined,
    ...(shownWhen && { when: shownWhen }),
    ...(pattern && { pattern: pattern.matches.source }),
    ...(choices && { choices: choices.map((choice) => choice.value) }),
    ...(fields && { fields: fields.map(panelField) }),
  };
}

function isWording(value: unknown): value is Wording {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Wording).en === 'string' &&
    typeof (value as Wording).zh === 'string'
  );
}
