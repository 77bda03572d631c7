import type { PanelType } from '../panel/panel-field';
import type { Plan } from '../panel/plan';
import { destinationOf, SEND } from '../panel/plan';
import { typedText } from '../panel/stored-value';
import type { EditorNode } from './node-red-editor';
import { panels } from './panels';

/** The properties of the node that say what it does, with what they are when a flow does not hold them. */
const PLAN_DEFAULTS = {
  operation: SEND,
  to: 'named',
  msgtype: '',
  cardAs: 'fields',
  updateAs: 'button',
} as const satisfies Required<Plan>;

export type FullPlan = Required<Plan>;

const NAMES = Object.keys(PLAN_DEFAULTS) as (keyof Plan)[];

export function savedPlan(node: EditorNode): FullPlan {
  return Object.fromEntries(
    NAMES.map((name) => [name, typedText(node[name]) || PLAN_DEFAULTS[name]]),
  ) as unknown as FullPlan;
}

/** As it stands in the open dialog. */
export function shownPlan(): FullPlan {
  return Object.fromEntries(
    NAMES.map((name) => [name, typedText($(`#node-input-${name}`).val()) || PLAN_DEFAULTS[name]]),
  ) as unknown as FullPlan;
}

/** The message types that the destination takes; none for operations without a message. */
export function typesFor(plan: Plan): readonly PanelType[] {
  const destination = destinationOf(plan);
  if (destination === undefined) return [];
  const types = panels.destinations[destination];
  return plan.to === 'everyone' && destination === 'app' ? types.filter(({ everyone }) => everyone) : types;
}

export function typeOf(plan: Plan): PanelType | undefined {
  return typesFor(plan).find(({ name }) => name === plan.msgtype);
}
