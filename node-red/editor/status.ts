import { readStatusText } from '../panel/status-text';
import { editorLocale } from './locale';
import type { NodeDefinition } from './node-red-editor';

/**
 * Makes a kind of node say its statuses in the language of this editor, numbers and times included. The editor asks the
 * kind's own translation for the text of a status, and that knows no values.
 */
export function translateStatuses(type: string): void {
  const definition = RED.nodes.getType(type);
  const translate: NodeDefinition['_'] = definition._.bind(definition);
  definition._ = (text, ...more) => {
    const status = readStatusText(text);
    if (!status) return translate(text, ...more);
    const { at, reason, ...values } = status.values;
    const words = translate(status.key, {
      ...values,
      ...(reason !== undefined && { reason: reasonOf(translate, String(reason)) }),
    });
    return typeof at === 'number' ? `${words} · ${timeOf(at)}` : words;
  };
}

/** What a code of a network error means in words; what has none stands for itself, as error codes of WeCom do. */
function reasonOf(translate: NodeDefinition['_'], code: string): string {
  const key = `wecom-send.reason.${code}`;
  const words = translate(key);
  return words === key ? code : words;
}

/** The day as well: a status stays for as long as nothing happens. */
function timeOf(at: number): string {
  return new Intl.DateTimeFormat(editorLocale(), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}
