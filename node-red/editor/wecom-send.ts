import type { PanelField, PanelType } from '../panel/panel-field';
import { ANY_TYPE, destinationOf, SEND, UPDATE_CARD } from '../panel/plan';
import { AT_ONCE, QUEUE_LENGTH } from '../panel/queue-limits';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { CARD_JSON, contentKey, saysNothing, typedText } from '../panel/stored-value';
import { cardAsWritten } from './card-json';
import { carriedOver } from './carry-over';
import { chosenTooLong, REFIT } from './too-long';
import { jsonRow } from './json-row';
import { tellLanguage } from './locale';
import { translateStatuses } from './status';
import type { EditorNode } from './node-red-editor';
import { nodeLabel } from './node-label';
import { findByKeywords } from './palette-search';
import { below, operationFields, panelProblems } from './panel-problems';
import { renderFields } from './panel-rows';
import { panels } from './panels';
import { savedPlan, shownPlan, typeOf, writtenOut } from './plan';
import type { FullPlan } from './plan';
import { inside, sentenceOf } from './problem';
import type { Problem } from './problem';
import type { Place, Rows } from './row';
import { foldingSection, sectionTitle } from './section';
import { digits, translator } from './translate';
import { offerTypes } from './type-list';
import type { Translate } from './translate';

const ROOT = 'wecom-send';

/** The node whose dialog is open, and what reads it when it is saved. */
let open: { readonly node: EditorNode; readonly read: () => StoredValues } | undefined;

/** A part of the dialog that is drawn anew when what the node does changes. */
interface Part {
  /** The keys of the stored values that its rows stand for. */
  readonly keys: readonly string[];
  read(): StoredValues;
  show(problems: readonly Problem[]): void;
}

const DECIDING = ['operation', 'to', 'msgtype', 'cardAs', 'updateAs'] as const;

function prepare(node: EditorNode): void {
  const t = translator(node, ROOT);
  // Values of types that are looked at and left again are kept until the dialog closes.
  let draft: StoredValues = storedValues(node);
  let parts: readonly Part[] = [];
  // The type whose rows were shown last.
  let before: PanelType | undefined;
  const saved = savedPlan(node);
  // The type somebody chose comes back when a destination that has it does.
  let wanted = saved.msgtype;
  const msgtype = $('#node-input-msgtype');

  const operation = $('#node-input-operation');
  for (const name of [SEND, UPDATE_CARD, ...panels.operations.map((entry) => entry.name)])
    operation.append(
      $('<option></option>')
        .val(name)
        .text(t(`${operationWords(name)}.label`)),
    );
  for (const name of DECIDING) if (name !== 'msgtype') $(`#node-input-${name}`).val(saved[name]);

  const draw = (choose: boolean) => {
    draft = current(draft, parts);
    offerTypes(msgtype, shownPlan(), { wanted, choose, t });
    const plan = shownPlan();
    const type = typeOf(plan);
    if (choose && before && type && before.name !== type.name) draft = carriedOver(before, type, draft);
    if (type?.json && plan.cardAs === 'json' && draft[CARD_JSON] === undefined) {
      const written = cardAsWritten(type, draft);
      if (written) draft = { ...draft, [CARD_JSON]: written };
    }
    before = type ?? before;
    showRows(plan, t);
    tellForgotten(type, draft, t);
    parts = drawParts(plan, draft, t);
    followRows();
    judge();
  };
  const read = () => Object.assign({}, ...parts.map((part) => part.read())) as StoredValues;
  const judge = () => {
    const problems = panelProblems(shownPlan(), read(), t);
    for (const part of parts) part.show(problems);
  };
  // Every control tells of its changes, and much of what is wrong lies between two of them.
  $('#wecom-send-operation').closest('.wecom-form').on('input change', soon(judge));
  for (const name of DECIDING) {
    $(`#node-input-${name}`).on('change', () => {
      if (name === 'msgtype') wanted = typedText(msgtype.val());
      draw(true);
    });
  }

  const section = $('#wecom-send-options');
  $('#node-input-filesIn').on('input', followRows);
  draw(false);
  foldingSection(section, sectionTitle(section, t, ROOT), prepareOptions(node, draft));

  open = { node, read };
}

/** Fills in what a flow does not say of the queue. Gives whether any option is another than the usual. */
function prepareOptions(node: EditorNode, values: StoredValues): boolean {
  const options = new Set(
    Object.values(panels.destinations).flatMap((types) =>
      types.flatMap((type) => type.options.map(({ name }) => name)),
    ),
  );
  const inQueue = Object.entries(QUEUE_STANDARD).some(
    ([name, standard]) => !isBlank(node[name]) && String(node[name]) !== String(standard),
  );
  // Flows that were saved before there were queues hold none of this.
  for (const [name, standard] of Object.entries(QUEUE_STANDARD))
    if (isBlank(node[name])) $(`#node-input-${name}`).val(String(standard));
  return (
    Boolean(node['failOnUndelivered'] || node['checkOnly']) ||
    inQueue ||
    Object.keys(values).some((key) => options.has(key))
  );
}

