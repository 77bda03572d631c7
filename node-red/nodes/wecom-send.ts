import { setMaxListeners } from 'node:events';

import { hasUndelivered, parseMessage, WecomInputError } from '../../core';
import type { InputIssue, SendResult } from '../../core';
import type { AppNode } from '../runtime/app-node';
import { FlowError, flowError } from '../runtime/flow-error';
import { runtimeLanguage } from '../runtime/language';
import type { Message, Node, NodeRed } from '../runtime/node-red-api';
import { panelReader } from '../runtime/panel-reader';
import type { Panel } from '../runtime/panel-reader';
import { sendingStatus } from '../runtime/sending-status';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel {
  readonly app?: string;
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/** Node `wecom-send`: sends one WeCom message for each message of the flow. */
export default function wecomSend(RED: NodeRed): void {
  function WecomSend(this: Node, config: Config): void {
    RED.nodes.createNode(this, config);
    const language = runtimeLanguage(RED, 'wecom-send');
    const read = panelReader(RED, this, config);
    const app: AppNode | null = config.app ? RED.nodes.getNode(config.app) : null;
    const status = sendingStatus(RED, this);
    const closing = new AbortController();
    // Every message in flight listens.
    setMaxListeners(0, closing.signal);
    if (!app) status.show('no-app');
    else if (!app.wecom) status.show('app-wrong');

    const send = async (msg: Message): Promise<SendResult> => {
      if (!app) throw new FlowError(sendNodeWording.problem.noApp[language], 'NO_APP', { kind: 'input', hint: sendNodeWording.problem.noApp[language] });
      if (!app.wecom) throw app.problem;
      const issues: InputIssue[] = [];
      const message = await read(msg, issues);
      if (issues.length > 0) throw new WecomInputError([...issues, ...otherIssues(message, issues)]);
      const result = await app.wecom.send(message, { signal: closing.signal });
      if (config.failOnUndelivered && hasUndelivered(result)) {
        const sentence = sendNodeWording.problem.undelivered[language].replace('{ids}', undelivered(result).join(', '));
        throw new FlowError(sentence, 'UNDELIVERED', { kind: 'undelivered', hint: sendNodeWording.problem.undeliveredHint[language], delivered: result });
      }
      return result;
    };

    const handle = async (msg: Message, sendOn: (msg: Message) => void, done: (error?: Error) => void): Promise<void> => {
      status.started();
      // Nobody awaits this function: whatever happens has to end in `done`, or it would end the process.
      try {
        const result = await send(msg);
        msg.payload = result;
        sendOn(msg);
        status.sent(undelivered(result).length);
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

/** What else is wrong with a message some values of which could not be read: people correct everything in one go. */
function otherIssues(message: unknown, known: readonly InputIssue[]): readonly InputIssue[] {
  try {
    parseMessage(message);
    return [];
  } catch (error) {
    return error instanceof WecomInputError ? error.issues.filter((issue) => !known.some(({ path }) => path === issue.path)) : [];
  }
}

function undelivered({ invaliduser, invalidparty, invalidtag, unlicenseduser }: SendResult): string[] {
  return [...invaliduser, ...invalidparty, ...invalidtag, ...unlicenseduser];
}
