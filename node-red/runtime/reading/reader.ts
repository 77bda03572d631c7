import { UnreadableFile } from '../../../core';
import type { Field, InputIssue } from '../../../core';
import { reasonOf } from '../host/flow-error';
import type { Message } from '../host/node-red-api';
import { UnreadableValue } from './unreadable-value';
import type { ValueSource } from './unreadable-value';

/** Gives a part of a message, at once or as a promise. What could not be read is added to `issues` and left out. */
export type Reader = (msg: Message, issues: InputIssue[]) => unknown;

/** Turns what cannot be read into an issue of the field, so that all of them are told at once. */
export function guarded(field: Field | undefined, path: string, read: ValueSource): Reader {
  return (msg, issues) => {
    const report = (error: unknown) => {
      const message =
        error instanceof UnreadableValue || error instanceof UnreadableFile
          ? error.wording
          : { en: `cannot be read: ${reasonOf(error)}`, zh: `无法读取：${reasonOf(error)}` };
      issues.push({ path, ...(field && { label: field.label }), message });
      return undefined;
    };
    try {
      const found = read(msg);
      // Copied here, where an entry that throws when it is read is still known to be of this field.
      const value: unknown = Array.isArray(found) ? [...(found as unknown[])] : found;
      return value instanceof Promise ? value.catch(report) : value;
    } catch (error) {
      return report(error);
    }
  };
}

/** Waits only if there is something to wait for: most messages come from `msg` and need no turn of the event loop. */
export function together<Result>(values: unknown[], combine: (values: unknown[]) => Result): Result | Promise<Result> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values).then(combine) : combine(values);
}

export function then(value: unknown, next: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(next) : next(value);
}

export function constant(value: unknown): Reader {
  return () => value;
}
