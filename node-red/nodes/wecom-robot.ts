import { MediaUploads } from '../../core';
import type { ConnectionSettings } from '../runtime/connection';
import { runtimeLanguage } from '../runtime/language';
import type { NodeRed } from '../runtime/node-red-api';
import { openRobot } from '../runtime/robot-client';
import type { RobotClient, RobotNode } from '../runtime/robot-client';
import { serveRobotEndpoints } from '../runtime/robot-endpoints';

/** Config node `wecom-robot`: one group robot, known by its webhook address. */
export default function wecomRobot(RED: NodeRed): void {
  const uploads = new MediaUploads({ now: () => Date.now() });

  function WecomRobot(this: { -readonly [Key in keyof RobotNode]: RobotNode[Key] }, config: ConnectionSettings): void {
    RED.nodes.createNode(this, config);
    let client: RobotClient | undefined;
    try {
      client = openRobot(config, this.credentials?.['webhook'], uploads, runtimeLanguage(RED, 'wecom-robot'));
      this.robot = client.robot;
    } catch (error) {
      // The flow still starts; nodes that use this robot say what is wrong with it.
      this.problem = error;
    }
    this.on('close', (_removed: boolean, done: () => void) => {
      void Promise.resolve(client?.close()).then(done, done);
    });
  }

  RED.nodes.registerType('wecom-robot', WecomRobot, { credentials: { webhook: { type: 'password' } } });
  serveRobotEndpoints(RED, uploads);
}
