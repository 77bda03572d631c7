import { allOperations, operations, parseMessage, parseUpdate, WecomInputError } from '../../../core';
import type { InputIssue, Operation } from '../../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../../panel/plan';
import type { Plan } from '../../panel/plan';
import { WHOLE_MESSAGE } from '../reading/whole-message';
import type { Input } from './message-queue';

/** @throws WecomInputError for a name that no editor writes */
export function knownOperation(name: string): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (found) return found;
  const names = [SEND, ...allOperations.map((operation) => operation.name)];
  throw new WecomInputError([
    {
      path: 'operation',
      message: { en: `is not one of ${names.join(', ')}`, zh: `不是有效值；可用值：${names.join('、')}` },
    },
  ]);
}

/**
 * Gives the input back if all of it could be read.
 *
 * @param issues what could not be read
 * @throws WecomInputError naming that, and what else is wrong: people correct everything in one go
 */
export function checkedInput(plan: Plan, input: Input, issues: readonly InputIssue[]): Input {
  if (issues.length > 0) throw new WecomInputError([...issues, ...otherIssues(plan, input, issues)]);
  return input;
}

function otherIssues(plan: Plan, input: Input, known: readonly InputIssue[]): readonly InputIssue[] {
  // Of a message that could not be read nothing else is known.
  if (known.some(({ path }) => path === WHOLE_MESSAGE)) return [];
  try {
    check(plan, input);
    return [];
  } catch (error) {
    // What is missing inside of something that could not be read is not another mistake.
    return error instanceof WecomInputError
      ? error.issues.filter(
          (issue) => !known.some(({ path }) => issue.path === path || issue.path.startsWith(`${path}.`)),
        )
      : [];
  }
}

function check(plan: Plan, input: Input): void {
  const { operation = SEND } = plan;
  const destination = destinationOf(plan);
  if (operation === UPDATE_CARD) parseUpdate(input);
  else if (operation !== SEND || destination === undefined || destination === 'update')
    knownOperation(operation).parse(input);
  else parseMessage(input, destination);
}
