import { invalidParameter } from '../../../errors';
import type { JsonObject, LenientBody } from '../../../lenient-json';

interface Choice<Value extends number> {
  readonly key: string;
  readonly values: readonly [Value, ...Value[]];
  /** What an error calls it. */
  readonly name: string;
}

/**
 * A number of a fixed set; the first one is the default.
 * @throws Refusal 40058 with `name` when it is another
 */
export function readChoice<Value extends number>(
  body: LenientBody,
  object: JsonObject,
  { key, values, name }: Choice<Value>,
): Value {
  const sent = body.integer(object, key);
  if (sent === undefined) return values[0];
  const value = values.find((one) => one === sent);
  if (value === undefined) throw invalidParameter(name);
  return value;
}
