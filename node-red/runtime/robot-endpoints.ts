import { answerDialog } from './dialog-question';
import type { NodeRed } from './node-red-api';
import { openRobot } from './robot-client';
import type { SharedByRobots } from './robot-client';

/** Whether a robot works, for the dialog of `wecom-robot`. It needs the permission to change flows for the reason given for apps. */
export function serveRobotEndpoints(RED: NodeRed, shared: SharedByRobots): void {
  RED.httpAdmin.post('/wecom-robot/test', RED.auth.needsPermission('wecom-robot.write'), (request, response) => {
    void answerDialog(RED, request, async ({ setting, password, language }) => {
      const settings = { baseUrl: setting('baseUrl'), processes: setting('processes'), proxy: setting('proxy'), timeout: setting('timeout') };
      const client = openRobot(settings, password('webhook'), shared, language);
      try {
        await client.robot.test();
        return { ok: true };
      } finally {
        await client.close();
      }
    }).then((body) => response.json(body));
  });
}
