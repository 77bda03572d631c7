import type { Language, SendOptions } from '../../../core';
import { destinationOf, SEND, UPDATE_CARD } from '../../panel/plan';
import type { Plan } from '../../panel/plan';
import { sendNodeWording } from '../../wording/send-node';
import type { AppNode } from '../connection/app-node';
import type { RobotNode } from '../connection/robot-client';
import { FlowError } from '../host/flow-error';
import type { NodeRed } from '../host/node-red-api';
import type { Outcome } from '../host/outcome';
import { knownOperation } from './input-check';
import { queueSettings } from './queue-settings';
import type { QueueSettings } from './queue-settings';
import type { State } from './sending-status';

/** What a node does and by whom, as it stands in a flow: ids of config nodes. */
export interface Sending extends Plan, QueueSettings {
  readonly app?: string;
  readonly robot?: string;
  /** Whether messages are checked and built, and not sent. */
  readonly checkOnly?: boolean;
}

/** Other operations have no such thing as a message to look at. */
export function checksOnly({ operation = SEND, checkOnly }: Sending): boolean {
  return operation === SEND && checkOnly === true;
}

/** The app or the group robot that was chosen in the dialog of a node, and what the node does with it. */
export class Sender {
  private readonly byRobot: boolean;
  private readonly app: AppNode | null;
  private readonly robot: RobotNode | null;
  /** The status for settings that nothing can be sent with. */
  readonly unusable: State | undefined;

  constructor(
    RED: NodeRed,
    private readonly config: Sending,
    private readonly language: () => Language,
  ) {
    this.byRobot = destinationOf(config) === 'robot';
    this.app = !this.byRobot && config.app ? RED.nodes.getNode(config.app) : null;
    this.robot = this.byRobot && config.robot ? RED.nodes.getNode(config.robot) : null;
    this.unusable = this.stateOfSettings();
  }

  private stateOfSettings(): State | undefined {
    if (!this.app && !this.robot) return this.byRobot ? 'no-robot' : 'no-app';
    if (!this.app?.wecom && !this.robot?.robot) return this.byRobot ? 'robot-wrong' : 'app-wrong';
    return undefined;
  }

  /** @throws what is wrong with the settings, if nothing can be sent with them */
  check(): void {
    if (!this.app?.wecom && !this.robot?.robot) throw this.notConfigured();
  }

  /**
   * Sends a message, or carries out the operation of the node.
   *
   * @throws errors of core, and what is wrong with the settings
   */
  async perform(input: object, options: SendOptions): Promise<Outcome> {
    const { config, app, robot } = this;
    const { operation = SEND } = config;
    const { rates, atOnce } = queueSettings(config);
    const client = robot?.robot ?? app?.wecom;
    if (client && checksOnly(config)) {
      options.onBegin?.();
      return { ...(await client.check(input, options.signal && { signal: options.signal })) };
    }
    if (robot?.robot) return { ...(await robot.robot.send(input, { ...options, rates, atOnce })) };
    if (!app?.wecom) throw this.notConfigured();
    if (operation === SEND) return { ...(await app.wecom.send(input, { ...options, rates, atOnce })) };
    options.onBegin?.();
    const { signal } = options;
    if (operation === UPDATE_CARD) return app.wecom.updateCard(input, signal && { signal });
    return app.wecom.perform(knownOperation(operation), input, signal && { signal });
  }

  private notConfigured(): unknown {
    const problem = this.byRobot ? this.robot?.problem : this.app?.problem;
    if (problem !== undefined) return problem;
    const advice = sendNodeWording.problem[this.byRobot ? 'noRobot' : 'noApp'][this.language()];
    return new FlowError(advice, this.byRobot ? 'NO_ROBOT' : 'NO_APP', { kind: 'input', hint: advice });
  }
}
