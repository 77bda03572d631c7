/** The room queue: the messages of a node that wait. May import from host, connection and reading. */
import { setMaxListeners } from 'node:events';

import { WecomNetworkError } from '../../../core';
import type { Progress, SendOptions, Wait } from '../../../core';
import { LET_END } from '../host/let-end';
import type { Message } from '../host/node-red-api';
import type { Outcome } from '../host/outcome';

/** What core is to do, written like the API writes it. */
export type Input = Readonly<Record<string, unknown>>;

/** What became of a message. */
export type Result = { readonly outcome: Outcome } | { readonly failure: unknown };

/** A message inside the node, from its arrival to its end. */
export interface Task {
  readonly msg: Message;
  readonly sendOn: (msg: Message) => void;
  readonly done: (error?: Error) => void;
  /** As the panel was read when the message arrived. */
  input?: Input;
  /** What of it was sent. */
  readonly progress: Progress;
}

type Stage = 'reading' | 'waiting' | 'sending' | 'retrying';

/** A task on its way through the queue; hears from core what happens to it. */
interface Passage {
  readonly task: Task;
  readonly round: Round;
  stage: Stage;
  /** Monotonic milliseconds; until then a rate, a pause or a retry holds it. */
  heldUntil: number;
}

/** All that is stopped together. */
interface Round {
  readonly stop: AbortController;
  /** Hears of every task that was stopped before it was sent. */
  onUnsent: (task: Task) => void;
}

interface Parts {
  read(msg: Message): Input | Promise<Input>;
  perform(input: Input, options: SendOptions): Promise<Outcome>;
  settled(task: Task, result: Result): void;
  monotonic(): number;
}

/**
 * The messages that a node has taken and not finished. They are read at once and handed to core in the
 * order in which they came, however long reading one of them takes; core holds back what has to wait.
 */
export class MessageQueue {
  private readonly passages = new Map<Task, Passage>();
  private readonly held = new Set<Passage>();
  private sending = 0;
  private round = newRound();
  /** Ends when the newest message that is still being read, and all before it, were handed to core. */
  private turn: Promise<void> | undefined;
  private onIdle: (() => void) | undefined;

  constructor(private readonly parts: Parts) {}

  get size(): number {
    return this.passages.size;
  }

  /** How many of them are not on their way. */
  get waiting(): number {
    return this.passages.size - this.sending;
  }

  /** In the order in which they came. */
  tasks(): Task[] {
    return [...this.passages.keys()];
  }

  /** Milliseconds until the first of those that wait for a time goes on; 0 if something is on its way anyway. */
  heldForMs(): number {
    if (this.sending > 0 || this.held.size === 0) return 0;
    const now = this.parts.monotonic();
    let ms = Infinity;
    for (const { heldUntil } of this.held) ms = Math.min(ms, heldUntil - now);
    return Math.max(0, ms);
  }

  add(task: Task): void {
    const passage: Passage = { task, round: this.round, stage: 'reading', heldUntil: 0 };
    this.passages.set(task, passage);
    let reading: Input | Promise<Input>;
    try {
      reading = task.input ?? this.parts.read(task.msg);
    } catch (failure) {
      this.settle(passage, { failure });
      return;
    }
    if (this.turn === undefined && !(reading instanceof Promise)) {
      void this.send(passage, reading);
      return;
    }
    const turn = this.sendInTurn(passage, Promise.resolve(reading), this.turn);
    this.turn = turn;
    void turn.then(() => {
      if (this.turn === turn) this.turn = undefined;
    });
  }

  /**
   * Takes back everything that is not on its way. What is on its way goes on; if it turns out that
   * it was not sent either, it is taken back then.
   */
  stop(onUnsent: (task: Task) => void): void {
    const { round } = this;
    this.round = newRound();
    round.onUnsent = onUnsent;
    round.stop.abort(LET_END);
    // A retry may hide a try of which nobody knows whether it arrived: core tells.
    for (const passage of [...this.passages.values()])
      if (passage.stage === 'reading' || passage.stage === 'waiting') this.takeBack(passage);
  }

  /** Resolves when nothing is left. */
  async idle(): Promise<void> {
    if (this.passages.size === 0) return;
    await new Promise<void>((resolve) => {
      this.onIdle = resolve;
    });
  }

  private async sendInTurn(passage: Passage, reading: Promise<Input>, ahead: Promise<void> | undefined): Promise<void> {
    const read = reading.then(
      (input) => ({ input }),
      (failure: unknown) => ({ failure }),
    );
    await ahead;
    const result = await read;
    if (!this.passages.has(passage.task)) return;
    if ('failure' in result) this.settle(passage, result);
    else void this.send(passage, result.input);
  }

  private async send(passage: Passage, input: Input): Promise<void> {
    const { task, round } = passage;
    task.input = input;
    passage.stage = 'waiting';
    try {
      const outcome = await this.parts.perform(input, {
        signal: round.stop.signal,
        progress: task.progress,
        onBegin: () => this.enter(passage, 'sending'),
        onWait: (wait) => this.wait(passage, wait),
      });
      this.settle(passage, { outcome });
    } catch (failure) {
      if (round.stop.signal.aborted && wasNotSent(failure)) this.takeBack(passage);
      else this.settle(passage, { failure });
    }
  }

  private wait(passage: Passage, { reason, ms }: Wait): void {
    this.enter(passage, reason === 'retry' ? 'retrying' : 'waiting');
    passage.heldUntil = this.parts.monotonic() + ms;
    this.held.add(passage);
  }

  private enter(passage: Passage, stage: Stage): void {
    if (!this.passages.has(passage.task)) return;
    this.sending += Number(stage === 'sending') - Number(passage.stage === 'sending');
    passage.stage = stage;
    if (this.held.size > 0) this.held.delete(passage);
  }

  private settle(passage: Passage, result: Result): void {
    if (this.remove(passage)) this.parts.settled(passage.task, result);
    this.tellIdle();
  }

  private takeBack(passage: Passage): void {
    if (this.remove(passage)) passage.round.onUnsent(passage.task);
    this.tellIdle();
  }

  /** @returns false if it was taken back before: its end means nothing any more */
  private remove(passage: Passage): boolean {
    if (passage.stage === 'sending') this.enter(passage, 'waiting');
    this.held.delete(passage);
    return this.passages.delete(passage.task);
  }

  private tellIdle(): void {
    if (this.passages.size === 0) this.onIdle?.();
  }
}

function newRound(): Round {
  const stop = new AbortController();
  // Every message in flight listens.
  setMaxListeners(0, stop.signal);
  return { stop, onUnsent: () => undefined };
}

function wasNotSent(error: unknown): boolean {
  return error instanceof WecomNetworkError && error.delivery === 'not-sent' && error.cause.code === 'ABORT_ERR';
}
