/** Fields and types get names that WeCom does not know. */
import ts from 'typescript';

import { isShape, keyOf, makerAt } from './nodes.mjs';

const TYPES = new Set(['msgtype', 'cardType']);

export function* nameMutants(node, makers) {
  const key = keyOf(node);
  if (key === undefined) return;
  if (TYPES.has(key) && node.initializer && ts.isStringLiteral(node.initializer))
    yield { at: node.initializer, replacement: `'${node.initializer.text}x'` };
  // The bytes of a picture travel under names of their own.
  if (!isShape(node.parent) || makerAt(node.initializer, makers) === 'inlineImage') return;
  if (ts.isShorthandPropertyAssignment(node)) yield { replacement: `${key}x: ${key}` };
  else if (
    ts.isIdentifier(node.initializer) ||
    ts.isCallExpression(node.initializer) ||
    ts.isPropertyAccessExpression(node.initializer)
  )
    yield { at: node.name, replacement: `${key}x` };
}
