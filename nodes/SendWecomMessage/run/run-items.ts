/** The room run: one run of the node, its items, order and hints. May import from nodes/host, panel and read. */
import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messageTypes, WecomNetworkError } from '../../../core';
import type { SendOptions, Wait } from '../../../core';
import { AlreadySent } from './already-sent';
import { clock } from '../../host/clock';
import { executionHints, hasInvalidRecipients, invalidRecipientsError } from './execution-hints';
import { ItemRun } from './item-run';
import { errorJson, toNodeError, withOthers } from '../../host/node-errors';
import type { Others } from '../../host/node-errors';
import { SEND } from '../panel/parameter-names';
import { Parameters } from '../read/parameters';
import { readPanel } from '../read/read-panel';
import type { PanelValues, Result } from '../read/read-panel';
import { InFlightLimit } from './in-flight-limit';
import type { InFlightSize } from './in-flight-limit';
import { RunFiles } from '../read/run-files';
import type { ItemFiles } from '../read/run-files';
import { Senders } from '../../host/senders';
import { isNoticeable, waitingHints, waitingNow } from './waiting-hints';

/** Messages go side by side; core keeps the order where it matters. */
const SENDING: InFlightSize = { items: 200, bytes: 64 * 1024 * 1024 };
/** Other operations may depend on the one before. */
const ONE_BY_ONE: InFlightSize = { items: 1, bytes: Infinity };

/** Reading a panel awaits nothing that takes time; after so long, requests and answers get their turn. Milliseconds. */
const LONGEST_READING = 5;

/** What became of an item; nothing if it was not started. */
type Outcome = { readonly result: Result } | { readonly error: unknown };

/** One run of the node: all its items, in their order. */
export class ItemsRun {
  private readonly startedAt = clock.monotonic();
  private readonly parameters: Parameters;
  private readonly operation: string;
  private readonly alreadySent: AlreadySent;
  private readonly executionSignal: AbortSignal | undefined;
  private readonly inFlight: InFlightLimit;
  private readonly senders: Senders;
  private readonly files: RunFiles;
  private readonly outcomes: (Outcome | undefined)[];
  /** Items that somebody may have noticed the waiting of. */
  private readonly waited: ItemRun[] = [];
  private readonly unfinished = new Map<ItemRun, Promise<void>>();
  private readonly announced = new Set<string>();
  /** Where the node stops, unless it continues on fail. */
  private firstFailed = Infinity;

  constructor(private readonly context: IExecuteFunctions) {
    this.parameters = new Parameters(context);
    this.operation = this.parameters.read('operation', 0) as string;
    this.alreadySent = new AlreadySent(context);
    this.executionSignal = context.getExecutionCancelSignal();
    this.senders = new Senders(context, this.executionSignal);
    this.files = new RunFiles(context);
    this.inFlight = new InFlightLimit(this.operation === SEND ? SENDING : ONE_BY_ONE);
    this.outcomes = context.getInputData().map(() => undefined);
  }

  /** @throws NodeApiError or NodeOperationError of the first item that failed, unless the node continues on fail */
  async run(): Promise<INodeExecutionData[]> {
    const cancel = () => this.unfinished.forEach((_, item) => item.cancel());
    this.executionSignal?.addEventListener('abort', cancel);
    try {
      let reading = performance.now();
      for (let itemIndex = 0; itemIndex < this.outcomes.length && !this.stopped; itemIndex += 1) {
        await this.start(itemIndex);
        if (performance.now() - reading < LONGEST_READING) continue;
        await sleep(0);
        reading = performance.now();
      }
      await Promise.all(this.unfinished.values());
    } finally {
      this.executionSignal?.removeEventListener('abort', cancel);
    }
    if (this.stopped) throw this.failure();
    const output = this.outcomes.map((outcome, item) => ({
      json: this.outputOf(outcome as Outcome, item),
      pairedItem: { item },
    }));
    // With an error in the first item, n8n may run the node again.
    if (!output[0]?.json['error']) this.alreadySent.forget();
    const results = this.outcomes.flatMap((outcome) => (outcome && 'result' in outcome ? [outcome.result] : []));
    const hints = [...executionHints(results, this.operation), ...waitingHints(this.waited)];
    if (hints.length > 0) this.context.addExecutionHints(...hints);
    return output;
  }

  private get stopped(): boolean {
    return this.firstFailed < Infinity || this.executionSignal?.aborted === true;
  }

