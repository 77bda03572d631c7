import type { z } from 'zod/v4';

import { WecomInputError } from '../../core';
import type { Field } from '../../core';
import { operation } from '../../core/operations/operation';
import type { ObjectRules } from '../../core/schema/field';

const wording = { en: 'Made up', zh: '虚构' };

/** Fields as an operation has them: what WeCom gets of the values, or what the person sees. */
export function madeOf(fields: z.ZodRawShape, rules?: ObjectRules) {
  const made = operation({
    name: 'madeUp',
    about: 'message',
    label: wording,
    summary: wording,
    fields,
    ...(rules && { rules }),
    run: async () => ({}),
  });
  const issuesOf = (input: unknown) => {
    try {
      made.parse(input);
    } catch (error) {
      if (error instanceof WecomInputError) return error.issues;
      throw error;
    }
    return [];
  };
  return {
    fields: made.fields,
    parse: (input: unknown) => made.parse(input),
    issues: issuesOf,
    /** What is wrong in both languages. */
    said: (input: unknown) => issuesOf(input).map(({ path, message }) => [path, message.en, message.zh]),
  };
}

/** The same for a single field, which is called `field`. */
export function fieldOf(schema: z.ZodType) {
  const made = madeOf({ field: schema });
  return {
    field: made.fields[0] as Field,
    parsed: (value: unknown) => made.parse({ field: value })['field'],
    said: (value: unknown) => made.issues({ field: value }).map(({ message }) => [message.en, message.zh]),
    issue: (value: unknown) => made.issues({ field: value })[0],
  };
}
