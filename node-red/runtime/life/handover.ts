import type { Result, Task } from '../queue/message-queue';
import type { Events, RuntimeEvent } from '../host/node-red-api';

/** A message that a node had not finished when it was closed. */
export interface Leftover {
  readonly task: Task;
  /** For which panel it was read. */
  readonly plan: string;
  /** It was sent, or failed, while the node was closing: only the flow does not know yet. */
  readonly result?: Result;
}

export type Receive = (leftovers: readonly Leftover[]) => void;

/** An instance that was closed. */
export interface Predecessor {
  /** The flows have started without another instance: the node is disabled or gone. */
  readonly noSuccessor: Receive;
  /** The flows were stopped, and may not start again. */
  readonly stopped: Receive;
}

/** What waits for the next instance of a node. */
interface Pending {
  readonly leftovers: Leftover[];
  predecessor: Predecessor;
  isTold: boolean;
}

/**
 * Brings what a node had not finished when the flows were deployed to the next instance of that node, as
 * soon as the flows have started and there are nodes behind it again. Without a next instance it is given back.
 */
export class Handover {
  private readonly successors = new Map<string, Receive>();
  private readonly pending = new Map<string, Pending>();
  /** Nodes were closed, and the flows have not started again. */
  private isBetween = false;

  /** @param onStopped the flows were stopped, and all predecessors were told */
  constructor(
    private readonly events: Events,
    private readonly onStopped: () => void = () => undefined,
  ) {}

  /** How many messages are here to be sent later. */
  get waiting(): number {
    let count = 0;
    for (const { leftovers } of this.pending.values()) for (const { result } of leftovers) if (!result) count += 1;
    return count;
  }

  /** A new instance is there. */
  register(key: string, receive: Receive): void {
    this.successors.set(key, receive);
  }

  /** @param receive of the instance that closes: another one may have taken its place already */
  unregister(key: string, receive: Receive): void {
    if (this.successors.get(key) === receive) this.successors.delete(key);
    if (this.isBetween) return;
    this.isBetween = true;
    this.events.once('flows:started', this.bringAll);
    this.events.on('runtime-event', this.look);
  }

  /** Whether there is something that comes before all new messages. */
  isExpected(key: string): boolean {
    return this.pending.has(key);
  }

  /** Keeps these for the next instance; if the flows have started already, it gets them now. */
  leave(key: string, leftovers: readonly Leftover[], predecessor: Predecessor): void {
    const own = this.pending.get(key);
    if (own) {
      own.leftovers.push(...leftovers);
      own.predecessor = predecessor;
      own.isTold = false;
    } else if (this.successors.has(key) || !this.isBetween)
      (this.successors.get(key) ?? predecessor.noSuccessor)(leftovers);
    else this.pending.set(key, { leftovers: [...leftovers], predecessor, isTold: false });
  }

  private readonly bringAll = (): void => {
    this.isBetween = false;
    this.events.removeListener('runtime-event', this.look);
    const pending = [...this.pending];
    this.pending.clear();
    for (const [key, { leftovers, predecessor }] of pending)
      (this.successors.get(key) ?? predecessor.noSuccessor)(leftovers);
  };

  private readonly look = ({ id, payload }: RuntimeEvent): void => {
    // Of a deploy, the flows start again a moment later. At the end of Node-RED, nothing comes after this.
    if (id !== 'runtime-state' || payload?.state !== 'stop' || payload.deploy) return;
    for (const own of this.pending.values()) {
      if (!own.isTold) own.predecessor.stopped(own.leftovers);
      own.isTold = true;
    }
    this.onStopped();
  };
}
