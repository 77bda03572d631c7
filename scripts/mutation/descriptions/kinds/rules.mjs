/** Rules that nobody checks any more, or that bind one field less, and conditions on another value. */
import ts from 'typescript';

import { dropped, keyOf, makerAt } from './nodes.mjs';

const RULES = new Set(['oneOf', 'together', 'unique', 'skipsEmpty', 'ignored']);
/** What a form says of the whole message, and a field of its values. */
const SAID = new Set([
  'rules',
  'taskId',
  'everyone',
  'agentid',
  'idTranslation',
  'confidentialExtensions',
  'pattern',
  'wrongIsDefault',
  'schemeOptional',
]);
/** No list of fields has these. */
const HIDDEN = new Set(['pattern', 'rules', 'oneOf', 'together', 'ignored']);
const ACTIVE_WITH = { 0: 1, 1: 2, 2: 1, 3: 2 };

export function* ruleMutants(node, makers) {
  if (makerAt(node, makers) === 'when') {
    const [, values, field] = node.arguments;
    yield { replacement: field.getText() };
    for (const value of values.elements) yield { at: value, replacement: String(ACTIVE_WITH[value.text]) };
  }
  if (!ts.isObjectLiteralExpression(node)) return;
  for (const [index, property] of node.properties.entries()) {
    const key = keyOf(property);
    // Rules that are written here are dropped one by one.
    const listed = key === 'rules' && property.initializer && ts.isObjectLiteralExpression(property.initializer);
    if (!listed && (SAID.has(key) || RULES.has(key)))
      yield dropped(node.properties, index, { hidden: HIDDEN.has(key) });
    if (key === 'taskId' && ts.isStringLiteral(property.initializer))
      yield {
        at: property.initializer,
        replacement: property.initializer.text === 'always' ? "'with-action-menu'" : "'always'",
      };
    if (RULES.has(key) && property.initializer && ts.isArrayLiteralExpression(property.initializer))
      yield* inSets(property.initializer);
  }
}

/** `[['url', 'appid']]`: without each set, and each set without each name. */
function* inSets(sets) {
  for (const [index, set] of sets.elements.entries()) {
    if (sets.elements.length > 1) yield dropped(sets.elements, index, { hidden: true });
    if (ts.isArrayLiteralExpression(set) && set.elements.length > 1)
      for (const name of set.elements.keys()) yield dropped(set.elements, name, { hidden: true });
    if (ts.isObjectLiteralExpression(set))
      for (const property of set.properties.filter(
        (one) => one.initializer && ts.isArrayLiteralExpression(one.initializer),
      ))
        for (const name of property.initializer.elements.keys())
          yield dropped(property.initializer.elements, name, { hidden: true });
  }
}
