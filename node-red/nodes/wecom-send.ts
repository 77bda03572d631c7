import type { InputIssue, Language, SendOptions } from '../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../panel/plan';
import type { AppNode } from '../runtime/app-node';
import { systemClock } from '../runtime/clock';
import { FlowError, flowError } from '../runtime/flow-error';
import { Handover } from '../runtime/handover';
import { checkedInput, knownOperation } from '../runtime/input-check';
import { runtimeLanguage } from '../runtime/language';
import { MessageQueue } from '../runtime/message-queue';
import type { Result, Task } from '../runtime/message-queue';
import type { Node, NodeRed } from '../runtime/node-red-api';
import { undelivered, warningsOf } from '../runtime/outcome';
import type { Outcome } from '../runtime/outcome';
import { panelReader } from '../runtime/panel-reader';
import type { Panel } from '../runtime/panel-reader';
import { queueSettings } from '../runtime/queue-settings';
import type { QueueSettings } from '../runtime/queue-settings';
import type { RobotNode } from '../runtime/robot-client';
import { sendingStatus } from '../runtime/sending-status';
import { Succession } from '../runtime/succession';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel, QueueSettings {
  readonly app?: string;
  readonly robot?: string;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/** Node `wecom-send`: sends one WeCom message, or does one thing with a sent one or a group chat, for each message of the flow. */
export default function wecomSend(RED: NodeRed): void {
  const handover = new Handover(RED.events);

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
        return input instanceof Promise ? input.then((value) => checkedInput(config, value, issues)) : checkedInput(config, input, issues);
      },
      perform,
      settled: (task, result) => succession.settled(task, result),
      monotonic: () => systemClock.monotonic(),
    });
    const status = sendingStatus(RED, this, queue, operation === SEND);
    if (!app && !robot) status.show(byRobot ? 'no-robot' : 'no-app');
    else if (!app?.wecom && !robot?.robot) status.show(byRobot ? 'robot-wrong' : 'app-wrong');

    const conclude = ({ msg, sendOn, done }: Task, result: Result): void => {
      // Nobody awaits this function: whatever happens has to end in `done`, or it would end the process.
      try {
        if ('failure' in result) throw result.failure;
        const { outcome } = result;
        const missed = undelivered(outcome);
        if (config.failOnUndelivered && missed.length > 0) {
          const sentence = sendNodeWording.problem.undelivered[language].replace('{ids}', missed.join(', '));
          throw new FlowError(sentence, 'UNDELIVERED', { kind: 'undelivered', hint: sendNodeWording.problem.undeliveredHint[language], delivered: outcome });
        }
        msg.payload = outcome;
        sendOn(msg);
        status.sent(missed.length, warningsOf(outcome).length);
      } catch (error) {
        const failure = error instanceof FlowError ? error : flowError(error, language);
        status.failed(failure);
        done(failure);
        return;
      }
      done();
    };

    const add = (task: Task): void => {
      status.started();
      queue.add(task);
      status.taken();
    };
    const refuse = (task: Task): void => {
      const count = queue.waiting;
      const sentence = sendNodeWording.problem.queueFull[language].replace('{count}', String(count)).replace('{limit}', String(length));
      conclude(task, { failure: new FlowError(sentence, 'QUEUE_FULL', { kind: 'queue', hint: sentence, limit: length, waiting: count }) });
    };
    const reset = (done: () => void): void => {
      let count = 0;
      queue.stop((task) => {
        count += 1;
        // Who got the first half of a text should not be the only one to know.
        task.done(partlySent(task, 'reset', 'RESET', language));
      });
      // What turns out not to be on its way says so within this turn of the event loop.
      setImmediate(() => {
        if (!succession.isClosing) status.dropped(count);
        done();
      });
    };

    const take = (task: Task): void => {
      if (Object.hasOwn(task.msg, 'reset') && task.msg['reset']) reset(task.done);
      else if (queue.waiting >= length) refuse(task);
      else add(task);
    };
    const giveUp = (task: Task): void => {
      const sentence = sendNodeWording.problem.removed[language];
      task.done(partlySent(task, 'removedRest', 'NODE_REMOVED', language) ?? new FlowError(sentence, 'NODE_REMOVED', { kind: 'cancelled', hint: sentence }));
    };
    const succession: Succession = new Succession({
      handover,
      key: (this._alias && this._path) || this.id,
      plan: JSON.stringify([operation, destinationOf(config), config.app, config.robot]),
      queue,
      take,
      resume: add,
      conclude,
      giveUp,
      receive: (msg) => this.receive(msg),
      closed: () => status.close(),
      tell: (what, count) => this.warn(sendNodeWording.problem[what][language].replace('{count}', String(count))),
    });
    this.on('input', (msg, sendOn, done) => succession.arrive({ msg, sendOn, done, progress: { sent: [] } }));
    this.on('close', (removed, done) => void succession.close(removed).then(done, done));
  }

  RED.nodes.registerType('wecom-send', WecomSend);
}

/** The error of a message that is given up after parts of it were sent; undefined if none was. */
function partlySent({ progress }: Task, why: 'removedRest' | 'reset', code: string, language: Language): FlowError | undefined {
  const msgids = progress.sent.flatMap(({ reply }) => (reply.msgid ? [reply.msgid] : []));
  if (progress.sent.length === 0) return undefined;
  const sentence = sendNodeWording.problem[why][language];
  return new FlowError(sentence, code, { kind: 'cancelled', hint: sentence, delivered: { msgids, requests: progress.sent.length } });
}
