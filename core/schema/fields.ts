/** The room schema: the words that fields are described with, and their checks. May import from outcome. */
import { z } from 'zod/v4';

import { checkBytes, checkCharacters, report, wellFormed } from './checks';
import type { CheckContext } from './checks';
import type { Field, ObjectRules } from './field';
import { splitIds } from './ids';
import { inspectMedia } from './media';
import type { MediaInput, MediaKind } from './media';
import type { Wording } from '../outcome/wording';

/**
 * The words a message type is described with. Each function returns a zod schema that validates the
 * field and, in the same breath, says what people should see of it. `describeFields` turns a schema
 * into the host-neutral list from which both hosts draw their panels and the docs their tables.
 */

type Hints = Pick<
  Field,
  'label' | 'help' | 'placeholder' | 'principal' | 'ours' | 'idsOf' | 'orEveryone' | 'shownWhen' | 'part'
>;

const descriptions = new WeakMap<z.ZodType, Omit<Field, 'name'>>();

function describe<S extends z.ZodType>(schema: S, description: Omit<Field, 'name'>): S {
  descriptions.set(schema, description);
  return schema;
}

/** The fields of a schema made with the functions of this file, in the order they were written. */
export function describeFields(schema: z.ZodObject): Field[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const description = descriptions.get(field as z.ZodType);
    if (!description)
      throw new Error(`The field ${name} has no description: make it with the functions of core/schema/fields`);
    return { name, ...description };
  });
}

/**
 * Ties a field to the value of another one beside it: it is shown, and if required then required, only
 * while that one has one of the given values. Otherwise WeCom ignores it, so it is left out.
 */
export function when<S extends z.ZodType>(
  field: string,
  is: readonly (string | number)[],
  schema: S,
): z.ZodOptional<S> {
  const description = descriptions.get(schema);
  if (!description) throw new Error('when() takes a field made with the functions of core/schema/fields');
  return describe(schema.optional(), { ...description, when: { field, is } });
}

/** Makes a field optional; empty values of it are left out of the request. */
export function optional<S extends z.ZodType>(schema: S): z.ZodOptional<S> {
  const description = descriptions.get(schema);
  if (!description) throw new Error('optional() takes a field made with the functions of core/schema/fields');
  return describe(schema.optional(), { ...description, required: false });
}

/** A group that panels show like one that is needed, although a message can do without it: a rule says when. */
export function alwaysShown<S extends z.ZodType>(schema: S): z.ZodOptional<S> {
  const description = descriptions.get(schema);
  if (!description) throw new Error('alwaysShown() takes a field made with the functions of core/schema/fields');
  return describe(schema.optional(), description);
}

interface TextHints extends Hints {
  /** Bytes of UTF-8. */
  readonly maxBytes?: number;
  /** Characters as people count them, for the few limits WeCom gives that way. */
  readonly maxCharacters?: number;
  readonly minCharacters?: number;
  /** Characters (字) that fit on the screen. */
  readonly advisedCharacters?: number;
  readonly pattern?: { readonly matches: RegExp; readonly wording: Wording };
  readonly default?: string;
  readonly control?: 'line' | 'area' | 'html' | 'markdown';
  readonly tooLong?: 'split' | 'shorten';
}

/**
 * A text. Required texts must hold more than blanks; lone surrogates and NUL become U+FFFD, as not every receiver gets
 * past them.
 */
export function text({
  maxBytes,
  maxCharacters,
  minCharacters,
  pattern,
  control = 'line',
  ...hints
}: TextHints): z.ZodString {
  const schema = z
    .string()
    .overwrite(wellFormed)
    .check((context) => {
      if (context.value.trim() === '') return report(context, { wording: { en: 'is blank', zh: '为空白' } });
      if (maxBytes !== undefined) checkBytes(context, maxBytes);
      if (maxCharacters !== undefined || minCharacters !== undefined)
        checkCharacters(context, minCharacters ?? 0, maxCharacters ?? Infinity);
      if (pattern && !pattern.matches.test(context.value)) report(context, { wording: pattern.wording });
    });
  return describe(schema, {
    control,
    required: true,
    ...hints,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxCharacters !== undefined && { maxCharacters }),
    ...(minCharacters !== undefined && { minCharacters }),
    ...(pattern && { pattern }),
  });
}

