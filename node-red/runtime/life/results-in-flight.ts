import type { Message, NodeRed } from '../host/node-red-api';
import type { Result, Task } from '../queue/message-queue';

interface ResultInFlight {
  readonly task: Task;
  readonly result: Result;
}

let watches = 0;

/**
 * What was told the flow in this turn of the event loop. Node-RED carries a message to the next node in the turn
 * after, and drops it without a word if that node was stopped in between.
 */
export class ResultsInFlight {
  private readonly told = new Set<ResultInFlight>();

  constructor(private readonly RED: Pick<NodeRed, 'hooks' | 'settings'>) {}

  /** Remembers it until Node-RED has carried it to the next nodes. @param tell tells the flow */
  remember(task: Task, result: Result, tell: () => void): void {
    // Then the next node has it before `tell` returns.
    if (this.RED.settings.runtimeSyncDelivery) {
      tell();
      return;
    }
    const entry = { task, result };
    this.told.add(entry);
    tell();
    setImmediate(() => this.told.delete(entry));
  }

  /**
   * The flows are being stopped: waits for what is being carried. What has reached one living node is not told again,
   * even if others missed it.
   *
   * @returns what reached no node
   */
  async lost(): Promise<readonly ResultInFlight[]> {
    if (this.told.size === 0) return [];
    const told = [...this.told];
    const heard = new Set<unknown>();
    const hook = `onReceive.wecom-send-closing-${(watches += 1)}`;
    const { hooks } = this.RED;
    hooks.add(hook, ({ msg, destination: { node } }) => {
      // A node that has closed has no listeners; one that still closes has them, and may keep the message.
      if (node._inputCallback || node._inputCallbacks) heard.add(idOf(msg));
    });
    await new Promise((resolve) => setImmediate(resolve));
    hooks.remove(hook);
    return told.filter(({ task }) => !heard.has(idOf(task.msg)));
  }
}

function idOf(msg: Message): unknown {
  try {
    return msg['_msgid'];
  } catch {
    return undefined;
  }
}
