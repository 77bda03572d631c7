import { setMaxListeners } from 'node:events';

import { operations, parseMessage, parseUpdate, WecomInputError } from '../../core';
import type { InputIssue } from '../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../panel/plan';
import type { AppNode } from '../runtime/app-node';
import { FlowError, flowError } from '../runtime/flow-error';
import { runtimeLanguage } from '../runtime/language';
import type { Message, Node, NodeRed } from '../runtime/node-red-api';
import { undelivered, warningsOf } from '../runtime/outcome';
import type { Outcome } from '../runtime/outcome';
import { panelReader } from '../runtime/panel-reader';
import type { Panel } from '../runtime/panel-reader';
import type { RobotNode } from '../runtime/robot-client';
import { sendingStatus } from '../runtime/sending-status';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel {
  readonly app?: string;
  readonly robot?: string;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/** Node `wecom-send`: sends one WeCom message, or does one thing with a sent one or a group chat, for each message of the flow. */
export default function wecomSend(RED: NodeRed): void {
  function WecomSend(this: Node, config: Config): void {
    RED.nodes.createNode(this, config);
    const language = runtimeLanguage(RED, 'wecom-send');
    const read = panelReader(RED, this, config);
    const { operation = SEND } = config;
    const byRobot = destinationOf(config) === 'robot';
    const app: AppNode | null = !byRobot && config.app ? RED.nodes.getNode(config.app) : null;
    const robot: RobotNode | null = byRobot && config.robot ? RED.nodes.getNode(config.robot) : null;
    const status = sendingStatus(RED, this, operation === SEND);
    const closing = new AbortController();
    // Every message in flight listens.
    setMaxListeners(0, closing.signal);
    if (!app && !robot) status.show(byRobot ? 'no-robot' : 'no-app');
    else if (!app?.wecom && !robot?.robot) status.show(byRobot ? 'robot-wrong' : 'app-wrong');

    const signal = closing.signal;
    const perform = async (input: object): Promise<Outcome> => {
      if (robot?.robot) return { ...(await robot.robot.send(input, { signal })) };
      if (!app?.wecom) throw notConfigured();
      if (operation === SEND) return { ...(await app.wecom.send(input, { signal })) };
      if (operation === UPDATE_CARD) return app.wecom.updateCard(input, { signal });
      return app.wecom.perform(knownOperation(operation), input, { signal });
    };
    const notConfigured = (): unknown => {
      const problem = byRobot ? robot?.problem : app?.problem;
      if (problem !== undefined) return problem;
      const advice = sendNodeWording.problem[byRobot ? 'noRobot' : 'noApp'][language];
      return new FlowError(advice, byRobot ? 'NO_ROBOT' : 'NO_APP', { kind: 'input', hint: advice });
    };

    const run = async (msg: Message): Promise<Outcome> => {
      if (!app?.wecom && !robot?.robot) throw notConfigured();
      const issues: InputIssue[] = [];
      const input = await read(msg, issues);
      if (issues.length > 0) throw new WecomInputError([...issues, ...otherIssues(config, input, issues)]);
      const outcome = await perform(input);
      const missed = undelivered(outcome);
      if (config.failOnUndelivered && missed.length > 0) {
        const sentence = sendNodeWording.problem.undelivered[language].replace('{ids}', missed.join(', '));
        throw new FlowError(sentence, 'UNDELIVERED', { kind: 'undelivered', hint: sendNodeWording.problem.undeliveredHint[language], delivered: outcome });
      }
      return outcome;
    };

    const handle = async (msg: Message, sendOn: (msg: Message) => void, done: (error?: Error) => void): Promise<void> => {
      status.started();
      // Nobody awaits this function: whatever happens has to end in `done`, or it would end the process.
      try {
        const outcome = await run(msg);
        msg.payload = outcome;
        sendOn(msg);
        status.sent(undelivered(outcome).length, warningsOf(outcome).length);
      } catch (error) {
        const failure = error instanceof FlowError ? error : flowError(error, language);
        status.failed(failure);
        done(failure);
        return;
      }
      done();
    };
    this.on('input', (msg, sendOn, done) => void handle(msg, sendOn, done));

    this.on('close', (_removed, done) => {
      closing.abort();
      done();
    });
  }

  RED.nodes.registerType('wecom-send', WecomSend);
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