/**
 * An address with http:// or https:// (45034 otherwise), unless WeCom lets it go without. `maxBytes` in bytes of UTF-8.
 */
export function url({
  maxBytes,
  ...hints
}: Hints & { readonly maxBytes?: number; readonly schemeOptional?: boolean }): z.ZodString {
  const schema = z
    .string()
    .overwrite(wellFormed)
    .check((context) => {
      if (maxBytes !== undefined) checkBytes(context, maxBytes);
      if (hints.schemeOptional) {
        if (context.value.trim() === '') report(context, { wording: { en: 'is blank', zh: '为空白' } });
      } else if (!/^https?:\/\//i.test(context.value)) {
        report(context, {
          wording: { en: 'must start with http:// or https://', zh: '必须以 http:// 或 https:// 开头' },
        });
      } else if (!URL.canParse(context.value)) {
        report(context, { wording: { en: 'is not a valid address', zh: '不是有效的网址' } });
      }
    });
  return describe(schema, {
    control: 'url',
    required: true,
    placeholder: 'https://example.com',
    ...hints,
    ...(maxBytes !== undefined && { maxBytes }),
  });
}

interface NumberHints extends Hints {
  readonly min: number;
  readonly max: number;
  readonly unit?: Wording;
  readonly default?: number;
}

/** A number from `min` to `max`; a text of digits counts as one, because that is what panels and expressions give. */
export function number({ min, max, whole = false, ...hints }: NumberHints & { readonly whole?: boolean }) {
  const inRange = z.number().check((context) => {
    if (whole && !Number.isInteger(context.value))
      report(context, { wording: { en: 'must be a whole number', zh: '必须是整数' } });
    else if (context.value < min || context.value > max) {
      report(context, {
        wording: {
          en: `is ${context.value}, but must be from ${min} to ${max}`,
          zh: `为 ${context.value}，必须在 ${min} 到 ${max} 之间`,
        },
        limit: context.value < min ? min : max,
        actual: context.value,
      });
    }
  });
  const schema = z.preprocess(
    (value) => (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value),
    inRange,
  );
  return describe(schema, { control: 'number', required: true, min, max, ...hints });
}

/** A whole number from `min` to `max`. */
export function wholeNumber(hints: NumberHints) {
  return number({ ...hints, whole: true });
}

/** Yes or no; 1 or 0 in the request. */
export function toggle(hints: Hints) {
  const schema = z.preprocess(numeric, z.literal([0, 1]));
  return describe(schema, { control: 'switch', required: true, default: false, ...hints });
}

/** Yes or no; true or false in the request, where it is always written out. */
export function flag(hints: Hints) {
  const boolean = z.boolean().default(false);
  const schema = z.preprocess(
    (value) =>
      value === 1 || value === '1' || value === 'true'
        ? true
        : value === 0 || value === '0' || value === 'false'
          ? false
          : value,
    boolean,
  );
  return describe(schema, { control: 'switch', required: false, default: false, ...hints });
}

/** One of a few values. */
export function choice<const Value extends string | number>({
  choices,
  ...hints
}: Hints & {
  readonly choices: readonly { readonly value: Value; readonly label: Wording }[];
  readonly default?: Value;
  readonly wrongIsDefault?: boolean;
}) {
  const literal = z.literal(choices.map((entry) => entry.value));
  const schema = z.preprocess((value) => (typeof choices[0]?.value === 'number' ? numeric(value) : value), literal);
  return describe(schema, { control: 'choice', required: true, choices, ...hints });
}

/**
 * A file: a `media_id` of an earlier upload, or bytes with a name, which are checked here and uploaded before sending.
 */
export function media({ kind, ...hints }: Hints & { readonly kind: MediaKind }) {
  const schema = z
    .custom<MediaInput>(() => true)
    .check((context) => {
      for (const params of inspectMedia(context.value, kind)) report(context, params);
    });
  return describe(schema, { control: 'media', required: true, media: kind, ...hints });
}

