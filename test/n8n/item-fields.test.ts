/** What stands in the items is taken from there without asking n8n, and is what n8n itself makes of the expression. */
import fc from 'fast-check';
import { ExecuteContext } from 'n8n-core';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Parameters } from '../../nodes/SendWecomMessage/read/parameters';
import { runWorkflow, testNode } from './engine';

interface Reading {
  /** As the node reads it, and as n8n evaluates it. */
  readonly own: unknown;
  readonly n8ns: unknown;
}

/** The value, or what is said instead. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Runs a node with the expression in its panel for these items. */
async function withExpression(
  expression: string,
  items: readonly IDataObject[],
  look: (context: IExecuteFunctions) => void,
): Promise<void> {
  const reader = testNode(async function () {
    look(this);
    return [this.getInputData()];
  });
  reader.description.properties = [{ displayName: 'Field', name: 'field', type: 'string', default: '' }];
  const run = await runWorkflow({
    nodes: [
      { id: '1', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
      {
        id: '2',
        name: 'Reader',
        type: 'test.reader',
        typeVersion: 1,
        position: [0, 0],
        parameters: { field: expression },
      },
    ],
    connections: { Source: { main: [[{ node: 'Reader', type: NodeConnectionTypes.Main, index: 0 }]] } },
    types: { 'test.source': testNode(async () => [items.map((json) => ({ json }))]), 'test.reader': reader },
    credentials: {},
  });
  expect(run.items('Reader')).toHaveLength(items.length);
}

/**
 * Reads the expression for each item both ways. @param given what the node finds as its items; those that go in if
 * absent
 */
async function readings(
  expression: string,
  items: readonly IDataObject[],
  given?: (context: IExecuteFunctions) => IExecuteFunctions,
): Promise<{ all: Reading[]; evaluations: number }> {
  let all: Reading[] = [];
  let evaluations = 0;
  await withExpression(expression, items, (context) => {
    const evaluate = jest.spyOn(
      ExecuteContext.prototype as unknown as { _getNodeParameter(): unknown },
      '_getNodeParameter',
    );
    const parameters = new Parameters(given ? given(context) : context);
    const owns = items.map((_, index) => outcomeOf(() => parameters.read('field', index, '')));
    evaluations = evaluate.mock.calls.length;
    evaluate.mockRestore();
    all = owns.map((own, index) => ({
      own,
      n8ns: outcomeOf(() => context.getNodeParameter('field', index, '', { skipValidation: true })),
    }));
  });
  return { all, evaluations };
}

const texts = Array.from({ length: 6 }, (_, index) => ({
  to: `member${index}`,
  姓名: `name ${index}`,
  'first name': `first ${index}`,
}));

test.each([
  '={{ $json.to }}',
  '={{$json.to}}',
  '={{  $json.to\n}}',
  '={{ $json["姓名"] }}',
  "={{ $json['first name'] }}",
])('%j: of many texts n8n evaluates the first', async (expression) => {
  const { all, evaluations } = await readings(expression, texts);
  expect(all.map(({ own }) => own)).toEqual(all.map(({ n8ns }) => n8ns));
  expect(all[5]!.own).not.toEqual({ value: '' });
  expect(evaluations).toBe(1);
});

test.each([
  '={{ $json.to }} ',
  '= {{ $json.to }}',
  '=@{{ $json.to }}',
  '={{ $json.to }}{{ $json.to }}',
  '={{ $json.to.length }}',
  '={{ $json.to; }}',
  '={{ $json?.to }}',
  '={{ $json["t" + "o"] }}',
  '={{ $json["\\x74o"] }}',
  '={{ $json.姓名 }}',
  '={{ $json.to // }}',
  '={{ $json.constructor }}',
  '={{ $json["constructor"] }}',
  '={{ $json.__proto__ }}',
  '={{ $json.to ',
  '=$json.to',
])('%j is what n8n makes of it, for every item', async (expression) => {
  const { all } = await readings(expression, texts);
  expect(all.map(({ own }) => own)).toEqual(all.map(({ n8ns }) => n8ns));
});

test('whatever the items hold, an expression is what n8n makes of it', async () => {
  const names = [
    'to',
    'a',
    '_b',
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'binding',
    'arguments',
    'length',
    'json',
    '姓名',
  ] as const;
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.string() },
    fc.constantFrom('={{ 1 }}', '{{ $json.a }}', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([]),
    fc.constant({ a: 'b' }),
    fc.constant(['x']),
  );
  const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), value), { selector: ([name]) => name });
  // As JSON that came in: then a field may have any name.
  const item = entries.map(
    (fields) =>
      JSON.parse(
        `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${JSON.stringify(content)}`).join(',')}}`,
      ) as IDataObject,
  );
  const written = fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(`={{ $json.${name} }}`, `={{ $json["${name}"] }}`, `={{$json.${name}}}`));
  await fc.assert(
    fc.asyncProperty(written, fc.array(item, { minLength: 3, maxLength: 12 }), async (expression, items) => {
      const { all } = await readings(expression, items);
      expect(all.map(({ own }) => own)).toEqual(all.map(({ n8ns }) => n8ns));
    }),
    { numRuns: 150 },
  );
});

test('where expressions mean other items than those the node is given, n8n evaluates each of them', async () => {
  const others = texts.map(({ to }, index) =>
    index === 0 ? { json: { to } } : { json: { to: `somebody else ${index}` } },
  );
  const { all, evaluations } = await readings(
    '={{ $json.to }}',
    texts,
    (context) => Object.create(context, { getInputData: { value: () => others } }) as IExecuteFunctions,
  );
  expect(all.map(({ own }) => own)).toEqual(texts.map(({ to }) => ({ value: to })));
  expect(evaluations).toBe(texts.length);
});

test('a text that changes while the node runs is read as it is then', async () => {
  await withExpression('={{ $json.to }}', structuredClone(texts), (context) => {
    const parameters = new Parameters(context);
    expect([0, 1, 2].map((index) => parameters.read('field', index, ''))).toEqual(['member0', 'member1', 'member2']);
    context.getInputData()[3]!.json['to'] = 'changed';
    expect([parameters.read('field', 3, ''), context.getNodeParameter('field', 3, '')]).toEqual(['changed', 'changed']);
  });
});
