/** The room queue: the messages of a node that wait. May import from host, connection and reading. */
import { setMaxListeners } from 'node:events';

import { WecomNetworkError } from '../../../core';
import type { Progress, SendOptions, Wait } from '../../../core';
import { DRAIN } from '../host/drain';
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

/** What a call that is tried again met last. */
export interface Trouble {
  /** How often it was made. */
  readonly tries: number;
  /** WeCom's error code, or such as `ECONNREFUSED`. */
  readonly code: string | number;
}

/** A task on its way through the queue; hears from core what happens to it. */
interface Entry {
  readonly task: Task;
  readonly generation: Generation;
  stage: Stage;
  /** Monotonic milliseconds; until then a rate, a pause or a retry holds it. */
  heldUntil: number;
  /** It is tried again, and this is why. */
  trouble?: Trouble | undefined;
}

/** All that is stopped together. */
interface Generation {
  readonly stop: AbortController;
  /** Hears of every task that was stopped before it was sent. */
  onUnsent: (task: Task) => void;
}

interface Parts {
  read(msg: Message): Input | Promise<Input>;
  perform(input: Input, options: SendOptions): Promise<Outcome>;
  settled(task: Task, result: Result): void;
  /** A message has to wait, or is tried again. */
  waits(): void;
  monotonic(): number;
}

/**
 * The messages that a node has taken and not finished. They are read at once and handed to core in the
 * order in which they came, however long reading one of them takes; core holds back what has to wait.
 */
export class MessageQueue {
  private readonly entries = new Map<Task, Entry>();
  private readonly held = new Set<Entry>();
  private sending = 0;
  private generation = newGeneration();
  /** Ends when the newest message that is still being read, and all before it, were handed to core. */
  private turn: Promise<void> | undefined;
  private onIdle: (() => void) | undefined;

  constructor(private readonly parts: Parts) {}

  get size(): number {
    return this.entries.size;
  }

  /** How many of them are not on their way. */
  get waiting(): number {
    return this.entries.size - this.sending;
  }

  /** In the order in which they came. */
  tasks(): Task[] {
    return [...this.entries.keys()];
  }

  /** Milliseconds until the first of those that wait for a time goes on; 0 if something is on its way anyway. */
  heldForMs(): number {
    if (this.sending > 0 || this.held.size === 0) return 0;
    const now = this.parts.monotonic();
    let ms = Infinity;
    for (const { heldUntil } of this.held) ms = Math.min(ms, heldUntil - now);
    return Math.max(0, ms);
  }

  /** Why messages are tried again, while one is. */
  get trouble(): Trouble | undefined {
    for (const { trouble } of this.entries.values()) if (trouble) return trouble;
    return undefined;
  }

  add(task: Task): void {
    const entry: Entry = { task, generation: this.generation, stage: 'reading', heldUntil: 0 };
    this.entries.set(task, entry);
    let reading: Input | Promise<Input>;
    try {
      reading = task.input ?? this.parts.read(task.msg);
    } catch (failure) {
      this.settle(entry, { failure });
      return;
    }
    if (this.turn === undefined && !(reading instanceof Promise)) {
      void this.send(entry, reading);
      return;
    }
    const turn = this.sendInTurn(entry, Promise.resolve(reading), this.turn);
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
    const { generation } = this;
    this.generation = newGeneration();
    generation.onUnsent = onUnsent;
    generation.stop.abort(DRAIN);
    // A retry may hide a try of which nobody knows whether it arrived: core tells.
    for (const entry of [...this.entries.values()])
      if (entry.stage === 'reading' || entry.stage === 'waiting') this.takeBack(entry);
  }

  /** Resolves when nothing is left. */
  async idle(): Promise<void> {
    if (this.entries.size === 0) return;
    await new Promise<void>((resolve) => {
      this.onIdle = resolve;
    });
  }

  private async sendInTurn(entry: Entry, reading: Promise<Input>, ahead: Promise<void> | undefined): Promise<void> {
    const read = reading.then(
      (input) => ({ input }),
      (failure: unknown) => ({ failure }),
    );
    await ahead;
    const result = await read;
    if (!this.entries.has(entry.task)) return;
    if ('failure' in result) this.settle(entry, result);
    else void this.send(entry, result.input);
  }

  private async send(entry: Entry, input: Input): Promise<void> {
    const { task, generation } = entry;
    task.input = input;
    entry.stage = 'waiting';
    try {
      const outcome = await this.parts.perform(input, {
        signal: generation.stop.signal,
        progress: task.progress,
        onBegin: () => this.enter(entry, 'sending'),
        onWait: (wait) => this.wait(entry, wait),
      });
      this.settle(entry, { outcome });
    } catch (failure) {
      if (generation.stop.signal.aborted && wasNotSent(failure)) this.takeBack(entry);
      else this.settle(entry, { failure });
    }
  }

  private wait(entry: Entry, { reason, ms, tries, code }: Wait): void {
    this.enter(entry, reason === 'retry' ? 'retrying' : 'waiting');
    entry.heldUntil = this.parts.monotonic() + ms;
    this.held.add(entry);
    entry.trouble = tries !== undefined && code !== undefined ? { tries, code } : undefined;
    this.parts.waits();
  }

  private enter(entry: Entry, stage: Stage): void {
    if (!this.entries.has(entry.task)) return;
    this.sending += Number(stage === 'sending') - Number(entry.stage === 'sending');
    entry.stage = stage;
    if (this.held.size > 0) this.held.delete(entry);
  }

  private settle(entry: Entry, result: Result): void {
    if (this.remove(entry)) this.parts.settled(entry.task, result);
    this.tellIdle();
  }

  private takeBack(entry: Entry): void {
    if (this.remove(entry)) entry.generation.onUnsent(entry.task);
    this.tellIdle();
  }

  /** @returns false if it was taken back before: its end means nothing any more */
  private remove(entry: Entry): boolean {
    if (entry.stage === 'sending') this.enter(entry, 'waiting');
    this.held.delete(entry);
    return this.entries.delete(entry.task);
  }

  private tellIdle(): void {
    if (this.entries.size === 0) this.onIdle?.();
  }
}

function newGeneration(): Generation {
  const stop = new AbortController();
  // Every message in flight listens.
  setMaxListeners(0, stop.signal);
  return { stop, onUnsent: () => undefined };
}

function wasNotSent(error: unknown): boolean {
  return error instanceof WecomNetworkError && error.delivery === 'not-sent' && error.cause.code === 'ABORT_ERR';
}
