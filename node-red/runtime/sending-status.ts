import type { FlowError } from './flow-error';
import type { Node, NodeRed, Status } from './node-red-api';
import { undelivered } from './outcome';

/** The states that are shown with a text of the catalogue; editors translate such texts into the language of the person who looks. */
const STATES = {
  sending: { fill: 'blue', shape: 'dot' },
  sent: { fill: 'green', shape: 'dot' },
  'no-app': { fill: 'red', shape: 'ring' },
  'app-wrong': { fill: 'red', shape: 'ring' },
  'no-robot': { fill: 'red', shape: 'ring' },
  'robot-wrong': { fill: 'red', shape: 'ring' },
  done: { fill: 'green', shape: 'dot' },
  working: { fill: 'blue', shape: 'dot' },
  'input-wrong': { fill: 'red', shape: 'dot' },
  'no-answer': { fill: 'red', shape: 'dot' },
  failed: { fill: 'red', shape: 'dot' },
  undelivered: { fill: 'yellow', shape: 'dot' },
  warned: { fill: 'yellow', shape: 'dot' },
} as const satisfies Record<string, Status>;

export type State = keyof typeof STATES;

export interface SendingStatus {
  show(state: State): void;
  started(): void;
  /**
   * @param undelivered how many of those who were named did not get the message
   * @param warnings how many remarks the result has
   */
  sent(undelivered: number, warnings: number): void;
  failed(error: FlowError): void;
}

/** Shows under the node what happens. A status that stays the same is not sent again: each one travels to every open editor. */
export function sendingStatus(RED: NodeRed, node: Node, sends = true): SendingStatus {
  let shown = '';
  let inFlight = 0;
  const put = (status: Status) => {
    const text = `${status.fill} ${status.text}`;
    if (text === shown) return;
    shown = text;
    node.status(status);
  };
  const show = (state: State) => put({ ...STATES[state], text: `wecom-send.status.${state}` });

  return {
    show,
    started() {
      inFlight += 1;
      if (inFlight === 1) show(sends ? 'sending' : 'working');
    },
    sent(undelivered, warnings) {
      inFlight -= 1;
      if (undelivered > 0) put({ ...STATES.undelivered, text: RED._('wecom-send.status.undelivered', { count: undelivered }) });
      else if (warnings > 0) put({ ...STATES.warned, text: RED._('wecom-send.status.warned', { count: warnings }) });
      // While others are on their way the node is still sending.
      else if (inFlight === 0) show(sends ? 'sent' : 'done');
    },
    failed({ code, cause }) {
      inFlight -= 1;
      if (code === 'NO_APP' || code === 'NO_ROBOT') show(code === 'NO_APP' ? 'no-app' : 'no-robot');
      else if (cause.kind === 'undelivered') put({ ...STATES.undelivered, fill: 'red', text: RED._('wecom-send.status.undelivered', { count: count(cause.delivered) }) });
      else if (cause.kind === 'api') put({ ...STATES.failed, text: RED._('wecom-send.status.errcode', { errcode: cause.errcode ?? 0 }) });
      else show(cause.kind === 'input' ? 'input-wrong' : cause.kind === 'network' ? 'no-answer' : 'failed');
    },
  };
}

function count(result: FlowError['cause']['delivered']): number {
  return result ? undelivered(result).length : 0;
}
