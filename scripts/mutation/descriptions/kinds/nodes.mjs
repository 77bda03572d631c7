/** What the kinds of mutants ask about a place in the source. */
import ts from 'typescript';

const WRAPPERS = new Set(['optional', 'alwaysShown', 'when']);

/** The word of core/schema/fields that is called here: `text`, `optional`; undefined for any other call. */
export function makerAt(node, makers) {
  return node && ts.isCallExpression(node) && ts.isIdentifier(node.expression)
    ? makers.get(node.expression.text)
    : undefined;
}

export function isWrapper(maker) {
  return WRAPPERS.has(maker);
}

/** The key of a property, written out or short; undefined if it is none. */
export function keyOf(node) {
  return (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && ts.isIdentifier(node.name)
    ? node.name.text
    : undefined;
}

/** The fields of something: an object of names and fields, wherever such a one is written. */
export function isShape(node) {
  if (!node || !ts.isObjectLiteralExpression(node)) return false;
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (ts.isPropertyAssignment(parent))
    return ['content', 'entry', 'fields'].includes(keyOf(parent)) || ['duplicateCheck'].includes(keyOf(parent));
  // `...(withColour && { desc_color: … })`
  if (ts.isBinaryExpression(parent)) return true;
  if (ts.isCallExpression(parent))
    return (
      (ts.isIdentifier(parent.expression) && parent.expression.text === 'articles') ||
      /strictObject$/.test(parent.expression.getText())
    );
  return ts.isVariableDeclaration(parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent);
}

/** A property without which its object is written: with the comma after it. */
function without(property) {
  const { properties } = property.parent;
  const index = properties.indexOf(property);
  return span(properties, index);
}

/** From where to where an element and one of the commas beside it stand. */
function span(elements, index) {
  if (index + 1 < elements.length) return { from: elements[index].getStart(), to: elements[index + 1].getStart() };
  return { from: index === 0 ? elements[0].getStart() : elements[index - 1].getEnd(), to: elements[index].getEnd() };
}

export function dropped(elements, index, more = {}) {
  const { from, to } = span(elements, index);
  return { from, to, replacement: '', after: '(nothing)', ...more };
}

/** `x` that stands in a list of literals. */
export function numbersOf(elements) {
  return elements.length > 0 && elements.every(ts.isNumericLiteral)
    ? elements.map(({ text }) => Number(text))
    : undefined;
}
