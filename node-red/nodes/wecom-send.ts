import { operations, parseMessage, parseUpdate, WecomInputError } from '../../core';
import type { InputIssue, Language, SendOptions } from '../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../panel/plan';
import type { AppNode } from '../runtime/app-node';
import { systemClock } from '../runtime/clock';
import { FlowError, flowError } from '../runtime/flow-error';
import { Handover } from '../runtime/handover';
import type { Leftover, Receive } from '../runtime/handover';
import { runtimeLanguage } from '../runtime/language';
import { MessageQueue } from '../runtime/message-queue';
import type { Input, Result, Task } from '../runtime/message-queue';
import type { Message, Node, NodeRed } from '../runtime/node-red-api';
import { undelivered, warningsOf } from '../runtime/outcome';
import type { Outcome } from '../runtime/outcome';
import { panelReader } from '../runtime/panel-reader';
import type { Panel } from '../runtime/panel-reader';
import { queueSettings } from '../runtime/queue-settings';
import type { QueueSettings } from '../runtime/queue-settings';
import type { RobotNode } from '../runtime/robot-client';
import { sendingStatus } from '../runtime/sending-status';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel, QueueSettings {
  readonly app?: string;
  readonly robot?: string;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/** Node-RED waits 15 s for a node to close; its sockets are closed a second earlier than this. */
const CLOSE_WITHIN_MS = 13_000;

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
    const checked = (input: Input, issues: readonly InputIssue[]): Input => {
      if (issues.length > 0) throw new WecomInputError([...issues, ...otherIssues(config, input, issues)]);
      return input;
    };
    const queue = new MessageQueue({
      read: (msg) => {
        if (!app?.wecom && !robot?.robot) throw notConfigured();
        const issues: InputIssue[] = [];
        const input = read(msg, issues);
        return input instanceof Promise ? input.then((value) => checked(value, issues)) : checked(input, issues);
      },
      perform,
      settled: (task, result) => (closing ? keep({ task, plan, result }) : conclude(task, result)),
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
        if (!closing) status.dropped(count);
        done();
      });
    };

    // What the last instance of this node had not finished comes back as messages of this one, before all new ones.
    const key = (this._alias && this._path) || this.id;
    const plan = JSON.stringify([operation, destinationOf(config), config.app, config.robot]);
    const returning = new WeakMap<Message, Leftover>();
    let early: Task[] = [];
    const receive: Receive = (leftovers) => {
      for (const leftover of leftovers) {
        returning.set(leftover.task.msg, leftover);
        this.receive(leftover.task.msg);
      }
      const waited = early;
      early = [];
      for (const task of waited) take(task);
    };
    handover.register(key, receive);

    const take = (task: Task): void => {
      const { msg } = task;
      const leftover = returning.get(msg);
      returning.delete(msg);
      if (leftover?.result) conclude(task, leftover.result);
      else if (leftover) add({ ...task, progress: leftover.task.progress, ...(leftover.plan === plan && leftover.task.input && { input: leftover.task.input }) });
      else if (Object.hasOwn(msg, 'reset') && msg['reset']) reset(task.done);
      else if (queue.waiting >= length) refuse(task);
      else add(task);
    };
    this.on('input', (msg, sendOn, done) => {
      const task: Task = { msg, sendOn, done, progress: { sent: [] } };
      if (closing) keep({ task, plan });
      else if (!returning.has(msg) && handover.isExpected(key)) early.push(task);
      else take(task);
    });

    let closing = false;
    let left: Leftover[] = [];
    let keep = (leftover: Leftover): void => void left.push(leftover);
    const giveUp = (leftovers: readonly Leftover[]): void => {
      let count = 0;
      for (const { task, result } of leftovers) {
        if (result) conclude(task, result);
        else {
          count += 1;
          const sentence = sendNodeWording.problem.removed[language];
          task.done(partlySent(task, 'removedRest', 'NODE_REMOVED', language) ?? new FlowError(sentence, 'NODE_REMOVED', { kind: 'cancelled', hint: sentence }));
        }
      }
      // A Catch node that is closed as well hears nothing, and still keeps the errors out of the log.
      if (count > 0) this.warn(sendNodeWording.problem.dropped[language].replace('{count}', String(count)));
    };
    const close = async (removed: boolean): Promise<void> => {
      closing = true;
      handover.unregister(key, receive);
      const order = new Map(queue.tasks().map((task, index) => [task, index]));
      queue.stop((task) => keep({ task, plan }));
      status.close();
      const deadline = new AbortController();
      await Promise.race([queue.idle(), systemClock.sleep(CLOSE_WITHIN_MS, deadline.signal).catch(() => undefined)]);
      deadline.abort();
      const leave = (leftovers: readonly Leftover[]) => (removed ? giveUp(leftovers) : handover.leave(key, leftovers, giveUp));
      const position = ({ task }: Leftover) => order.get(task) ?? Infinity;
      leave([...left.filter(({ task }) => order.has(task)).sort((one, other) => position(one) - position(other)), ...early.map((task) => ({ task, plan })), ...left.filter(({ task }) => !order.has(task))]);
      const count = left.filter(({ result }) => !result).length + early.length;
      if (!removed && count > 0) this.warn(sendNodeWording.problem.leftOver[language].replace('{count}', String(count)));
      left = [];
      early = [];
      // A call with a long timeout may end after this.
      keep = (leftover) => leave([leftover]);
    };
    this.on('close', (removed, done) => void close(removed).then(done, done));
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

/** @throws WecomInputError for a name that no editor writes */
function knownOperation(name: string) {
  const found = operations.find((operation) => operation.name === name);
  if (found) return found;
  const names = [SEND, UPDATE_CARD, ...operations.map((operation) => operation.name)];
  throw new WecomInputError([{ path: 'operation', message: { en: `is not one of ${names.join(', ')}`, zh: `不是有效值；可用值：${names.join('、')}` } }]);
}

/** What else is wrong with a message some values of which could not be read: people correct everything in one go. */
function otherIssues(config: Config, input: Readonly<Record<string, unknown>>, known: readonly InputIssue[]): readonly InputIssue[] {
  try {
    check(config, input);
    return [];
  } catch (error) {
    // What is missing inside of something that could not be read is not another mistake.
    return error instanceof WecomInputError ? error.issues.filter((issue) => !known.some(({ path }) => issue.path === path || issue.path.startsWith(`${path}.`))) : [];
  }
}

function check(config: Config, input: Readonly<Record<string, unknown>>): void {
  const { operation = SEND } = config;
  const destination = destinationOf(config);
  if (operation === UPDATE_CARD) parseUpdate(input);
  else if (operation !== SEND || destination === undefined || destination === 'update') knownOperation(operation).parse(input);
  else parseMessage(input, destination);
}
