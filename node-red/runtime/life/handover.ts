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
  /** The flows have started and nobody took its messages: the node is disabled or gone. */
  readonly orphaned: Receive;
  /** The flows were stopped, and nobody knows whether they start again. */
  readonly stopped: Receive;
}

interface Estate {
  readonly leftovers: Leftover[];
  predecessor: Predecessor;
  isTold: boolean;
}

/**
 * Brings what a node had not finished when the flows were deployed to the next instance of that node, as
 * soon as the flows have started and there are nodes behind it again. What nobody takes is given back.
 */
export class Handover {
  private readonly heirs = new Map<string, Receive>();
  private readonly estates = new Map<string, Estate>();
  /** Nodes were closed, and the flows have not started again. */
  private isBetween = false;

  /** @param onStopped the flows were stopped, and everybody was told */
  constructor(
    private readonly events: Events,
    private readonly onStopped: () => void = () => undefined,
  ) {}

  /** How many messages are here to be sent later. */
  get waiting(): number {
    let count = 0;
    for (const { leftovers } of this.estates.values()) for (const { result } of leftovers) if (!result) count += 1;
    return count;
  }

  /** A new instance is there. */
  register(key: string, receive: Receive): void {
    this.heirs.set(key, receive);
  }

  /** @param receive of the instance that closes: another one may have taken its place already */
  unregister(key: string, receive: Receive): void {
    if (this.heirs.get(key) === receive) this.heirs.delete(key);
    if (this.isBetween) return;
    this.isBetween = true;
    this.events.once('flows:started', this.bringAll);
    this.events.on('runtime-event', this.look);
  }

  /** Whether there is something that comes before all new messages. */
  isExpected(key: string): boolean {
    return this.estates.has(key);
  }

  /** Keeps these for the next instance; if the flows have started already, it gets them now. */
  leave(key: string, leftovers: readonly Leftover[], predecessor: Predecessor): void {
    const estate = this.estates.get(key);
    if (estate) {
      estate.leftovers.push(...leftovers);
      estate.predecessor = predecessor;
      estate.isTold = false;
    } else if (this.heirs.has(key) || !this.isBetween) (this.heirs.get(key) ?? predecessor.orphaned)(leftovers);
    else this.estates.set(key, { leftovers: [...leftovers], predecessor, isTold: false });
  }

  private readonly bringAll = (): void => {
    this.isBetween = false;
    this.events.removeListener('runtime-event', this.look);
    const estates = [...this.estates];
    this.estates.clear();
    for (const [key, { leftovers, predecessor }] of estates) (this.heirs.get(key) ?? predecessor.orphaned)(leftovers);
  };

  private readonly look = ({ id, payload }: RuntimeEvent): void => {
    // Of a deploy, the flows start again a moment later. At the end of Node-RED, nothing comes after this.
    if (id !== 'runtime-state' || payload?.state !== 'stop' || payload.deploy) return;
    for (const estate of this.estates.values()) {
      if (!estate.isTold) estate.predecessor.stopped(estate.leftovers);
      estate.isTold = true;
    }
    this.onStopped();
  };
}
