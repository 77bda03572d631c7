import { canCount } from '../panel/condition';
import type { PanelField, PanelType } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { contentKey, isTypedEmpty, typedText, untouched } from '../panel/stored-value';
import { below } from './panel-problems';

/**
 * A card that was filled in field by field, as the API writes it: JSON, or a JSONata expression of the same shape if
 * any field comes from the flow. Undefined if nothing was filled in. Files are left out: they are no text.
 */
export function cardAsWritten(type: PanelType, values: StoredValues): StoredValue | undefined {
  const content = below(values, contentKey(type.name, ''));
  if (Object.keys(content).length === 0) return undefined;
  const found = { fromFlow: false };
  const text = objectOf(type.content, content, found, '');
  return { type: found.fromFlow ? 'jsonata' : 'json', value: text };
}

interface Found {
  fromFlow: boolean;
}

function objectOf(fields: readonly PanelField[], values: StoredValues, found: Found, indent: string): string {
  const inner = `${indent}  `;
  const lines = fields.flatMap((field): string[] => {
    const stored = values[field.name] ?? untouched(field);
    if (!stored || isTypedEmpty(stored) || !canCount(field, fields, values)) return [];
    const value = valueOf(field, stored, found, inner);
    return value === undefined ? [] : [`${inner}${JSON.stringify(field.name)}: ${value}`];
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

function valueOf(field: PanelField, stored: StoredValue, found: Found, indent: string): string | undefined {
  const { type, source } = stored;
  if (type === 'group') return objectOf(field.fields ?? [], stored.value as StoredValues, found, indent);
  if (type === 'list') {
    const entries = stored.value as readonly StoredValues[];
    return `[${entries.map((entry) => objectOf(field.fields ?? [], entry, found, indent)).join(', ')}]`;
  }
  if (source !== undefined && source !== 'media_id') return undefined;
  const text = typedText(stored.value);
  if (type === 'str') return JSON.stringify(text);
  if (type === 'num') return Number.isFinite(Number(text)) ? String(Number(text)) : JSON.stringify(text);
  if (type === 'bool') return String(text === 'true');
  found.fromFlow = true;
  return fromFlow(type, text);
}

/** Node-RED's functions in JSONata; a property of the message is a path of it as it stands. */
function fromFlow(type: StoredValue['type'], text: string): string {
  switch (type) {
    case 'flow':
      return `$flowContext(${JSON.stringify(text)})`;
    case 'global':
      return `$globalContext(${JSON.stringify(text)})`;
    case 'env':
      return `$env(${JSON.stringify(text)})`;
    case 'jsonata':
      return `(${text})`;
    default:
      return text;
  }
}
