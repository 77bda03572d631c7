import type { Language } from '../../../core';
import { sendNodeWording } from '../../wording/send-node';
import { FlowError, flowError, reasonOf } from '../host/flow-error';
import { undelivered, warningsOf } from '../host/outcome';
import type { Outcome } from '../host/outcome';
import type { Result, Task } from './message-queue';
import type { SendingStatus, State } from './sending-status';
import type { Telling } from './telling';

interface Parts {
  readonly tell: Telling;
  readonly status: SendingStatus;
  readonly language: () => Language;
  /** The status for settings that nothing can be sent with. */
  readonly unusable: State | undefined;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered: boolean;
}

/** Tells flow and status what became of the messages of a node. */
export class Conclusions {
  constructor(private readonly parts: Parts) {}

  readonly conclude = (task: Task, result: Result): void => {
    try {
      if ('failure' in result) throw result.failure;
      this.succeed(task, result.outcome);
    } catch (error) {
      this.fail(task, error);
      return;
    }
    this.parts.tell.complete(task);
  };

  private fail(task: Task, error: unknown): void {
    const { tell, status, language, unusable } = this.parts;
    const failure = flowError(error, language());
    // The settings are to blame, whatever the message was.
    if (unusable && failure.cause.kind === 'input') status.show(unusable);
    else status.failed(failure);
    tell.fail(task, failure);
  }

  private succeed(task: Task, outcome: Outcome): void {
    const { tell, status, language, failOnUndelivered } = this.parts;
    const missed = undelivered(outcome);
    if (failOnUndelivered && missed.length > 0) {
      const sentence = sendNodeWording.problem.undelivered[language()].replace('{ids}', missed.join(', '));
      throw new FlowError(sentence, 'UNDELIVERED', {
        kind: 'undelivered',
        hint: sendNodeWording.problem.undeliveredHint[language()],
        delivered: outcome,
      });
    }
    try {
      tell.passOn(task, outcome);
    } catch (error) {
      const sentence = sendNodeWording.problem.notPassedOn[language()].replace('{reason}', reasonOf(error));
      throw new FlowError(sentence, 'NOT_PASSED_ON', { kind: 'internal', hint: sentence, delivered: outcome });
    }
    status.sent(missed.length, warningsOf(outcome).length);
  }
}

/** The error of a message for which there is no place any more. */
export function queueFull(waiting: number, limit: number, language: Language): FlowError {
  const sentence = sendNodeWording.problem.queueFull[language]
    .replace('{count}', String(waiting))
    .replace('{limit}', String(limit));
  return new FlowError(sentence, 'QUEUE_FULL', { kind: 'queue', hint: sentence, limit, waiting });
}

/** The error of a message that is given up, perhaps after parts of it were sent. */
export function unsent({ progress }: Task, why: 'removed' | 'reset', language: Language): FlowError {
  const requests = progress.sent.length;
  const sentence = sendNodeWording.problem[requests > 0 ? (`${why}Rest` as const) : why][language];
  const msgids = progress.sent.flatMap(({ reply }) => (reply.msgid ? [reply.msgid] : []));
  return new FlowError(sentence, why === 'reset' ? 'RESET' : 'NODE_REMOVED', {
    kind: 'cancelled',
    hint: sentence,
    ...(requests > 0 && { delivered: { msgids, requests } }),
  });
}
