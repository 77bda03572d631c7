import type { Result, Task } from './message-queue';
import type { NodeRed } from './node-red-api';

/** A message that a node had not finished when it was closed. */
export interface Leftover {
  readonly task: Task;
  /** For which panel it was read. */
  readonly plan: string;
  /** It was sent, or failed, while the node was closing: only the flow does not know yet. */
  readonly result?: Result;
}

export type Receive = (leftovers: readonly Leftover[]) => void;

/**
 * Brings what a node had not finished when the flows were deployed to the next instance of that node, as
 * soon as the flows have started and there are nodes behind it again. What nobody takes is given back.
 */
export class Handover {
  private readonly heirs = new Map<string, Receive>();
  private readonly estates = new Map<string, { readonly leftovers: Leftover[]; orphaned: Receive }>();

  constructor(private readonly events: NodeRed['events']) {}

  /** A new instance is there. */
  register(key: string, receive: Receive): void {
    this.heirs.set(key, receive);
  }

  /** @param receive of the instance that closes: another one may have taken its place already */
  unregister(key: string, receive: Receive): void {
    if (this.heirs.get(key) === receive) this.heirs.delete(key);
  }

  /** Whether there is something that comes before all new messages. */
  isExpected(key: string): boolean {
    return this.estates.has(key);
  }

  /** @param orphaned hears of what nobody took although the flows have started: the node is disabled or gone */
  leave(key: string, leftovers: readonly Leftover[], orphaned: Receive): void {
    if (leftovers.length === 0) return;
    const estate = this.estates.get(key);
    const heir = this.heirs.get(key);
    if (estate) {
      estate.leftovers.push(...leftovers);
      estate.orphaned = orphaned;
    } else if (heir) heir(leftovers);
    else {
      if (this.estates.size === 0) this.events.once('flows:started', this.bringAll);
      this.estates.set(key, { leftovers: [...leftovers], orphaned });
    }
  }

  private readonly bringAll = (): void => {
    const estates = [...this.estates];
    this.estates.clear();
    for (const [key, { leftovers, orphaned }] of estates) (this.heirs.get(key) ?? orphaned)(leftovers);
  };
}
