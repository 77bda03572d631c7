/** One choice less, one more, and one that is another; what WeCom assumes; kinds of files. */
import ts from 'typescript';

import { dropped, keyOf, numbersOf } from './nodes.mjs';

/** What is no value of any choice. */
const NONE = '9';

export function* choiceMutants(node) {
  if (ts.isArrayLiteralExpression(node)) yield* listed(node);
  if (ts.isCallExpression(node) && node.expression.getText() === 'link') yield* numbered(node.arguments, 2);
  const key = keyOf(node);
  if (key === 'kind' && ts.isStringLiteral(node.initializer))
    yield { at: node.initializer, replacement: node.initializer.text === 'file' ? "'image'" : "'file'" };
  if (key === 'default' && node.initializer && ts.isNumericLiteral(node.initializer)) yield another(node.initializer);
  if (
    ts.isVariableDeclaration(node) &&
    node.initializer &&
    ts.isNumericLiteral(node.initializer) &&
    new RegExp(`default: ${node.name.getText()}\\b`).test(node.getSourceFile().text)
  )
    yield another(node.initializer);
}

function* listed(node) {
  if (keyOf(node.parent) === 'safe') yield* numbered(node.elements, 2);
  const values = node.elements.map(
    (element) =>
      ts.isObjectLiteralExpression(element) && element.properties.find((property) => keyOf(property) === 'value'),
  );
  if (values.length === 0 || values.some((value) => !value)) return;
  for (const [index, { initializer }] of values.entries()) {
    yield dropped(node.elements, index);
    if (ts.isNumericLiteral(initializer)) yield { at: initializer, replacement: NONE };
  }
}

/** `[0, 1]`: without each, and with the one that follows. */
function* numbered(elements, most) {
  const numbers = numbersOf(elements);
  if (!numbers) return;
  if (numbers.length > 1) for (const index of numbers.keys()) yield dropped(elements, index);
  const last = elements[elements.length - 1];
  for (let more = 0; more <= most; more += 1)
    if (!numbers.includes(more)) yield { at: last, replacement: `${last.getText()}, ${more}` };
}

function another(literal) {
  return { at: literal, replacement: String(Number(literal.text) + 1) };
}