/** Runs once after all that happens now: the controls tell of one change several times. */
function soon(run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      run();
    });
  };
}

/** The folder is asked for where a path is, and most of all where that comes from the flow. */
function followRows(): void {
  // What was entered in a list or group that now comes from the flow is not sent.
  const counts = (row: HTMLElement) =>
    $(row).parents('.wecom-list, .wecom-group').parent(':not(.wecom-own)').length === 0;
  const isAny = (what: string) => $('#wecom-send-content').find(what).toArray().some(counts);
  const filesIn = $('#wecom-send-files-in').toggle(isAny('[data-path]'));
  filesIn.find('.wecom-warning').toggle(isAny('[data-path=flow]') && isBlank($('#node-input-filesIn').val()));
  RED.tray.resize();
}

/** What was stored, with what stands in the rows now; what was emptied there is gone. */
function current(draft: StoredValues, parts: readonly Part[]): StoredValues {
  const shown = new Set(parts.flatMap(({ keys }) => keys));
  const others = Object.fromEntries(Object.entries(draft).filter(([key]) => !shown.has(key)));
  return Object.assign(others, ...parts.map((part) => part.read())) as StoredValues;
}

function showRows(plan: FullPlan, t: Translate): void {
  const destination = destinationOf(plan);
  const sends = plan.operation === SEND;
  const type = typeOf(plan);
  $('#wecom-send-operation').text(t(`${operationWords(plan.operation)}.summary`));
  $('#wecom-send-to').toggle(sends);
  const hints: Readonly<Record<string, string>> = {
    everyone: 'to.everyoneHint',
    chat: 'to.chatHint',
    robot: 'to.robotHint',
  };
  const hint = hints[plan.to];
  $('#wecom-send-to-hint')
    .toggle(hint !== undefined)
    .text(hint === undefined ? '' : t(hint));
  $('#wecom-send-app').toggle(destination !== 'robot');
  $('#wecom-send-robot').toggle(destination === 'robot');
  $('#wecom-send-update-as').toggle(plan.operation === UPDATE_CARD);
  $('#wecom-send-msgtype').toggle(destination !== undefined);
  $('#wecom-send-templates').toggle(destination !== undefined && type?.name !== ANY_TYPE);
  $('#wecom-send-summary').text(t(type ? `types.${type.name}.summary` : 'problem.msgtype'));
  $('#wecom-send-wechat').toggle(sends && destination !== 'robot' && type?.shownInWechat === false);
  $('#wecom-send-card-as').toggle(type?.json === true);
  const names = sends ? destination === 'app' : plan.operation === UPDATE_CARD;
  $('#wecom-send-undelivered').toggle(names);
  $('#wecom-send-queue').toggle(sends);
  $('#wecom-send-check-only').toggle(sends);
  $('#wecom-send-options').toggle(sends || names || (type?.options.length ?? 0) > 0);
}

/** Done keeps what is shown; what was entered for another type stays until then. */
function tellForgotten(type: PanelType | undefined, draft: StoredValues, t: Translate): void {
  const holds = ({ name, content }: PanelType) => {
    const values = below(draft, contentKey(name, ''));
    return content.some((field) => {
      const stored = values[field.name];
      return stored !== undefined && !saysNothing(field, stored);
    });
  };
  const others = new Set(
    Object.values(panels.destinations)
      .flat()
      .filter((other) => other.name !== type?.name && holds(other))
      .map(({ name }) => name),
  );
  const types = [...others].map((name) => t(`types.${name}.label`)).join(t('problem.comma'));
  $('#wecom-send-forgotten')
    .toggle(types !== '')
    .text(types === '' ? '' : t('hint.forgotten', { types }));
}

function drawParts(plan: FullPlan, draft: StoredValues, t: Translate): Part[] {
  const boxes = {
    recipients: $('#wecom-send-recipients'),
    operation: $('#wecom-send-operation-rows'),
    button: $('#wecom-send-button'),
    content: $('#wecom-send-content'),
    options: $('#wecom-send-option-rows'),
  };
  for (const box of Object.values(boxes)) box.empty();
  const type = typeOf(plan);
  const place = (words: string, path: string): Place => ({
    t,
    words,
    path,
    tooLong: () => chosenTooLong(boxes.options, type),
    appId: () => (plan.to === 'robot' ? anyApp() : typedText($('#node-input-app').val())),
    changed: followRows,
  });
  const rows = (box: JQuery, fields: readonly PanelField[], words: string, prefix = ''): Part => {
    return part(fields, prefix, renderFields(box, fields, below(draft, prefix), place(words, prefix)));
  };
  const parts: Part[] = [];
  if (plan.operation === SEND && plan.to === 'named') {
    parts.push(rows(boxes.recipients, panels.recipients, 'recipients'));
  }
  if (plan.operation === SEND && plan.to === 'chat') parts.push(rows(boxes.recipients, panels.chat, 'chat'));
  if (plan.operation !== SEND) {
    const prefix = contentKey(plan.operation, '');
    const words = `operations.${plan.operation}.fields`;
    const { first, button } = operationFields(plan);
    parts.push(rows(boxes.operation, first, words, prefix));
    if (button.length > 0) parts.push(rows(boxes.button, button, words, prefix));
    for (const { name } of first.filter((field) => field.principal))
      $('<div class="wecom-help"></div>')
        .text(t('hint.chained'))
        .appendTo(boxes.operation.find(`> [data-field="${prefix}${name}"]`));
  }
  if (type) {
    const json = writtenOut(type, plan);
    if (json) parts.push(jsonPart(boxes.content, json, draft[json], t));
    else parts.push(rows(boxes.content, type.content, `${type.words}.content`, contentKey(type.name, '')));
    parts.push(rows(boxes.options, type.options, `${type.words}.options`));
    // What is too long depends on what happens with it.
    const refit = () => boxes.content.find('*').trigger(REFIT);
    boxes.options.find('> [data-field="too_long"]').on('change', refit);
    refit();
  }
  return parts;
}

