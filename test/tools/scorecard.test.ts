interface Row {
  rule: string;
  passed: boolean;
  details: string;
}
const { judge, RULES } = jest.requireActual<{
  RULES: Record<string, string>;
  judge(scorecard: object, context: { manifest: object; output: string }): Row[];
}>('../../scripts/node-red-scorecard/rules.mjs');

const PERFECT = {
  ...Object.fromEntries(Object.keys(RULES).map((rule) => [rule, { test: true }])),
  N02: { test: true, nodes: ['wecom-send'] },
};
const CONTEXT = { manifest: { keywords: ['node-red'] }, output: '' };
const failed = (rows: Row[]) => rows.filter(({ passed }) => !passed).map(({ rule }) => rule);

test('twelve of twelve passes', () => {
  const rows = judge(PERFECT, CONTEXT);
  expect(rows).toHaveLength(12);
  expect(failed(rows)).toEqual([]);
});

test('a rule that says no fails, though the tool itself only warns', () => {
  expect(failed(judge({ ...PERFECT, P07: { test: false } }, CONTEXT))).toEqual(['P07']);
});

test('rules the tool did not come to fail', () => {
  expect(failed(judge({ P01: { test: true } }, CONTEXT))).toHaveLength(11);
});

test('a missing keyword fails, though the tool calls it true', () => {
  expect(failed(judge(PERFECT, { ...CONTEXT, manifest: {} }))).toEqual(['P05']);
});

test('an editor file the tool could not read fails, though it then finds no fault in it', () => {
  const rows = judge(
    { ...PERFECT, N02: { test: true, nodes: [] } },
    { ...CONTEXT, output: 'Unable to parse  dist/wecom-send.js' },
  );
  expect(failed(rows)).toEqual(['N01', 'N02']);
  expect(rows.find(({ rule }) => rule === 'N01')?.details).toContain('dist/wecom-send.js');
});