  /** Resolves as soon as the next item may start: this one may be on its way for long. */
  private async start(itemIndex: number): Promise<void> {
    const files = this.files.ofItem(itemIndex);
    let isUnderWay = false;
    try {
      const panel = await readPanel(
        { context: this.context, parameters: this.parameters, itemIndex, files },
        messageTypes,
      );
      const known = this.alreadySent.find(itemIndex);
      if ('result' in known) return this.settle(itemIndex, this.checked(itemIndex, panel, known.result));
      const sender = await this.sender(panel);
      await this.inFlight.acquire(files.takeBytes());
      isUnderWay = true;
      if (this.stopped) return this.inFlight.release(files.release());
      const item = new ItemRun(itemIndex, known.progress);
      // Nothing is awaited between here and core's queues: they keep the order of these calls.
      this.unfinished.set(item, this.finish(item, panel, files, sender(item)));
    } catch (error) {
      this.settle(itemIndex, { error });
    } finally {
      if (!isUnderWay) this.inFlight.free(files.release());
    }
  }

  private async finish(item: ItemRun, panel: PanelValues, files: ItemFiles, sending: Promise<Result>): Promise<void> {
    const { itemIndex, progress } = item;
    const repeatableUntil = panel.repeatableMs > 0 ? clock.now() + panel.repeatableMs : 0;
    let outcome: Outcome;
    try {
      const result = await sending;
      if (!panel.checkOnly) this.alreadySent.done(itemIndex, result);
      outcome = this.checked(itemIndex, panel, result);
    } catch (error) {
      this.alreadySent.failed(itemIndex, error, progress, repeatableUntil);
      outcome = { error };
    }
    this.unfinished.delete(item);
    if (isNoticeable(item)) this.waited.push(item);
    this.settle(itemIndex, outcome, item);
    this.inFlight.release(files.release());
  }

  private checked(itemIndex: number, { failOnInvalidRecipients }: PanelValues, result: Result): Outcome {
    if (!failOnInvalidRecipients || !hasInvalidRecipients(result)) return { result };
    return { error: invalidRecipientsError(this.context.getNode(), result, this.operation, itemIndex) };
  }

  private settle(itemIndex: number, outcome: Outcome, item?: ItemRun): void {
    this.outcomes[itemIndex] = outcome;
    if ('result' in outcome || this.context.continueOnFail()) return;
    // An item that was held back did not fail; it was not sent.
    if (item?.signal.aborted && wasCancelled(outcome.error)) return;
    this.firstFailed = Math.min(this.firstFailed, itemIndex);
    for (const other of this.unfinished.keys()) other.stop(other.itemIndex < this.firstFailed);
  }

  private async sender({
    task,
    timeoutMs,
    rates,
    longestWaitMs,
    atOnce,
  }: PanelValues): Promise<(item: ItemRun) => Promise<Result>> {
    const options = (item: ItemRun): SendOptions => ({
      signal: item.signal,
      rates,
      // Of the whole run, or one message after the other would have it anew, and the worker be held all the longer.
      longestWaitMs: Math.max(0, this.startedAt + longestWaitMs - clock.monotonic()),
      atOnce,
      progress: item.progress,
      onWait: (wait) => this.heardOf(item, wait),
      onBegin: item.begun,
    });
    if (task.by === 'app') {
      const app = await this.senders.app(timeoutMs);
      return (item) => task.run(app, options(item));
    }
    const robot = await this.senders.robot(timeoutMs);
    return (item) => task.run(robot, options(item));
  }

  /** While a person watches, n8n passes it on to the console of the browser; once for each reason. */
  private heardOf(item: ItemRun, wait: Wait): void {
    item.heardOf(wait);
    const sentence = this.announced.has(wait.reason) ? undefined : waitingNow(wait);
    if (sentence === undefined) return;
    this.announced.add(wait.reason);
    this.context.sendMessageToUI(sentence);
  }

  private outputOf(outcome: Outcome, itemIndex: number): IDataObject {
    return 'result' in outcome
      ? ({ ...outcome.result } as IDataObject)
      : errorJson(toNodeError(this.context.getNode(), outcome.error, itemIndex));
  }

  private failure(): Error {
    // After a cancellation, any error will do: nobody sees it.
    const itemIndex =
      this.firstFailed < Infinity
        ? this.firstFailed
        : this.outcomes.findIndex((outcome) => outcome && 'error' in outcome);
    const outcome = this.outcomes[itemIndex];
    const error = outcome && 'error' in outcome ? outcome.error : new Error('The execution was cancelled');
    this.alreadySent.keep();
    const done = this.operation === SEND ? 'sent' : 'done';
    return withOthers(toNodeError(this.context.getNode(), error, Math.max(0, itemIndex)), this.others(itemIndex), done);
  }

  private others(failed: number): Others {
    const others = { sent: 0, inPart: 0, inDoubt: 0, notSent: 0 };
    this.outcomes.forEach((_, itemIndex) => {
      if (itemIndex !== failed) others[this.alreadySent.stateOf(itemIndex)] += 1;
    });
    return others;
  }
}

function wasCancelled(error: unknown): boolean {
  return error instanceof WecomNetworkError && error.cause.code === 'ABORT_ERR' && error.delivery === 'not-sent';
}
