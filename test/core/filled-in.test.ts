import { choice, group, list, media, optional, text } from '../../core/schema/fields';
import { filledIn } from '../../core/schema/filled-in';
import { madeOf } from './one-field';

const label = { en: 'Field', zh: '字段' };
const line = optional(text({ label }));
const style = optional(
  choice({
    label,
    choices: [
      { value: 1, label },
      { value: 2, label },
    ],
    default: 1,
  }),
);
const { fields } = madeOf({
  line,
  photo: optional(media({ label, kind: 'image' })),
  box: optional(
    group({
      label,
      fields: {
        line,
        style,
        inner: optional(group({ label, fields: { line } })),
        rows: optional(list({ label, entryLabel: label, min: 0, max: 9, entry: { line } })),
      },
    }),
  ),
  needed: group({ label, fields: { must: text({ label }), line } }),
  shown: group({ label, fields: { line } }),
  rows: optional(
    list({
      label,
      entryLabel: label,
      min: 0,
      max: 9,
      entry: { line, box: optional(group({ label, fields: { line } })) },
    }),
  ),
  must: list({ label, entryLabel: label, min: 1, max: 9, entry: { line } }),
});
const kept = (value: unknown) => filledIn(value, fields);

describe('what somebody filled in', () => {
  it('has no empty lines, and keeps what is false or zero', () => {
    expect(kept({ line: '', a: undefined, b: null, c: 0, d: false, e: ' ', f: [] })).toEqual({
      c: 0,
      d: false,
      e: ' ',
      f: [],
    });
  });

  it.each([[undefined], [null], ['x'], [7], [[]], [[{}]]])('is nothing at all when it is %j', (value) => {
    expect(kept(value)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['untouched', {}],
    ['of empty lines', { line: '', rows: [], inner: {} }],
    ['of nothing but defaults', { style: 1 }],
    ['of defaults written as texts', { style: '1', inner: { line: null } }],
  ])('has no optional group that is %s', (_, box) => {
    expect(kept({ box })).toEqual({});
  });

  it.each<[unknown]>([
    [{ style: 2 }],
    [{ line: 'x' }],
    [{ line: 'undefined' }],
    [{ inner: { line: 'x' } }],
    [{ rows: [{}] }],
    [{ unknown: 'x' }],
  ])('has the optional group %j, as it is', (box) => {
    expect(kept({ box })).toEqual({ box });
  });

  it('has an empty group in which something is needed, so that it can be named, and none in which nothing is', () => {
    expect(kept({ needed: {} })).toEqual({ needed: {} });
    expect(kept({ needed: { must: '', line: '' } })).toEqual({ needed: {} });
    expect(kept({ shown: { line: '' } })).toEqual({});
    expect(kept({ shown: { line: 'x' } })).toEqual({ shown: { line: 'x' } });
  });

  it('has no optional list without entries, but a needed one', () => {
    expect(kept({ rows: [] })).toEqual({});
    expect(kept({ must: [] })).toEqual({ must: [] });
  });

  it('has entries that were added and left empty, for they are counted', () => {
    expect(kept({ rows: [{}, null, undefined, '', { line: '' }, { line: 'x', box: {} }] })).toEqual({
      rows: [{}, {}, {}, {}, {}, { line: 'x' }],
    });
  });

  it('leaves to the checks what is no object or list where one belongs', () => {
    for (const wrong of ['x', 7, true])
      expect(kept({ box: wrong, rows: wrong, must: [wrong, ['y']] })).toEqual({
        box: wrong,
        rows: wrong,
        must: [wrong, ['y']],
      });
    expect(kept({ box: [{}], rows: {} })).toEqual({ box: [{}], rows: {} });
  });

  it('leaves bytes and files alone, also where a group or a list belongs', () => {
    const bytes = Buffer.from('abc');
    const file = { filename: '', data: bytes };
    const { photo, box, rows } = kept({ photo: file, box: file, rows: bytes })!;
    expect([photo, box, rows].map((value) => value === file || value === bytes)).toEqual([true, true, true]);
  });

  it('is not followed for ever when it holds itself', () => {
    const group: Record<string, unknown> = { line: 'x' };
    group['inner'] = group;
    const { fields: deep } = madeOf({ box: optional(groupOf(20)) });
    expect(filledIn({ box: nested(7) }, deep)).toEqual({});
    expect(filledIn({ box: nested(8) }, deep)).toEqual({ box: nested(8) });
    expect(() => kept({ box: group })).not.toThrow();
  });
});

/** Groups in groups, `depth` of them. */
function groupOf(depth: number): ReturnType<typeof group> {
  return group({ label, fields: depth === 0 ? { line } : { box: optional(groupOf(depth - 1)) } });
}

function nested(depth: number): unknown {
  return depth === 0 ? { line: '' } : { box: nested(depth - 1) };
}
