/** Flows that subjects begin with: an app and a robot of the sandbox, a button and a send node. */
import type { Sandbox } from '../../../sandbox';
import type { FlowNode } from './host';

const TAB = 'tab0000000000000';
export const SEND = 'send000000000000';
export const INJECT = 'inject0000000000';
const DEBUG = 'debug00000000000';
export const APP = 'app0000000000000';
export const ROBOT = 'robot00000000000';
/** The chatid of the group chat that subjects create. */
export const CHAT = 'releases';

/** The config nodes with their credentials; `app` is the index of the sandbox's app. */
export function configs(sandbox: Sandbox, app = 0): FlowNode[] {
  const { corpId, apps, robots } = sandbox.company;
  const connection = { baseUrl: sandbox.url, proxy: '', processes: '1', timeout: '10' };
  const { agentid, secret } = required(apps[app]);
  return [
    {
      id: APP,
      type: 'wecom-app',
      name: '',
      corpId,
      agentId: String(agentid),
      ...connection,
      credentials: { secret },
    },
    {
      id: ROBOT,
      type: 'wecom-robot',
      name: '',
      ...connection,
      credentials: { webhook: required(robots[0]).key },
    },
  ];
}

/** A button, a send node with these properties, and a debug node that shows all messages. */
export function sendingFlow(sandbox: Sandbox, send: object = {}): FlowNode[] {
  return [
    { id: TAB, type: 'tab', label: 'Hosts', disabled: false, info: '' },
    ...configs(sandbox),
    {
      id: INJECT,
      type: 'inject',
      z: TAB,
      name: 'go',
      props: [{ p: 'payload' }],
      repeat: '',
      crontab: '',
      once: false,
      topic: '',
      payload: 'Hello',
      payloadType: 'str',
      x: 160,
      y: 120,
      wires: [[SEND]],
    },
    {
      id: SEND,
      type: 'wecom-send',
      z: TAB,
      name: '',
      app: APP,
      to: 'named',
      msgtype: 'text',
      fields: { touser: { type: 'str', value: 'zhangsan' } },
      x: 400,
      y: 120,
      wires: [[DEBUG]],
      ...send,
    },
    {
      id: DEBUG,
      type: 'debug',
      z: TAB,
      name: '',
      active: true,
      tosidebar: true,
      console: false,
      tostatus: false,
      complete: 'true',
      targetType: 'full',
      x: 620,
      y: 120,
      wires: [],
    },
  ];
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not there');
  return value;
}
