import { robotNodeWording } from '../../wording/robot-node';
import { dialogHandler } from './dialog-question';
import type { NodeRed } from '../host/node-red-api';
import { openRobot } from '../connection/robot-client';
import type { SharedByRobots } from '../connection/robot-client';

/** Whether a robot works, for the dialog of `wecom-robot`. */
export function serveRobotEndpoints(RED: NodeRed, shared: SharedByRobots): void {
  const asker = { type: 'wecom-robot', secrets: { webhook: robotNodeWording.label.webhook } } as const;
  RED.httpAdmin.post(
    '/wecom-robot/test',
    RED.auth.needsPermission('wecom-robot.write'),
    dialogHandler(RED, asker, async ({ setting, credential, language }) => {
      const settings = {
        baseUrl: setting('baseUrl'),
        processes: setting('processes'),
        proxy: setting('proxy'),
        timeout: setting('timeout'),
      };
      const client = openRobot(
        settings,
        {
          webhook: credential('webhook'),
          proxyUser: credential('proxyUser'),
          proxyPassword: credential('proxyPassword'),
        },
        shared,
        language,
      );
      try {
        await client.robot.test();
        return { ok: true };
      } finally {
        await client.close();
      }
    }),
  );
}
