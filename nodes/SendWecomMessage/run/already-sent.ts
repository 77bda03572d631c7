import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { WecomError } from '../../../core';
import type { Progress } from '../../../core';
import { clock } from '../../host/clock';
import { explainedError, factsOf, mayHaveArrived } from '../../host/node-errors';
import type { Others } from '../../host/node-errors';
import type { Result } from '../read/read-panel';

/** What became of an item, as JSON: n8n saves it with the execution. */
interface Outcome {
  /** It was done. */
  readonly result?: Result;
  /** Nobody knows whether it, or one of its parts, arrived. */
  readonly doubt?: { readonly title: string; readonly advice: string; readonly facts: IDataObject };
  /** Milliseconds since 1970; until then WeCom drops a repetition of what is in doubt. */
  readonly repeatableUntil?: number;
  /** The parts that arrived. */
  readonly progress?: Progress;
}

/**
 * What was sent already in this run of the node. "Retry On Fail" runs the whole node again, with all its
 * items, when one of them failed, and so does a person who retries a failed execution; what was delivered,
 * or may have been, must not be delivered twice. It is kept in the node's context, which n8n saves with the execution.
 */
export class AlreadySent {
  private readonly runs: IDataObject;
  private readonly run: number;
  private readonly outcomes: Record<number, Outcome>;

  constructor(private readonly context: IExecuteFunctions) {
    this.runs = context.getContext('node');
    this.run = context.evaluateExpression('{{ $runIndex }}', 0) as number;
    this.outcomes = (this.runs[this.run] as Record<number, Outcome> | undefined) ?? {};
    // n8n may run the node again without asking.
    if (context.getNode().retryOnFail === true) this.keep();
  }

  /**
   * The result of an item that was done; otherwise what of it has arrived.
   *
   * @throws NodeOperationError if an earlier try of the item may have arrived
   */
  find(itemIndex: number): { readonly result: Result } | { readonly progress: Progress } {
    const { result, doubt, repeatableUntil = 0, progress } = this.outcomes[itemIndex] ?? {};
    if (result) return { result };
    if (doubt && clock.now() >= repeatableUntil)
      throw explainedError(this.context.getNode(), doubt, doubt.facts, itemIndex);
    return { progress: { sent: [...(progress?.sent ?? [])] } };
  }

  done(itemIndex: number, result: Result): void {
    this.outcomes[itemIndex] = { result };
  }

  /** @param repeatableUntil when WeCom forgets what it has had; 0 if it does not drop repetitions */
  failed(itemIndex: number, error: unknown, progress: Progress, repeatableUntil: number): void {
    const before = this.outcomes[itemIndex];
    const arrived = progress.sent.length > 0 && { progress };
    // A failure does not tell what became of an earlier try.
    if (before?.doubt) this.outcomes[itemIndex] = { ...before, ...arrived };
    else if (error instanceof WecomError && mayHaveArrived(error))
      this.outcomes[itemIndex] = {
        doubt: { ...error.explain('en'), facts: factsOf(error) },
        ...(repeatableUntil > 0 && { repeatableUntil }),
        ...arrived,
      };
    else if (arrived) this.outcomes[itemIndex] = arrived;
  }

  /** What is known of an item, also of one that this try did not come to. */
  stateOf(itemIndex: number): keyof Others {
    const { result, doubt, progress } = this.outcomes[itemIndex] ?? {};
    if (result) return 'sent';
    if (doubt) return 'inDoubt';
    return progress ? 'inPart' : 'notSent';
  }

  /** The node fails: whoever runs it again in this execution, or in a retry of it, goes on from here. */
  keep(): void {
    this.runs[this.run] = this.outcomes;
  }

  /** The node is through; nobody runs it again. */
  forget(): void {
    delete this.runs[this.run];
  }
}
