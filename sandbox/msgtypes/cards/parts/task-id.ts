import { Refusal } from '../../../errors';

/**
 * At most 128 of `0-9 a-z A-Z _ - @`.
 * @param required cards that call back need one
 * @throws Refusal 42014
 */
export function checkTaskId(taskId: string | undefined, required: boolean): void {
  if (!taskId && !required) return;
  if (!taskId || !/^[0-9a-zA-Z_@-]{1,128}$/.test(taskId)) throw new Refusal(42014);
}
