import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { SendResult } from '../../core';

/**
 * What was sent already in this run of the node. "Retry On Fail" runs the whole node again, with all its
 * items, when one of them failed; those that were delivered must not be delivered again.
 */
export class AlreadySent {
  private readonly results: IDataObject | undefined;

  constructor(context: IExecuteFunctions) {
    // Without retries nothing runs twice, and what is remembered would only make the execution data larger.
    if (context.getNode().retryOnFail !== true) return;
    const runs = context.getContext('node');
    const run = context.evaluateExpression('{{ $runIndex }}', 0) as number;
    this.results = (runs[run] ??= {}) as IDataObject;
  }

  find(itemIndex: number): SendResult | undefined {
    return this.results?.[itemIndex] as SendResult | undefined;
  }

  remember(itemIndex: number, result: SendResult): void {
    if (this.results) this.results[itemIndex] = { ...result };
  }
}
