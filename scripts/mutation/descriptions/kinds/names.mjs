/** Fields and types get names that WeCom does not know. */
import ts from 'typescript';

import { isShape, keyOf } from './nodes.mjs';

const TYPES = new Set(['msgtype', 'cardType']);

export function* nameMutants(node) {
  const key = keyOf(node);
  if (key === undefined) return;
  if (TYPES.has(key) && node.initializer && ts.isStringLiteral(node.initializer)) yield { at: node.initializer, replacement: `'${node.initializer.text}x'` };
  if (!isShape(node.parent)) return;
  if (ts.isShorthandPropertyAssignment(node)) yield { replacement: `${key}x: ${key}` };
  else if (ts.isIdentifier(node.initializer) || ts.isCallExpression(node.initializer) || ts.isPropertyAccessExpression(node.initializer)) yield { at: node.name, replacement: `${key}x` };
}
