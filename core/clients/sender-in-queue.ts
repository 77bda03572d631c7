import type { Call } from '../api/call';
import { withGate } from '../delivery/gate';
import { withRetries } from '../delivery/retries';
import type { AppQueue, RobotQueue } from '../delivery/send-queues';
import type { Sender } from '../sending/sender';

type Queue = Pick<AppQueue | RobotQueue, 'pauses' | 'concurrency' | 'outages'>;

/** What a sender is made of, beside the queue of its app or robot. */
interface Parts extends Omit<Sender, 'call'> {
  readonly ask: Call;
}

/**
 * The sender of a queue. It is made when the first message needs it, and again only for another queue: there is a new
 * one after the old one was idle for so long that it was forgotten.
 */
export function senderInQueue({ ask, ...parts }: Parts): (queue: Queue) => Sender {
  const { clock } = parts;
  let last: { readonly queue: Queue; readonly sender: Sender } | undefined;
  return (queue) => {
    if (last?.queue !== queue) {
      const call = withRetries(withGate(ask, { clock, ...queue }), { clock, ...queue });
      last = { queue, sender: { ...parts, call } };
    }
    return last.sender;
  };
}
