import { EventEmitter } from 'node:events';
import type { SandboxMessage } from './messages';
import { createState, type Start, type State } from './state';

/** What the parts of the server share: the present state, and news for those who watch. */
export class World {
  readonly events = new EventEmitter<{ message: [SandboxMessage]; changed: [SandboxMessage]; chats: []; reset: [] }>();
  /** Aborted when the sandbox closes, so that nothing keeps waiting. */
  readonly closing = new AbortController();
  state: State;

  constructor(private start: Start) {
    this.events.setMaxListeners(0);
    this.state = this.newState();
  }

  get seed(): number {
    return this.start.seed;
  }

  /**
   * Forgets everything that happened: messages, media, tokens, faults, counts and clock moves. Chance begins anew with
   * its seed.
   */
  reset(changes: Partial<Start> = {}): void {
    this.start = { ...this.start, ...changes };
    this.state = this.newState();
    this.events.emit('reset');
  }

  private newState(): State {
    return createState(this.start, {
      message: (message) => this.events.emit('message', message),
      changed: (message) => this.events.emit('changed', message),
      chats: () => this.events.emit('chats'),
    });
  }
}