/** A robot has no app; whoever is in its group can be found with one all the same. */
function anyApp(): string {
  let found = '';
  RED.nodes.eachConfig((node) => {
    if (found === '' && node.type === 'wecom-app') found = node.id;
    return true;
  });
  return found;
}

function jsonPart(
  box: JQuery,
  key: NonNullable<ReturnType<typeof writtenOut>>,
  stored: StoredValue | undefined,
  t: Translate,
): Part {
  const row = jsonRow(key, stored, t);
  box.append(row.element);
  return {
    keys: [key],
    read: () => ({ [key]: row.read() as StoredValue }),
    show: (problems) => row.show(inside(problems, key)),
  };
}

/** Rows whose values are stored with `prefix` in front of their names. */
function part(fields: readonly PanelField[], prefix: string, rows: Rows): Part {
  return {
    keys: fields.map(({ name }) => prefix + name),
    read: () => Object.fromEntries(Object.entries(rows.read()).map(([name, value]) => [prefix + name, value])),
    show: (problems) =>
      rows.show(
        problems.map((problem) => ({
          ...problem,
          paths: problem.paths.flatMap(([key, ...rest]) =>
            typeof key === 'string' && key.startsWith(prefix) ? [[key.slice(prefix.length), ...rest]] : [],
          ),
        })),
      ),
  };
}

function operationWords(name: string): string {
  return name === SEND ? 'send' : `operations.${name}`;
}

function save(node: EditorNode): void {
  if (open?.node === node) node['fields'] = open.read();
  open = undefined;
}

/** The plan of a node: that of its dialog while it is open. */
function planOf(node: EditorNode): FullPlan {
  return open?.node === node && $('#node-input-updateAs').length > 0 ? shownPlan() : savedPlan(node);
}

/** @returns true, or what is wrong with the config node that the destination needs */
function validateConfig(node: EditorNode, property: 'app' | 'robot', value: unknown): true | string {
  if ((destinationOf(planOf(node)) === 'robot') !== (property === 'robot')) return true;
  const t = translator(node, ROOT);
  const config = typeof value === 'string' && value !== '' && value !== '_ADD_' ? RED.nodes.node(value) : null;
  if (!config) return t(property === 'robot' ? 'problem.noRobot' : 'problem.noApp');
  return config['valid'] === false ? t(`status.${property}-wrong`) : true;
}

const QUEUE_STANDARD = { rateLimits: 'wait', queueLength: QUEUE_LENGTH.standard, atOnce: AT_ONCE.standard } as const;

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** @returns true, or what the number must be */
function validateQueue(node: EditorNode, property: 'queueLength' | 'atOnce', value: unknown): true | string {
  const { min, max } = property === 'queueLength' ? QUEUE_LENGTH : AT_ONCE;
  const number = Number(value);
  if (
    isBlank(value) ||
    /^\$\{[^}]+\}$/.test(String(value)) ||
    (Number.isInteger(number) && number >= min && number <= max)
  )
    return true;
  const t = translator(node, ROOT);
  return t('problem.number', { label: t(`label.${property}`), min, max: digits(max) });
}

/** @returns true, or every problem of the panel, as the editor lists those of several properties */
function validate(node: EditorNode, fields: unknown): true | string {
  const t = translator(node, ROOT);
  const values = typeof fields === 'object' && fields !== null ? (fields as StoredValues) : {};
  const problems = panelProblems(savedPlan(node), values, t).map((problem) => sentenceOf(problem, t));
  return problems.length === 0 || [...new Set(problems)].join('\n  - ');
}

/** What stands under a node without a name. */
function label(node: EditorNode): string {
  return nodeLabel(node, translator(node, ROOT));
}

function storedValues(node: EditorNode): StoredValues {
  return typeof node['fields'] === 'object' && node['fields'] !== null ? (node['fields'] as StoredValues) : {};
}

/** The kind of node is known to the editor now. */
function registered(): void {
  translateStatuses(ROOT);
  tellLanguage();
}

Object.assign(window, {
  wecomSend: { registered, prepare, save, validate, validateConfig, validateQueue, label, findByKeywords },
});
