import { isActive } from '../../core/schema/field-rules';
import type { Field } from '../../core/schema/field';
import type { StoredValues } from './stored-value';
import { isTypedEmpty, typedText } from './stored-value';

/**
 * Whether a field can count: only a value that was typed in beside it rules it out; one out of the flow may be
 * anything.
 */
export function canCount(
  field: Pick<Field, 'when'>,
  siblings: readonly Pick<Field, 'name' | 'default'>[],
  stored: StoredValues,
): boolean {
  if (!field.when) return true;
  const sibling = stored[field.when.field];
  if (isFromTheFlow(sibling)) return true;
  return isActive(
    field,
    siblings,
    sibling && !isTypedEmpty(sibling) ? { [field.when.field]: typedText(sibling.value) } : {},
  );
}

/** Whether a field surely counts, so that it is missing when it is empty. */
export function surelyCounts(
  field: Pick<Field, 'when'>,
  siblings: readonly Pick<Field, 'name' | 'default'>[],
  stored: StoredValues,
): boolean {
  return canCount(field, siblings, stored) && !(field.when && isFromTheFlow(stored[field.when.field]));
}

function isFromTheFlow(stored: StoredValues[string] | undefined): boolean {
  return stored !== undefined && !['str', 'num', 'bool'].includes(stored.type);
}
