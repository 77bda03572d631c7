import { createHash } from 'node:crypto';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Field } from '../../core';
import { amr, mp4, png } from '../fixtures/media';

const FILES = {
  image: [png(500), 'a.png'],
  voice: [amr(1), 'a.amr'],
  video: [mp4(), 'a.mp4'],
  file: [Buffer.from('some bytes'), '报表.txt'],
} as const;

/** An item that carries a file of each kind, in a binary field of that name. */
export const itemWithFiles: INodeExecutionData = {
  json: {},
  binary: Object.fromEntries(
    Object.entries(FILES).map(([kind, [bytes, fileName]]) => [
      kind,
      { data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName },
    ]),
  ),
};

/**
 * A panel with everything filled in, and what WeCom must receive for it.
 *
 * @param round which choice of every drop-down is taken
 * @param special values for fields whose placeholder WeCom would not take
 */
export function fillIn(
  fields: readonly Field[],
  round: number,
  special: Readonly<Record<string, string>> = {},
): { parameters: INodeParameters; expected: Record<string, unknown> } {
  const parameters: INodeParameters = {};
  const expected: Record<string, unknown> = {};
  for (const field of fields) {
    const { name, when } = field;
    // What is hidden keeps a value from before: it must stay in the panel.
    const hidden = when && !when.is.includes(expected[when.field] as string | number);
    const filled = fillField(field, round, special);
    Object.assign(parameters, filled.parameters);
    if (!hidden) Object.assign(expected, filled.name === undefined ? {} : { [name]: filled.expected }, filled.inside);
  }
  return { parameters, expected };
}

/**
 * A panel filled in with a message as the API writes it.
 *
 * @param prefix of the names in a group without a frame
 */
export function fillFrom(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  prefix = '',
): INodeParameters {
  return Object.assign({}, ...fields.map((field) => filledFrom(field, values, prefix)));
}

function filledFrom(
  { name, control, fields = [], media, inline, required }: Field,
  values: Readonly<Record<string, unknown>>,
  prefix: string,
): INodeParameters {
  const place = prefix + name;
  // A picture of a robot stands there as base64.
  if (inline) return { [`${place}_binary`]: media };
  const value = values[name];
  if (value === undefined) return {};
  if (media) return { [`${place}_source`]: 'media_id', [place]: value as string };
  if (control === 'group' && required) return fillFrom(fields, value as Record<string, unknown>, `${place}_`);
  if (control === 'group') return { [place]: { entries: fillFrom(fields, value as Record<string, unknown>) } };
  if (control === 'list')
    return { [place]: { entries: (value as Record<string, unknown>[]).map((entry) => fillFrom(fields, entry)) } };
  if (control === 'ids') return { [place]: (value as string[]).join(', ') };
  if (control === 'switch') return { [place]: Boolean(value) };
  return { [place]: value as string };
}

interface Filled {
  readonly parameters: INodeParameters;
  readonly name?: string;
  readonly expected?: unknown;
  /** What stands in place of the field itself. */
  readonly inside?: object;
}

function fillField(field: Field, round: number, special: Readonly<Record<string, string>>): Filled {
  const { name, control, fields = [], choices = [], placeholder = 'x', media = 'file' } = field;
  const same = (value: INodeParameters[string]): Filled => ({ parameters: { [name]: value }, name, expected: value });
  switch (control) {
    case 'choice':
      return same(choices[round % choices.length]!.value);
    case 'switch':
      return same(true);
    case 'number':
      return {
        parameters: { [name]: Number(placeholder) || field.min! },
        name,
        expected: Number(placeholder) || field.min,
      };
    case 'ids':
      return { parameters: { [name]: placeholder }, name, expected: placeholder.split(', ') };
    case 'group': {
      const inner = fillIn(fields, round, special);
      if (field.required)
        return {
          parameters: Object.fromEntries(
            Object.entries(inner.parameters).map(([key, value]) => [`${name}_${key}`, value]),
          ),
          name,
          expected: inner.expected,
        };
      // A group of nothing but defaults was not filled in.
      const untouched =
        !field.required &&
        Object.entries(inner.expected).every(
          ([key, value]) => value === fields.find((entry) => entry.name === key)?.default,
        );
      return {
        parameters: { [name]: { entries: inner.parameters } },
        ...(!untouched && { name, expected: inner.expected }),
      };
    }
    case 'list': {
      const inner = fillIn(fields, round, special);
      for (const { field: ignored } of field.rules?.ignored ?? []) delete inner.expected[ignored];
      return { parameters: { [name]: { entries: [inner.parameters] } }, name, expected: [inner.expected] };
    }
    case 'media': {
      if (!field.inline)
        return {
          parameters: { [`${name}_source`]: 'binary', [`${name}_binary`]: media },
          name,
          expected: expect.any(String),
        };
      return {
        parameters: { [`${name}_binary`]: media },
        inside: { base64: expect.any(String), md5: createHash('md5').update(FILES[media][0]).digest('hex') },
      };
    }
    default:
      return same(special[name] ?? placeholder);
  }
}
