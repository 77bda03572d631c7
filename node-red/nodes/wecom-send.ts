import path from 'node:path';

import type { InputIssue, Language } from '../../core';
import { destinationOf, SEND } from '../panel/plan';
import { serveLanguageEndpoint } from '../runtime/dialogs/language-endpoint';
import { systemClock } from '../runtime/host/clock';
import { runtimeLanguage } from '../runtime/host/language';
import type { Message, Node, NodeRed } from '../runtime/host/node-red-api';
import { UnfinishedReport } from '../runtime/life/unfinished-report';
import { Handover } from '../runtime/life/handover';
import { NodeLifecycle } from '../runtime/life/node-lifecycle';
import { ResultsInFlight } from '../runtime/life/results-in-flight';
import { Conclusions, queueFull, unsent } from '../runtime/queue/conclusions';
import { checkedInput } from '../runtime/queue/input-check';
import { MessageQueue } from '../runtime/queue/message-queue';
import type { Input, Task } from '../runtime/queue/message-queue';
import { queueSettings } from '../runtime/queue/queue-settings';
import { checksOnly, Sender } from '../runtime/queue/sender';
import type { Sending } from '../runtime/queue/sender';
import { sendingStatus } from '../runtime/queue/sending-status';
import type { SendingStatus } from '../runtime/queue/sending-status';
import { telling } from '../runtime/queue/telling';
import type { Telling } from '../runtime/queue/telling';
import { waitingOnDisk } from '../runtime/queue/waiting-on-disk';
import { panelReader } from '../runtime/reading/panel-reader';
import type { MessageReader, Panel } from '../runtime/reading/panel-reader';
import { endingWording } from '../wording/ending';
import { sendNodeWording } from '../wording/send-node';

interface Config extends Panel, Sending {
  /** Whether a message that did not reach everybody it names is an error. */
  readonly failOnUndelivered?: boolean;
}

/** What all nodes of this type share. */
interface Shared {
  readonly RED: NodeRed;
  readonly handover: Handover;
  readonly lifecycles: Set<NodeLifecycle>;
  /** Says after a crash that messages waited; absent where Node-RED has no folder of its own. */
  readonly onDisk: ReturnType<typeof waitingOnDisk> | undefined;
}

/**
 * Node `wecom-send`: sends one WeCom message, or does one thing with a sent one or a group chat, for each message of
 * the flow.
 */
export default function wecomSend(RED: NodeRed): void {
  const shared = sharedBy(RED);

  function WecomSend(this: Node, config: Config): void {
    RED.nodes.createNode(this, config);
    new SendNode(shared, this, config).listen();
  }

  RED.nodes.registerType('wecom-send', WecomSend);
  serveLanguageEndpoint(RED);
}

function sharedBy(RED: NodeRed): Shared {
  const { userDir } = RED.settings;
  const lifecycles = new Set<NodeLifecycle>();
  const onDisk = userDir
    ? waitingOnDisk(path.join(userDir, '.wecom-waiting.json'), () =>
        [...lifecycles].reduce((sum, { waiting }) => sum + waiting, handover.waiting),
      )
    : undefined;
  const handover: Handover = new Handover(RED.events, () => onDisk?.flush());
  if (onDisk && onDisk.before > 0)
    RED.events.once('flows:started', () => {
      const sentence = endingWording.died[runtimeLanguage(RED)];
      RED.log.warn(`[wecom-send] ${sentence.replace('{count}', String(onDisk.before))}`);
    });
  return { RED, handover, lifecycles, onDisk };
}

/** One node of a flow, from the deploy that makes it to the one that closes it. */
class SendNode {
  private readonly language: () => Language;
  private readonly readPanel: MessageReader;
  private readonly sender: Sender;
  /** How many messages may wait. */
  private readonly length: number;
  private readonly queue: MessageQueue;
  private readonly status: SendingStatus;
  private readonly tell: Telling;
  private readonly lifecycle: NodeLifecycle;

