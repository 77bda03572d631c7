import type { StoredValue, StoredValues } from '../panel/stored-value';
import { contentKey, typedText } from '../panel/stored-value';
import { fieldProblems } from './field-problems';
import type { EditorNode } from './node-red-editor';
import { renderFields } from './panel-rows';
import { panels } from './panels';
import { renderRecipients } from './recipient-rows';
import type { Place } from './row';
import { foldingSection, sectionTitle } from './section';
import { translator } from './translate';

const ROOT = 'wecom-send';

/** What the open dialog of a node reads when it is saved. */
const dialogs = new WeakMap<EditorNode, () => StoredValues>();

function prepare(node: EditorNode): void {
  const t = translator(node, ROOT);
  // Values of types that are looked at and left again are kept until the dialog closes.
  let draft: StoredValues = storedValues(node);
  let readType: () => StoredValues = () => ({});
  const msgtype = $('#node-input-msgtype');
  const content = $('#wecom-send-content');
  const options = $('#wecom-send-option-rows');
  const resized = () => RED.tray.resize();
  const place = (words: string, path: string): Place => ({ t, words, path, resized });

  for (const type of panels.types) msgtype.append($('<option></option>').val(type.msgtype).text(t(`types.${type.msgtype}.label`)));
  msgtype.val(typedText(node['msgtype']));

  const readRecipients = renderRecipients($('#wecom-send-recipients'), panels.recipients, draft, place('recipients', ''), () => String($('#node-input-app').val() ?? ''));
  const to = $('#node-input-to');
  const showRecipients = () => {
    const everyone = to.val() === 'everyone';
    $('#wecom-send-recipients').toggle(!everyone);
    $('#wecom-send-everyone').toggle(everyone);
    resized();
  };
  to.on('change', showRecipients);

  const showType = () => {
    draft = { ...draft, ...readType() };
    const type = panels.types.find((entry) => entry.msgtype === msgtype.val());
    content.empty();
    options.empty();
    readType = () => ({});
    $('#wecom-send-summary').text(t(type ? `types.${type.msgtype}.summary` : 'problem.msgtype'));
    $('#wecom-send-wechat').toggle(type?.shownInWechat === false);
    if (type) {
      const prefix = contentKey(type.msgtype, '');
      const readContent = renderFields(content, type.content, contentOf(draft, type.msgtype), place(`types.${type.msgtype}.content`, prefix));
      const readOptions = renderFields(options, type.options, draft, place(`types.${type.msgtype}.options`, ''));
      readType = () => ({ ...Object.fromEntries(Object.entries(readContent()).map(([name, value]) => [prefix + name, value])), ...readOptions() });
    }
    resized();
  };
  msgtype.on('change', showType);

  const section = $('#wecom-send-options');
  const hasOptions = Boolean(node['failOnUndelivered']) || Object.keys(draft).some((key) => panels.types.some((type) => type.options.some(({ name }) => name === key)));
  showType();
  showRecipients();
  foldingSection(section, sectionTitle(section, t, ROOT), hasOptions);

  dialogs.set(node, () => ({ ...readRecipients(), ...readType() }));
}

function save(node: EditorNode): void {
  const read = dialogs.get(node);
  if (read) node['fields'] = read();
  dialogs.delete(node);
}

/** @returns true, or every problem of the panel as one text */
function validate(node: EditorNode, fields: unknown): true | string {
  const t = translator(node, ROOT);
  const values = typeof fields === 'object' && fields !== null ? (fields as StoredValues) : {};
  const type = panels.types.find((entry) => entry.msgtype === node['msgtype']);
  const problems = [
    ...(node['to'] === 'everyone' || panels.recipients.some(({ name }) => values[name] !== undefined) ? [] : [t('problem.recipients')]),
    ...(type ? [] : [t('problem.msgtype')]),
    ...(type ? fieldProblems(type.content, contentOf(values, type.msgtype), `types.${type.msgtype}.content`, t) : []),
    ...(type ? fieldProblems(type.options, values, `types.${type.msgtype}.options`, t) : []),
  ];
  return problems.length === 0 || problems.join('; ');
}

/** What stands under a node without a name: the message type, and to whom it goes if that was typed in. */
function label(node: EditorNode): string {
  const t = translator(node, ROOT);
  const type = panels.types.find((entry) => entry.msgtype === node['msgtype']);
  const who = node['to'] === 'everyone' ? t('to.everyone') : typedRecipients(storedValues(node));
  return `${type ? t(`types.${type.msgtype}.label`) : t('title')}${who === '' ? '' : ` → ${who}`}`;
}

const LABEL_CHARACTERS = 24;

function typedRecipients(values: StoredValues): string {
  const typed = panels.recipients.flatMap(({ name }): string[] => {
    const stored: StoredValue | undefined = values[name];
    return stored?.type === 'str' ? [typedText(stored.value)] : [];
  }).join(', ');
  return typed.length > LABEL_CHARACTERS ? `${typed.slice(0, LABEL_CHARACTERS)}…` : typed;
}

function storedValues(node: EditorNode): StoredValues {
  return typeof node['fields'] === 'object' && node['fields'] !== null ? (node['fields'] as StoredValues) : {};
}

function contentOf(values: StoredValues, msgtype: string): StoredValues {
  const prefix = contentKey(msgtype, '');
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [])));
}

Object.assign(window, { wecomSend: { prepare, save, validate, label } });
