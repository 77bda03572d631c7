/** The room life: what waits goes on after a deploy. May import from queue and what it may import. */
import { systemClock } from '../host/clock';
import type { Ending } from './ending-line';
import type { Handover, Leftover, Predecessor } from './handover';
import type { MessageQueue, Result, Task } from '../queue/message-queue';
import type { Message } from '../host/node-red-api';
import type { ResultsInFlight } from './results-in-flight';

/** Node-RED waits 15 s for a node to close; its sockets are closed a second earlier than this. */
const CLOSE_WITHIN_MS = 13_000;

interface Parts {
  readonly handover: Handover;
  /** The same for all instances of a node. */
  readonly key: string;
  /** What a message is read for: an instance with another plan reads again what its predecessor has read. */
  readonly plan: string;
  readonly queue: MessageQueue;
  /** Takes a message that no instance has seen before. */
  readonly take: (task: Task) => void;
  /** Goes on with a message that was taken before. */
  readonly resume: (task: Task) => void;
  /** Tells the flow what became of a message. */
  readonly conclude: (task: Task, result: Result) => void;
  readonly resultsInFlight: ResultsInFlight;
  /** The node is disabled or gone: tells the Catch and Complete nodes left in its flow what became of these. */
  readonly reportRemoved: (leftovers: readonly Leftover[]) => void;
  /** No flow is left that could be told. */
  readonly record: (endings: readonly (readonly [Task, Ending])[]) => void;
  /** Lets a message arrive at the node as those of the flow do. */
  readonly receive: (msg: Message) => void;
  /** Nothing more is shown. */
  readonly closed: () => void;
  /** So many messages wait for the next instance. */
  readonly tellWaiting: (count: number) => void;
}

/**
 * The life of a node across deploys: a deploy closes it and makes another instance. What this one has not
 * finished goes to the next one as it is; what its predecessor left comes before everything new.
 */
export class NodeLifecycle {
  private closing = false;
  private left: Leftover[] = [];
  /** What came while something of the predecessor was still expected. */
  private early: Task[] = [];
  private readonly returning = new WeakMap<Message, Leftover>();

  constructor(private readonly parts: Parts) {
    parts.handover.register(parts.key, this.takeOver);
  }

  get isClosing(): boolean {
    return this.closing;
  }

  /** A message of the flow, or one that comes back. */
  arrive(task: Task): void {
    const { handover, key, plan } = this.parts;
    if (this.closing) this.keep({ task, plan });
    else if (!this.returning.has(task.msg) && handover.isExpected(key)) this.early.push(task);
    else this.admit(task);
  }

  /** A message was sent or failed. While the node closes, there is no flow that could be told. */
  settled(task: Task, result: Result): void {
    if (this.closing) this.keep({ task, plan: this.parts.plan, result });
    else this.tell(task, result);
  }

  private tell(task: Task, result: Result): void {
    const { resultsInFlight, conclude } = this.parts;
    resultsInFlight.remember(task, result, () => conclude(task, result));
  }

  /** How many messages are not on their way. */
  get waiting(): number {
    return this.parts.queue.waiting + this.early.length + this.left.filter(({ result }) => !result).length;
  }

  /**
   * Lets what is on its way end, for a while, and leaves the rest to the next instance. Node-RED closes the
   * nodes behind this one at the same time, so nothing can be told before the flows have started again.
   */
  async close(removed: boolean): Promise<void> {
    const { handover, key, plan, queue, closed, tellWaiting, resultsInFlight } = this.parts;
    this.closing = true;
    const lost = resultsInFlight.lost();
    handover.unregister(key, this.takeOver);
    const order = new Map(queue.tasks().map((task, index) => [task, index]));
    queue.stop((task) => this.keep({ task, plan }));
    closed();
    const deadline = new AbortController();
    await Promise.race([queue.idle(), systemClock.sleep(CLOSE_WITHIN_MS, deadline.signal).catch(() => undefined)]);
    deadline.abort();
    const unheard = await lost;
    const position = ({ task }: Leftover) => order.get(task) ?? Infinity;
    const { left, early } = this;
    const leftovers = [
      ...unheard.map(({ task, result }) => ({ task, plan, result })),
      ...left.filter(({ task }) => order.has(task)).sort((one, other) => position(one) - position(other)),
      ...early.map((task) => ({ task, plan })),
      ...left.filter(({ task }) => !order.has(task)),
    ];
    if (!removed && this.waiting > 0) tellWaiting(this.waiting);
    this.left = [];
    this.early = [];
    // A call with a long timeout may end after this.
    this.keep = (leftover) => handover.leave(key, [leftover], this.predecessor);
    if (leftovers.length > 0 || queue.size > 0) handover.leave(key, leftovers, this.predecessor);
  }

  private readonly predecessor: Predecessor = {
    noSuccessor: (leftovers) => this.parts.reportRemoved(leftovers),
    stopped: (leftovers) => {
      const { record, queue } = this.parts;
      record([
        ...leftovers.map(({ task, result }) => [task, result ?? 'waiting'] as const),
        ...queue.tasks().map((task) => [task, 'on-its-way'] as const),
      ]);
    },
  };

  private keep = (leftover: Leftover): void => void this.left.push(leftover);

  private readonly takeOver = (leftovers: readonly Leftover[]): void => {
    for (const leftover of leftovers) {
      this.returning.set(leftover.task.msg, leftover);
      this.parts.receive(leftover.task.msg);
    }
    const waited = this.early;
    this.early = [];
    for (const task of waited) this.admit(task);
  };

  private admit(task: Task): void {
    const { plan, take, resume } = this.parts;
    const leftover = this.returning.get(task.msg);
    this.returning.delete(task.msg);
    if (!leftover) take(task);
    else if (leftover.result) this.tell(task, leftover.result);
    else
      resume({
        ...task,
        progress: leftover.task.progress,
        ...(leftover.plan === plan && leftover.task.input && { input: leftover.task.input }),
      });
  }
}
