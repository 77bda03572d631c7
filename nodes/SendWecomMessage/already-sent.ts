import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { WecomError, WecomNetworkError } from '../../core';
import { explainedError, factsOf } from './node-errors';
import type { Result } from './read-panel';

/** What became of an item, as JSON: n8n saves it with the execution. */
interface Outcome {
  /** It was done. */
  readonly result?: Result;
  /** Nobody knows whether it arrived, or only a part of it did. */
  readonly doubt?: { readonly title: string; readonly advice: string; readonly facts: IDataObject };
}

/**
 * What was sent already in this run of the node. "Retry On Fail" runs the whole node again, with all its
 * items, when one of them failed; what was delivered, or may have been, must not be delivered twice.
 */
export class AlreadySent {
  private readonly outcomes: Record<number, Outcome> | undefined;

  constructor(private readonly context: IExecuteFunctions) {
    // Without retries nothing runs twice, and what is remembered would only make the execution data larger.
    if (context.getNode().retryOnFail !== true) return;
    const runs = context.getContext('node');
    const run = context.evaluateExpression('{{ $runIndex }}', 0) as number;
    this.outcomes = (runs[run] ??= {}) as Record<number, Outcome>;
  }

  /** @throws NodeOperationError if an earlier try of the item may have arrived */
  find(itemIndex: number): Result | undefined {
    const { result, doubt } = this.outcomes?.[itemIndex] ?? {};
    if (doubt) throw explainedError(this.context.getNode(), doubt, doubt.facts, itemIndex);
    return result;
  }

  /** @param repeatable WeCom itself drops a repetition (`enable_duplicate_check`), so a doubtful one may go again */
  watch(itemIndex: number, sending: Promise<Result>, repeatable: boolean): void {
    const { outcomes } = this;
    if (!outcomes) return;
    sending.then(
      (result) => (outcomes[itemIndex] = { result }),
      (error: unknown) => {
        if (!repeatable && mayHaveArrived(error)) outcomes[itemIndex] = { doubt: { ...error.explain('en'), facts: factsOf(error) } };
      },
    );
  }
}

function mayHaveArrived(error: unknown): error is WecomError {
  return error instanceof WecomError && (error.delivered !== undefined || (error instanceof WecomNetworkError && error.delivery === 'unknown'));
}