/**
 * Bytes that travel inside the message (group robots): base64 and md5 take the place of this field. `maxBytes` before
 * base64.
 */
export function inlineImage({ maxBytes, ...hints }: Hints & { readonly maxBytes: number }) {
  const schema = z
    .custom<Exclude<MediaInput, string>>(() => true)
    .check((context) => {
      if (typeof context.value === 'string')
        return report(context, {
          wording: {
            en: 'must be a file: group robots take no media_id for images',
            zh: '必须是文件：群机器人的图片不支持 media_id',
          },
        });
      for (const params of inspectMedia(context.value, 'image', maxBytes)) report(context, params);
    });
  return describe(schema, { control: 'media', required: true, media: 'image', inline: true, maxBytes, ...hints });
}

interface IdsHints extends Hints {
  readonly min: number;
  readonly max: number;
}

/** A list of ids, in any of the ways people write lists. */
export function ids(hints: IdsHints) {
  return listOfIds(z.string(), hints);
}

/** A list of ids that are whole numbers from 1, as those of departments and tags are. */
export function numericIds(hints: IdsHints) {
  const id = z.preprocess(
    numeric,
    z.number().check((context) => {
      if (!Number.isSafeInteger(context.value) || context.value < 1)
        report(context, {
          wording: { en: 'is not an ID: a whole number from 1', zh: '不是有效的 ID：应为不小于 1 的整数' },
        });
    }),
  );
  return listOfIds(id, hints);
}

function listOfIds<Id extends z.ZodType>(id: Id, { min, max, ...hints }: IdsHints) {
  const list = z.array(id).check((context) => {
    const count = context.value.length;
    if (count >= min && count <= max) return;
    report(context, {
      wording: {
        en: `names ${count}, but must name from ${min} to ${max}`,
        zh: `有 ${count} 个，应为 ${min} 至 ${max} 个`,
      },
      limit: count < min ? min : max,
      actual: count,
    });
  });
  const schema = z.preprocess(
    (value) => (typeof value === 'object' && !Array.isArray(value) ? value : splitIds(value)),
    list,
  );
  return describe(schema, { control: 'ids', required: true, min, max, ...hints });
}

/** An object inside a message. */
export function group<Shape extends z.ZodRawShape>({
  fields,
  ...hints
}: Hints & { readonly fields: Shape; readonly rules?: ObjectRules }) {
  const schema = z.strictObject(fields);
  return describe(schema, { control: 'group', required: true, fields: describeFields(schema), ...hints });
}

/** What is wrong with the entries of a longer list is not looked for: zod takes no two hundred thousand issues. */
const LONGEST_LIST = 1000;

/** A list of entries with the same fields. */
export function list<Shape extends z.ZodRawShape>({
  entry,
  min,
  max,
  entryLabel,
  ...hints
}: Hints & {
  readonly entry: Shape;
  readonly min: number;
  readonly max: number;
  readonly entryLabel: Wording;
  readonly rules?: ObjectRules;
}) {
  const entrySchema = z.strictObject(entry);
  const checkCount = (context: CheckContext & { readonly value: readonly unknown[] }, most: number) => {
    const count = context.value.length;
    if (count >= min && count <= most) return;
    const wording = {
      en: `has ${count} entries, but must have from ${min} to ${max}`,
      zh: `有 ${count} 项，应为 ${min} 至 ${max} 项`,
    };
    report(context, { wording, limit: count < min ? min : max, actual: count });
  };
  const entries = z.array(entrySchema).check((context) => checkCount(context, max));
  const countable = z.array(z.unknown()).check((context) => {
    if (context.value.length > LONGEST_LIST) checkCount(context, LONGEST_LIST);
  });
  const schema = countable.pipe(entries as z.ZodType<z.output<typeof entries>, unknown[]>);
  return describe(schema, {
    control: 'list',
    required: true,
    min,
    max,
    entryLabel,
    fields: describeFields(entrySchema),
    ...hints,
  });
}

/** The API writes switches as 1 and 0; panels give booleans, expressions give any of the three. */
function numeric(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
}
