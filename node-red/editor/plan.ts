import type { PanelType } from '../panel/panel-field';
import type { Plan } from '../panel/plan';
import { ANY_TYPE, destinationOf, SEND } from '../panel/plan';
import { CARD_JSON, MESSAGE_JSON, typedText } from '../panel/stored-value';
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

/** What stands at the end of the types: the flow says which one it is, and all else of the message. */
const WHOLE: PanelType = {
  name: ANY_TYPE,
  words: `types.${ANY_TYPE}`,
  group: 'text',
  json: false,
  shownInWechat: true,
  everyone: true,
  content: [],
  options: [],
};

/** The message types that the destination takes; none for operations without a message. */
export function typesFor(plan: Plan): readonly PanelType[] {
  const destination = destinationOf(plan);
  if (destination === undefined) return [];
  const types = panels.destinations[destination];
  if (destination === 'update') return types;
  return [...(plan.to === 'everyone' ? types.filter(({ everyone }) => everyone) : types), WHOLE];
}

export function typeOf(plan: Plan): PanelType | undefined {
  return typesFor(plan).find(({ name }) => name === plan.msgtype);
}

/** Under which key the content is stored as JSON of the API, if it is written so. */
export function writtenOut(
  { name, json }: PanelType,
  { cardAs }: Plan,
): typeof CARD_JSON | typeof MESSAGE_JSON | undefined {
  return name === ANY_TYPE ? MESSAGE_JSON : json && cardAs === 'json' ? CARD_JSON : undefined;
}
