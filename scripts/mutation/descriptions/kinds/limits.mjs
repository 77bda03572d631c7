/** Limits by one, up and down. */
import ts from 'typescript';

import { keyOf, makerAt } from './nodes.mjs';

const LIMITS = new Set(['min', 'max', 'maxBytes', 'maxCharacters', 'minCharacters']);
/** No list of fields has these. */
const HIDDEN = new Set(['minCharacters']);
/** Functions whose numbers are no limits, but choices; see there. */
const CHOICES = new Set(['link', 'when']);

export function* limitMutants(node, makers) {
  if (isSize(node)) for (const sign of ['+', '-']) yield { replacement: `${node.getText()} ${sign} 1` };
  if (!ts.isNumericLiteral(node)) return;
  const { parent } = node;
  const key = keyOf(parent);
  // An optional list without entries counts as not filled in, whatever its least.
  if (key === 'min' && node.text === '0' && makerAt(parent.parent.parent.parent, makers) === 'optional') return;
  if (LIMITS.has(key)) yield* byOne(node, HIDDEN.has(key));
  else if (ts.isVariableDeclaration(parent) && ts.isSourceFile(parent.parent.parent.parent) && !isDefault(parent))
    yield* byOne(node);
  else if (
    ts.isCallExpression(parent) &&
    ts.isIdentifier(parent.expression) &&
    !isSize(parent) &&
    !CHOICES.has(parent.expression.text)
  )
    yield* byOne(node);
}

/** By one in the last place that is written: 1.3 becomes 1.4. Nothing is shorter than nothing. */
function* byOne(node, hidden = false) {
  const places = node.text.split('.')[1]?.length ?? 0;
  for (const step of [1, -1]) {
    const value = (Number(node.text) + step / 10 ** places).toFixed(places);
    if (Number(value) >= 0) yield { replacement: value, hidden };
  }
}

/** `kibibytes(666)`: by one byte. */
function isSize(node) {
  return ts.isCallExpression(node) && ['kibibytes', 'mebibytes'].includes(node.expression.getText());
}

/** Whether a number is only what WeCom assumes; see choices. */
function isDefault(declaration) {
  return new RegExp(`default: ${declaration.name.getText()}\\b`).test(declaration.getSourceFile().text);
}
