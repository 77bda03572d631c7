/**
 * What the build makes from core and from the wording of the nodes: locale files, the panels for the
 * editor and the tables of the help. Nothing of it is part of the package's runtime.
 */
import { formatBytes, mediaKinds, messageTypes, recipientFields } from '../core';
import type { Field, Language, MessageType, Wording } from '../core';
import type { PanelField, PanelType } from './panel/panel-field';
import { appNodeWording } from './wording/app-node';
import { sendNodeWording } from './wording/send-node';

export const LOCALES: Readonly<Record<string, Language>> = { 'en-US': 'en', 'zh-CN': 'zh' };

type Texts = { [key: string]: string | Texts };

/** The JSON locale files of both nodes. */
export function localeFiles(language: Language): Readonly<Record<string, Texts>> {
  return {
    'wecom-app': { 'wecom-app': inLanguage(appNodeWording, language) },
    'wecom-send': {
      'wecom-send': {
        ...inLanguage(sendNodeWording, language),
        recipients: fieldTexts(recipientFields, language),
        types: Object.fromEntries((messageTypes as readonly MessageType[]).map((type) => [type.msgtype, {
          label: type.label[language],
          summary: type.summary[language],
          content: fieldTexts(type.panel.content, language),
          options: fieldTexts(type.panel.options, language),
        }])),
      },
    },
  };
}

/** What the editor draws panels from: the fields without their words, which stand in the locale files. */
export function editorPanels(): { readonly recipients: PanelField[]; readonly types: PanelType[] } {
  return {
    recipients: recipientFields.map(panelField),
    types: messageTypes.map(({ msgtype, shownInWechat, panel }) => ({ msgtype, shownInWechat, content: panel.content.map(panelField), options: panel.options.map(panelField) })),
  };
}

/** Fills `{{fields}}` (a section for each message type) and `{{recipients}}` in a help text. */
export function fillHelp(help: string, language: Language): string {
  return help
    .replace('{{fields}}', () => (messageTypes as readonly MessageType[]).map((type) => typeHelp(type, language)).join('\n\n'))
    .replace('{{recipients}}', () => fieldList(recipientFields, language, ''));
}

function inLanguage(wording: Readonly<Record<string, unknown>>, language: Language): Texts {
  return Object.fromEntries(Object.entries(wording).map(([key, value]) => [key, isWording(value) ? value[language] : inLanguage(value as Record<string, unknown>, language)]));
}

function fieldTexts(fields: readonly Field[], language: Language): Texts {
  return Object.fromEntries(fields.map(({ name, label, help, unit, entryLabel, choices, fields: inner }) => [name, {
    label: label[language],
    ...(help && { help: help[language] }),
    ...(unit && { unit: unit[language] }),
    ...(entryLabel && { entryLabel: entryLabel[language] }),
    ...(choices && { choices: Object.fromEntries(choices.map((choice) => [choice.value, choice.label[language]])) }),
    ...(inner && { fields: fieldTexts(inner, language) }),
  }]));
}

function panelField({ label: _label, help, unit, entryLabel: _entryLabel, choices, fields, ...field }: Field): PanelField {
  return {
    ...field,
    help: help !== undefined,
    unit: unit !== undefined,
    ...(choices && { choices: choices.map((choice) => choice.value) }),
    ...(fields && { fields: fields.map(panelField) }),
  };
}

function typeHelp({ msgtype, label, summary, panel }: MessageType, language: Language): string {
  return `#### ${label[language]} (\`${msgtype}\`)\n\n${sentence(summary[language], language)}\n\n${fieldList(panel.content, language, '')}`;
}

function fieldList(fields: readonly Field[], language: Language, indent: string): string {
  return fields.map((field) => {
    const facts = [limitOf(field, language), field.required ? '' : REQUIRED.no[language]].filter((fact) => fact !== '').join(language === 'zh' ? '，' : ', ');
    const help = field.help ? `${language === 'zh' ? '：' : ': '}${escaped(field.help[language])}` : '';
    const line = `${indent}- **${field.label[language]}** (\`${field.name}\`${facts === '' ? '' : `, ${facts}`})${help}`;
    return field.fields ? `${line}\n${fieldList(field.fields, language, `${indent}    `)}` : line;
  }).join('\n');
}

const REQUIRED: Readonly<Record<'no', Wording>> = { no: { en: 'optional', zh: '可选' } };

function limitOf({ maxBytes, maxCharacters, media, min, max, control }: Field, language: Language): string {
  if (maxBytes !== undefined) return formatBytes(maxBytes)[language];
  if (maxCharacters !== undefined) return language === 'zh' ? `最多 ${maxCharacters} 个字符` : `at most ${maxCharacters} characters`;
  if (media) return formatBytes(mediaKinds[media].maxBytes)[language];
  if (control === 'list') return language === 'zh' ? `${min} 至 ${max} 项` : `${min} to ${max} entries`;
  return '';
}

/** Help texts show tags, stars and addresses; the renderer must not take them for its own. */
function escaped(text: string): string {
  return text.replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;')).replace(/([*_#`[\]])/g, '\\$1').replaceAll('://', '&colon;//');
}

function sentence(text: string, language: Language): string {
  return text + (language === 'zh' ? '。' : '.');
}

function isWording(value: unknown): value is Wording {
  return typeof value === 'object' && value !== null && typeof (value as Wording).en === 'string' && typeof (value as Wording).zh === 'string';
}
