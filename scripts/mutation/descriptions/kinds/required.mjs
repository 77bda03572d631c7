/** What is needed becomes optional, and the other way round. */
import ts from 'typescript';

import { isShape, isWrapper, keyOf, makerAt } from './nodes.mjs';

/** Optional whatever the text is; see `load` for where it comes from: a file need not have imported it. */
const MADE_OPTIONAL = '__optional';

export function* requiredMutants(node, makers) {
  const maker = makerAt(node, makers);
  if (maker === 'optional' || maker === 'alwaysShown') {
    const inner = node.arguments[0].getText();
    // A group that panels show like a needed one and that is needed looks the same in the fields.
    yield { replacement: inner, hidden: maker === 'alwaysShown' };
  } else if (maker !== undefined && !isWrapper(maker) && maker !== 'flag' && !isOptional(node.parent, makers)) {
    yield madeOptional(node);
  } else if (isShape(node.parent) && keyOf(node) !== undefined) {
    if (ts.isShorthandPropertyAssignment(node)) yield { ...madeOptional(node.name, `${node.name.text}: `), at: node };
    else if (isFromElsewhere(node.initializer, makers))
      yield { ...madeOptional(node.initializer), at: node.initializer };
  }
}

function isOptional(parent, makers) {
  return ['optional', 'alwaysShown'].includes(makerAt(parent, makers));
}

/** A field that was made at another place. */
function isFromElsewhere(value, makers) {
  return ts.isIdentifier(value) || (ts.isCallExpression(value) && makerAt(value, makers) === undefined);
}

function madeOptional(node, key = '') {
  const text = node.getText();
  return { replacement: `${key}${MADE_OPTIONAL}(${text})`, after: `${key}optional(${text})` };
}
