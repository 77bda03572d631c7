/**
 * Leaves alone what only people read: whether a label says "Title" or nothing is for eyes, not for a test that types
 * the label a second time. That is an object of exactly `en` and `zh`, and an example value (`placeholder`).
 *
 * Only plain sentences, though. Where a wording is put together by code (a choice, a sum, a joined list), that code is
 * mutated like any other. All other strings stay mutated too: they are what WeCom receives and what flows rely on.
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'wording',
    value: {
      shouldIgnore({ node, parent }) {
        if (isWording(node)) return 'wording that people read';
        if (
          parent?.type === 'ObjectProperty' &&
          parent.value === node &&
          nameOf(parent) === 'placeholder' &&
          isSentence(node)
        )
          return 'an example that people read';
        return undefined;
      },
    },
  },
];

function isWording(node) {
  return (
    node.type === 'ObjectExpression' &&
    node.properties.map(nameOf).sort().join() === 'en,zh' &&
    node.properties.every(({ value }) => isSentence(value))
  );
}

/** A text, or a template with nothing but names in it. */
function isSentence(node) {
  return node.type === 'StringLiteral' || (node.type === 'TemplateLiteral' && node.expressions.every(isName));
}

function isName(node) {
  return node.type === 'Identifier' || (node.type === 'MemberExpression' && !node.computed && isName(node.object));
}

function nameOf(property) {
  return property.type === 'ObjectProperty' && !property.computed ? property.key.name : undefined;
}
