import path from 'node:path';

import type { InputIssue, Language, SendOptions } from '../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../panel/plan';
import type { AppNode } from '../runtime/connection/app-node';
import { systemClock } from '../runtime/host/clock';
import { endingLine } from '../runtime/life/ending-line';
import type { Ending } from '../runtime/life/ending-line';
import { FlowError, flowError, reasonOf } from '../runtime/host/flow-error';
import { Handover } from '../runtime/life/handover';
import type { Leftover } from '../runtime/life/handover';
import { checkedInput, knownOperation } from '../runtime/queue/input-check';
import { runtimeLanguage } from '../runtime/host/language';
import { MessageQueue } from '../runtime/queue/message-queue';
import type { Result, Task } from '../runtime/queue/message-queue';
import type { Message, Node, NodeRed } from '../runtime/host/node-red-api';
import { undelivered, warningsOf } from '../runtime/host/outcome';
import type { Outcome } from '../runtime/host/outcome';
import { panelReader } from '../runtime/reading/panel-reader';
import type { Panel } from '../runtime/reading/panel-reader';
import { queueSettings } from '../runtime/queue/queue-settings';
import type { QueueSettings } from '../runtime/queue/queue-settings';
import type { RobotNode } from '../runtime/connection/robot-client';
import { rejoin } from '../runtime/life/rejoin';
import { sendingStatus } from '../runtime/queue/sending-status';
import { Succession } from '../runtime/life/succession';
import { ToldInVain } from '../runtime/life/told-in-vain';
import { telling } from '../runtime/queue/telling';
import { waitingOnDisk } from '../runtime/queue/waiting-on-disk';
import { endingWording } from '../wording/ending';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel, QueueSettings {
  readonly app?: string;
  readonly robot?: string;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/**
 * Node `wecom-send`: sends one WeCom message, or does one thing with a sent one or a group chat, for each message of
 * the flow.
 */
export default function wecomSend(RED: NodeRed): void {
  const { userDir } = RED.settings;
  const successions = new Set<Succession>();
  const onDisk = userDir
    ? waitingOnDisk(path.join(userDir, '.wecom-waiting.json'), () =>
        [...successions].reduce((sum, { waiting }) => sum + waiting, handover.waiting),
      )
    : undefined;
  const handover: Handover = new Handover(RED.events, () => onDisk?.flush());
  if (onDisk && onDisk.before > 0)
    RED.events.once('flows:started', () =>
      RED.log.warn(
        `[wecom-send] ${endingWording.died[runtimeLanguage(RED, 'wecom-send')].replace('{count}', String(onDisk.before))}`,
      ),
    );

  function WecomSend(this: Node, config: Config): void {
    RED.nodes.createNode(this, config);
    const language = runtimeLanguage(RED, 'wecom-send');
    const read = panelReader(RED, this, config);
    const { operation = SEND } = config;
    const byRobot = destinationOf(config) === 'robot';
    const app: AppNode | null = !byRobot && config.app ? RED.nodes.getNode(config.app) : null;
    const robot: RobotNode | null = byRobot && config.robot ? RED.nodes.getNode(config.robot) : null;
    const { rates, length, atOnce } = queueSettings(config);

    const perform = async (input: object, options: SendOptions): Promise<Outcome> => {
      if (robot?.robot) return { ...(await robot.robot.send(input, { ...options, rates, atOnce })) };
      if (!app?.wecom) throw notConfigured();
      if (operation === SEND) return { ...(await app.wecom.send(input, { ...options, rates, atOnce })) };
      options.onBegin?.();
      const { signal } = options;
      if (operation === UPDATE_CARD) return app.wecom.updateCard(input, signal && { signal });
      return app.wecom.perform(knownOperation(operation), input, signal && { signal });
    };
    const notConfigured = (): unknown => {
      const problem = byRobot ? robot?.problem : app?.problem;
      if (problem !== undefined) return problem;
      const advice = sendNodeWording.problem[byRobot ? 'noRobot' : 'noApp'][language];
      return new FlowError(advice, byRobot ? 'NO_ROBOT' : 'NO_APP', { kind: 'input', hint: advice });
    };
    const queue = new MessageQueue({
      read: (msg) => {
        if (!app?.wecom && !robot?.robot) throw notConfigured();
        const issues: InputIssue[] = [];
        const input = read(msg, issues);
        return input instanceof Promise
          ? input.then((value) => checkedInput(config, value, issues))
          : checkedInput(config, input, issues);
      },
      perform,
      settled: (task, result) => succession.settled(task, result),
      monotonic: () => systemClock.monotonic(),
    });
    const status = sendingStatus(RED, this, queue, operation === SEND);
    const unusable =
      !app && !robot
        ? byRobot
          ? 'no-robot'
          : 'no-app'
        : !app?.wecom && !robot?.robot
          ? byRobot
            ? 'robot-wrong'
            : 'app-wrong'
          : undefined;
    if (unusable) status.show(unusable);

    const tell = telling(RED, this);
    const fail = (task: Task, error: unknown): void => {
      const failure = flowError(error, language);
      // The settings are to blame, whatever the message was.
      if (unusable && failure.cause.kind === 'input') status.show(unusable);
      else status.failed(failure);
      tell.fail(task, failure);
    };
    const succeed = (task: Task, outcome: Outcome): void => {
      const missed = undelivered(outcome);
      if (config.failOnUndelivered && missed.length > 0) {
        const sentence = sendNodeWording.problem.undelivered[language].replace('{ids}', missed.join(', '));
        throw new FlowError(sentence, 'UNDELIVERED', {
          kind: 'undelivered',
          hint: sendNodeWording.problem.undeliveredHint[language],
          delivered: outcome,
        });
      }
      try {
        tell.passOn(task, outcome);
      } catch (error) {
        const sentence = sendNodeWording.problem.notPassedOn[language].replace('{reason}', reasonOf(error));
        throw new FlowError(sentence, 'NOT_PASSED_ON', { kind: 'internal', hint: sentence, delivered: outcome });
      }
      status.sent(missed.length, warningsOf(outcome).length);
    };
    const conclude = (task: Task, result: Result): void => {
      try {
        if ('failure' in result) throw result.failure;
        succeed(task, result.outcome);
      } catch (error) {
        fail(task, error);
        return;
      }
      tell.complete(task);
    };

    const add = (task: Task): void => {
      status.started();
      queue.add(task);
      status.taken();
    };
    const refuse = (task: Task): void => {
      const count = queue.waiting;
      const sentence = sendNodeWording.problem.queueFull[language]
        .replace('{count}', String(count))
        .replace('{limit}', String(length));
      succession.settled(task, {
        failure: new FlowError(sentence, 'QUEUE_FULL', {
          kind: 'queue',
          hint: sentence,
          limit: length,
          waiting: count,
        }),
      });
    };
    const reset = (resetting: Task): void => {
      let count = 0;
      queue.stop((task) => {
        count += 1;
        // Who got the first half of a text should not be the only one to know.
        tell.fail(task, unsent(task, 'reset', 'RESET', language));
      });
      // What turns out not to be on its way says so within this turn of the event loop.
      setImmediate(() => {
        if (!succession.isClosing) status.dropped(count);
        tell.complete(resetting);
      });
    };

    const take = (task: Task): void => {
      if (isReset(task.msg)) reset(task);
      else if (queue.waiting >= length) refuse(task);
      else add(task);
    };
    const record =
      (why: 'removed' | 'stopped') =>
      (endings: readonly (readonly [Task, Ending])[]): void => {
        if (endings.length === 0) return;
        const lines = endings.map(([task, ending]) => endingLine(task, ending, language));
        this.warn([endingWording[why][language].replace('{count}', String(lines.length)), ...lines].join('\n'));
      };
    const bequeath = (leftovers: readonly Leftover[]): void => {
      const isHeard = rejoin(RED, this);
      record('removed')(
        leftovers.flatMap(({ task, result = { failure: unsent(task, 'removed', 'NODE_REMOVED', language) } }) => {
          if (!isHeard) return [[task, result] as const];
          if ('failure' in result)
            return tell.catch(task, flowError(result.failure, language)) ? [] : [[task, result] as const];
          conclude(task, result);
          return [];
        }),
      );
    };
    const succession: Succession = new Succession({
      handover,
      key: (this._alias && this._path) || this.id,
      plan: JSON.stringify([operation, destinationOf(config), config.app, config.robot, config.filesIn]),
      queue,
      take,
      resume: add,
      conclude,
      toldInVain: new ToldInVain(RED),
      bequeath,
      record: record('stopped'),
      receive: (msg) => this.receive(msg),
      closed: () => status.close(),
      tellWaiting: (count) => this.warn(sendNodeWording.problem.leftOver[language].replace('{count}', String(count))),
    });
    successions.add(succession);
    // There may be something that waited before a deploy.
    onDisk?.touch();
    this.on('input', (msg, sendOn, done) => {
      onDisk?.touch();
      succession.arrive({ msg, sendOn, done, progress: { sent: [] } });
    });
    this.on('close', (removed, done) => {
      const closed = () => {
        successions.delete(succession);
        if (successions.size === 0) onDisk?.flush();
        done();
      };
      void succession.close(removed).then(closed, closed);
    });
  }

  RED.nodes.registerType('wecom-send', WecomSend);
}

function isReset(msg: Message): boolean {
  try {
    return Object.hasOwn(msg, 'reset') && Boolean(msg['reset']);
  } catch {
    // A message that does not let itself be read is no command.
    return false;
  }
}

/** The error of a message that is given up, perhaps after parts of it were sent. */
function unsent({ progress }: Task, why: 'removed' | 'reset', code: string, language: Language): FlowError {
  const requests = progress.sent.length;
  const sentence = sendNodeWording.problem[requests > 0 ? (`${why}Rest` as const) : why][language];
  const msgids = progress.sent.flatMap(({ reply }) => (reply.msgid ? [reply.msgid] : []));
  return new FlowError(sentence, code, {
    kind: 'cancelled',
    hint: sentence,
    ...(requests > 0 && { delivered: { msgids, requests } }),
  });
}
