import { splitIds } from '../../core/schema/ids';
import { destinationOf, SEND } from '../panel/plan';
import type { StoredValues } from '../panel/stored-value';
import { typedText } from '../panel/stored-value';
import type { EditorNode } from './node-red-editor';
import { panels } from './panels';
import { savedPlan, typeOf } from './plan';
import type { FullPlan } from './plan';
import type { Translate } from './translate';

/** What stands under a node without a name: that it is WeCom, what it sends or does, to whom, and from which app. */
export function nodeLabel(node: EditorNode, t: Translate): string {
  const plan = savedPlan(node);
  const app = destinationOf(plan) === 'robot' ? '' : nameOf(node['app']);
  const parts = [t('canvas') + whatItDoes(plan, t), plan.operation === SEND ? recipients(node, plan, t) : ''];
  const text = parts.filter((part) => part !== '').join(' → ');
  return app === '' ? text : `${text} · ${app}`;
}

function whatItDoes(plan: FullPlan, t: Translate): string {
  if (plan.operation !== SEND) return t(`operations.${plan.operation}.label`);
  const type = typeOf(plan);
  return t(type ? `types.${type.name}.label` : 'send.label');
}

function recipients(node: EditorNode, plan: FullPlan, t: Translate): string {
  const fields = typeof node['fields'] === 'object' && node['fields'] !== null ? (node['fields'] as StoredValues) : {};
  const named = (keys: readonly string[]) =>
    shortened(
      keys
        .flatMap((key) => {
          const stored = fields[key];
          return stored?.type === 'str' ? splitIds(typedText(stored.value)).map((id) => stored.names?.[id] ?? id) : [];
        })
        .join(', '),
    );
  switch (plan.to) {
    case 'named':
      return named(panels.recipients.map(({ name }) => name));
    case 'chat':
      return named(panels.chat.map(({ name }) => name)) || t('to.chat');
    case 'robot':
      return nameOf(node['robot']) || t('to.robot');
    default:
      return t(`to.${plan.to}`);
  }
}

/** The name that somebody gave to an app or a robot. */
function nameOf(id: unknown): string {
  return typeof id === 'string' && id !== '' ? shortened(typedText(RED.nodes.node(id)?.name).trim()) : '';
}

const LABEL_CHARACTERS = 24;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > LABEL_CHARACTERS ? `${characters.slice(0, LABEL_CHARACTERS).join('')}…` : text;
}
