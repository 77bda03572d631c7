import { invalidParameter } from '../../../errors';
import type { JsonObject, LenientBody } from '../../../lenient-json';

/**
 * A number of a fixed set; the first one is the default.
 * @throws Refusal 40058 with `name` when it is another
 */
export function readChoice<Value extends number>(
  body: LenientBody,
  object: JsonObject,
  key: string,
  values: readonly [Value, ...Value[]],
  name: string,
): Value {
  const sent = body.integer(object, key);
  if (sent === undefined) return values[0];
  const value = values.find((one) => one === sent);
  if (value === undefined) throw invalidParameter(name);
  return value;
}
