/** The room operations: what an app can do besides sending. May import from sending and what it may import. */
import { z } from 'zod/v4';

import type { Call } from '../api/call';
import { WecomInputError } from '../outcome/errors';
import type { InputIssue } from '../outcome/errors';
import { checkRules } from '../schema/field-rules';
import { describeFields } from '../schema/fields';
import type { Field, ObjectRules } from '../schema/field';
import { filledIn } from '../schema/filled-in';
import { inputIssues, typeName } from '../schema/input-issues';
import type { Wording } from '../outcome/wording';

/**
 * What an app can do besides sending, described once like a message type: panels, validation and docs come from this.
 */
export interface Operation {
  /** Such as `recall` or `createChat`. */
  readonly name: string;
  /** What it works on. */
  readonly about: 'message' | 'chat';
  /** What panels call it. */
  readonly label: Wording;
  /** One sentence: what happens. */
  readonly summary: Wording;
  /** What it takes, as panels need it. */
  readonly fields: readonly Field[];
  /** Between these fields. */
  readonly rules?: ObjectRules;
  /**
   * Checks every field, without sending anything.
   *
   * @throws WecomInputError with every wrong field
   */
  parse(input: unknown): Readonly<Record<string, unknown>>;
  /** Carries out what `parse` gave; the answer is what people get. @internal */
  run(
    call: Call,
    values: Readonly<Record<string, unknown>>,
    app: { readonly agentId: number },
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>>;
}

/** What panels and docs need of an operation. */
export type DescribedOperation = Pick<Operation, 'name' | 'about' | 'label' | 'summary' | 'fields' | 'rules'>;

interface OperationDescription<Shape extends z.ZodRawShape> extends Pick<
  Operation,
  'name' | 'about' | 'label' | 'summary'
> {
  readonly fields: Shape;
  readonly rules?: ObjectRules;
  /** Reads what the API itself writes in another way. */
  readonly asApi?: (input: unknown) => unknown;
  readonly run: (
    call: Call,
    values: z.output<z.ZodObject<Shape>>,
    app: { readonly agentId: number },
    signal?: AbortSignal,
  ) => Promise<Readonly<Record<string, unknown>>>;
}

export function operation<Shape extends z.ZodRawShape>({
  fields: shape,
  rules,
  asApi = (input) => input,
  run,
  ...description
}: OperationDescription<Shape>): Operation {
  const schema = z.strictObject(shape);
  const fields = describeFields(schema);
  return {
    ...description,
    fields,
    ...(rules && { rules }),
    parse: (input) => {
      const { values, issues } = parseFields(schema, fields, rules, asApi(input));
      if (issues.length > 0 || !values) throw new WecomInputError(issues);
      return values;
    },
    run: (call, values, app, signal) => run(call, values as z.output<z.ZodObject<Shape>>, app, signal),
  };
}

/** Checks the fields of an operation; the caller may have issues of its own to add. */
export function parseFields(
  schema: z.ZodObject,
  fields: readonly Field[],
  rules: ObjectRules | undefined,
  input: unknown,
): { values?: Record<string, unknown>; issues: InputIssue[] } {
  const given = filledIn(input, fields);
  if (!given)
    return {
      issues: [
        {
          path: 'input',
          message: {
            en: `must be an object, but is ${typeName(input).en}`,
            zh: `必须是对象，但实际是${typeName(input).zh}`,
          },
        },
      ],
    };
  const issues: InputIssue[] = [];
  checkRules({ fields, values: given, path: [], findings: { issues, advice: [] } }, rules);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { values: parsed.data, issues };
  return { issues: [...issues, ...inputIssues(parsed.error, given, fields)] };
}
