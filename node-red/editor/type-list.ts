import type { PanelType } from '../panel/panel-field';
import { SEND } from '../panel/plan';
import { panels } from './panels';
import { typesFor } from './plan';
import type { FullPlan } from './plan';
import type { Translate } from './translate';

const GROUPS = ['text', 'media', 'article', 'card'] as const satisfies readonly PanelType['group'][];

/**
 * The types of messages under their headings, and which of them is chosen: the one that is wanted if it can go there.
 * Those that cannot are listed all the same, so that nobody looks for them.
 */
export function offerTypes(
  select: JQuery,
  plan: FullPlan,
  { wanted, choose, t }: { readonly wanted: string; readonly choose: boolean; readonly t: Translate },
): void {
  const possible = typesFor(plan);
  const can = (type: PanelType) => possible.some(({ name }) => name === type.name);
  const all = plan.operation === SEND ? everyType() : possible;
  select.empty();
  for (const group of GROUPS) {
    const types = all.filter((type) => type.group === group);
    if (types.length === 0) continue;
    const box = $('<optgroup></optgroup>')
      .attr('label', t(`groups.${group}`))
      .appendTo(select);
    for (const type of types) {
      const label = t(`types.${type.name}.label`);
      $('<option></option>')
        .val(type.name)
        .text(can(type) ? label : t('hint.notThere', { label }))
        .prop('disabled', !can(type))
        .appendTo(box);
    }
  }
  // No type, so it is in no group: the flow says which one it is.
  for (const { name } of possible.filter((type) => !all.some((other) => other.name === type.name)))
    $('<option></option>')
      .val(name)
      .text(t(`types.${name}.label`))
      .appendTo(select);
  const [first] = possible;
  select.val(possible.some(({ name }) => name === wanted) ? wanted : choose ? (first?.name ?? '') : '');
}

function everyType(): readonly PanelType[] {
  const { app, chat, robot } = panels.destinations;
  return [...new Map([...app, ...chat, ...robot].map((type) => [type.name, type])).values()];
}
