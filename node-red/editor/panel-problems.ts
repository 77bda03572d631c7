import type { PanelField } from '../panel/panel-field';
import { ANY_TYPE, destinationOf, GREY_BUTTON, SEND, UPDATE_CARD } from '../panel/plan';
import type { StoredValues } from '../panel/stored-value';
import { CARD_JSON, contentKey } from '../panel/stored-value';
import { fieldProblems } from './field-problems';
import { isBrokenJson } from './json-row';
import { panels } from './panels';
import { typeOf, writtenOut } from './plan';
import type { FullPlan } from './plan';
import type { Problem } from './problem';
import { tooLongIn } from './too-long';
import type { Translate } from './translate';

/** Everything that is wrong with what a node is to do; the paths begin with the keys of the stored values. */
export function panelProblems(plan: FullPlan, values: StoredValues, t: Translate): Problem[] {
  return [
    ...addressProblems(plan, values, t),
    ...operationProblems(plan, values, t),
    ...messageProblems(plan, values, t),
  ];
}

function addressProblems(plan: FullPlan, values: StoredValues, t: Translate): Problem[] {
  if (plan.operation !== SEND) return [];
  // The message itself may name them.
  const mayBeNobody = plan.msgtype === ANY_TYPE;
  if (plan.to === 'chat' && mayBeNobody && panels.chat.every(({ name }) => values[name] === undefined)) return [];
  if (plan.to === 'chat') return fieldProblems(panels.chat, values, 'chat', { t });
  if (plan.to !== 'named') return [];
  const names = panels.recipients.map(({ name }) => name);
  const nobody: Problem = {
    paths: names.map((name) => [name]),
    within: [],
    text: t('problem.recipients'),
    missing: true,
  };
  return [
    ...(mayBeNobody || names.some((name) => values[name] !== undefined) ? [] : [nobody]),
    ...fieldProblems(panels.recipients, values, 'recipients', { t }),
  ];
}

function operationProblems(plan: FullPlan, values: StoredValues, t: Translate): Problem[] {
  if (plan.operation === SEND) return [];
  const prefix = contentKey(plan.operation, '');
  const { first, button } = operationFields(plan);
  const { rules } = [panels.updateCard, ...panels.operations].find(({ name }) => name === plan.operation) ?? {};
  const words = `operations.${plan.operation}.fields`;
  return keyed(fieldProblems([...first, ...button], below(values, prefix), words, { t, rules }), prefix);
}

function messageProblems(plan: FullPlan, values: StoredValues, t: Translate): Problem[] {
  if (destinationOf(plan) === undefined) return [];
  const type = typeOf(plan);
  if (!type) return [{ paths: [], within: [], text: t('problem.msgtype'), missing: true }];
  const options = fieldProblems(type.options, values, `${type.words}.options`, { t });
  const json = writtenOut(type, plan);
  if (json) {
    const text = t(json === CARD_JSON ? 'problem.json' : 'problem.messageJson');
    const broken: Problem = { paths: [[json]], within: [], text, missing: false };
    return [...(isBrokenJson(values[json]) ? [broken] : []), ...options];
  }
  const prefix = contentKey(type.name, '');
  const { content, rules, words } = type;
  const judging = { t, rules, tooLong: tooLongIn(values, type) };
  return [...keyed(fieldProblems(content, below(values, prefix), `${words}.content`, judging), prefix), ...options];
}

/**
 * The fields of an operation; for a card update in two parts, because the choice between a button and a new card stands
 * between them.
 */
export function operationFields({ operation, updateAs }: FullPlan): {
  readonly first: readonly PanelField[];
  readonly button: readonly PanelField[];
} {
  if (operation !== UPDATE_CARD)
    return { first: panels.operations.find(({ name }) => name === operation)?.fields ?? [], button: [] };
  const { fields } = panels.updateCard;
  const button =
    updateAs === 'button'
      ? fields.filter(({ name }) => name === GREY_BUTTON).map((field) => ({ ...field, required: true }))
      : [];
  return { first: fields.filter(({ name }) => name !== GREY_BUTTON), button };
}

/** The values whose keys begin with `prefix`, without it. */
export function below(values: StoredValues, prefix: string): StoredValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
}

function keyed(problems: readonly Problem[], prefix: string): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    paths: problem.paths.map(([name, ...rest]) => [`${prefix}${name}`, ...rest]),
  }));
}