  constructor(
    private readonly shared: Shared,
    private readonly node: Node,
    private readonly config: Config,
  ) {
    const { RED } = shared;
    // Asked for each sentence: it may be another one when somebody has opened an editor.
    this.language = () => runtimeLanguage(RED);
    this.readPanel = panelReader(RED, node, config);
    this.sender = new Sender(RED, config, this.language);
    this.length = queueSettings(config).length;
    this.queue = new MessageQueue({
      read: (msg) => this.read(msg),
      perform: (input, options) => this.sender.perform(input, options),
      settled: (task, result) => this.lifecycle.settled(task, result),
      waits: () => this.status.taken(),
      monotonic: () => systemClock.monotonic(),
    });
    const does = checksOnly(config) ? 'check' : (config.operation ?? SEND) === SEND ? 'send' : 'work';
    this.status = sendingStatus({ node, queue: this.queue, language: this.language, does });
    const { unusable } = this.sender;
    if (unusable) this.status.show(unusable);
    this.tell = telling(RED, node);
    this.lifecycle = this.newLifecycle();
  }

  private newLifecycle(): NodeLifecycle {
    const { node, config, language, tell, status } = this;
    const { RED, handover } = this.shared;
    const { operation = SEND, app, robot, filesIn } = config;
    const conclusions = new Conclusions({
      tell,
      status,
      language,
      unusable: this.sender.unusable,
      failOnUndelivered: Boolean(config.failOnUndelivered),
    });
    const report = new UnfinishedReport({ RED, node, language, tell, conclusions });
    return new NodeLifecycle({
      handover,
      key: (node._alias && node._path) || node.id,
      plan: JSON.stringify([operation, destinationOf(config), app, robot, filesIn]),
      queue: this.queue,
      take: (task) => this.take(task),
      resume: (task) => this.add(task),
      conclude: conclusions.conclude,
      resultsInFlight: new ResultsInFlight(RED),
      reportRemoved: report.reportRemoved,
      record: (endings) => report.record('stopped', endings),
      receive: (msg) => node.receive(msg),
      closed: () => status.close(),
      tellWaiting: (count) => node.warn(sendNodeWording.problem.leftOver[language()].replace('{count}', String(count))),
    });
  }

  /** From now on it hears messages, and that it is closed. */
  listen(): void {
    const { node, lifecycle } = this;
    const { lifecycles, onDisk } = this.shared;
    lifecycles.add(lifecycle);
    // There may be something that waited before a deploy.
    onDisk?.touch();
    node.on('input', (msg, sendOn, done) => {
      onDisk?.touch();
      lifecycle.arrive({ msg, sendOn, done, progress: { sent: [] } });
    });
    node.on('close', (removed, done) => {
      const closed = () => {
        lifecycles.delete(lifecycle);
        if (lifecycles.size === 0) onDisk?.flush();
        done();
      };
      void lifecycle.close(removed).then(closed, closed);
    });
  }

  private read(msg: Message): Input | Promise<Input> {
    this.sender.check();
    const issues: InputIssue[] = [];
    const input = this.readPanel(msg, issues);
    return input instanceof Promise
      ? input.then((value) => checkedInput(this.config, value, issues))
      : checkedInput(this.config, input, issues);
  }

  private take(task: Task): void {
    if (isReset(task.msg)) this.reset(task);
    else if (this.queue.waiting >= this.length) this.refuse(task);
    else this.add(task);
  }

  private add(task: Task): void {
    this.status.started();
    this.queue.add(task);
    this.status.taken();
  }

  private refuse(task: Task): void {
    this.lifecycle.settled(task, { failure: queueFull(this.queue.waiting, this.length, this.language()) });
  }

  private reset(resetting: Task): void {
    let count = 0;
    this.queue.stop((task) => {
      count += 1;
      // Who got the first half of a text should not be the only one to know.
      this.tell.fail(task, unsent(task, 'reset', this.language()));
    });
    // What turns out not to be on its way says so within this turn of the event loop.
    setImmediate(() => {
      if (!this.lifecycle.isClosing) this.status.dropped(count);
      this.tell.complete(resetting);
    });
  }
}

function isReset(msg: Message): boolean {
  try {
    return Object.hasOwn(msg, 'reset') && Boolean(msg['reset']);
  } catch {
    // A message that does not let itself be read is no command.
    return false;
  }
}
