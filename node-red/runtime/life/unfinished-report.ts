import type { Language } from '../../../core';
import { endingWording } from '../../wording/ending';
import { flowError } from '../host/flow-error';
import type { Node, NodeRed } from '../host/node-red-api';
import { unsent } from '../queue/conclusions';
import type { Conclusions } from '../queue/conclusions';
import type { Task } from '../queue/message-queue';
import type { Telling } from '../queue/telling';
import { endingLine } from './ending-line';
import type { Ending } from './ending-line';
import type { Leftover } from './handover';
import { rejoin } from './rejoin';

interface Parts {
  readonly RED: NodeRed;
  readonly node: Node;
  readonly language: () => Language;
  readonly tell: Telling;
  readonly conclusions: Conclusions;
}

/** What is said of messages that no instance of their node goes on with. */
export class UnfinishedReport {
  constructor(private readonly parts: Parts) {}

  /** The node is disabled or gone: tells Catch and Complete nodes that are left, and the log where none is. */
  readonly reportRemoved = (leftovers: readonly Leftover[]): void => {
    const { RED, node, language, tell, conclusions } = this.parts;
    const isHeard = rejoin(RED, node);
    this.record(
      'removed',
      leftovers.flatMap(({ task, result = { failure: unsent(task, 'removed', language()) } }) => {
        if (!isHeard) return [[task, result] as const];
        if ('failure' in result)
          return tell.catch(task, flowError(result.failure, language())) ? [] : [[task, result] as const];
        conclusions.conclude(task, result);
        return [];
      }),
    );
  };

  /** One line for each message in the log. */
  record(why: 'removed' | 'stopped', endings: readonly (readonly [Task, Ending])[]): void {
    const { node, language } = this.parts;
    if (endings.length === 0) return;
    const lines = endings.map(([task, ending]) => endingLine(task, ending, language()));
    node.warn([endingWording[why][language()].replace('{count}', String(lines.length)), ...lines].join('\n'));
  }
}
