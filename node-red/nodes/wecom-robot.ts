import path from 'node:path';

import { MediaUploads, SendQueues } from '../../core';
import { systemClock } from '../runtime/host/clock';
import type { ConnectionSettings } from '../runtime/connection/connection';
import { runtimeLanguage } from '../runtime/host/language';
import type { NodeRed } from '../runtime/host/node-red-api';
import { openRobot } from '../runtime/connection/robot-client';
import type { RobotClient, RobotNode, SharedByRobots } from '../runtime/connection/robot-client';
import { serveRobotEndpoints } from '../runtime/dialogs/robot-endpoints';
import { createSendingTimesFile, tellUnwritten } from '../runtime/connection/sending-times-file';

/** Config node `wecom-robot`: one group robot, known by its webhook address. */
export default function wecomRobot(RED: NodeRed): void {
  const { userDir } = RED.settings;
  const times = userDir
    ? createSendingTimesFile(path.join(userDir, '.wecom-sending'), 'robots', tellUnwritten(RED, 'wecom-robot'))
    : undefined;
  // One for the whole Node-RED: what counts for the rates outlives a deploy and, with a user directory, a restart.
  const shared: SharedByRobots = {
    uploads: new MediaUploads(systemClock),
    queues: new SendQueues(times && { clock: systemClock, store: times }),
  };

  function WecomRobot(this: { -readonly [Key in keyof RobotNode]: RobotNode[Key] }, config: ConnectionSettings): void {
    RED.nodes.createNode(this, config);
    let client: RobotClient | undefined;
    try {
      client = openRobot(config, this.credentials ?? {}, shared, () => runtimeLanguage(RED));
      this.robot = client.robot;
    } catch (error) {
      // The flow still starts; nodes that use this robot say what is wrong with it.
      this.problem = error;
    }
    this.on('close', (_removed: boolean, done: () => void) => {
      void Promise.resolve(client?.close())
        .finally(() => times?.flush())
        .then(done, done);
    });
  }

  RED.nodes.registerType('wecom-robot', WecomRobot, {
    credentials: { webhook: { type: 'password' }, proxyUser: { type: 'text' }, proxyPassword: { type: 'password' } },
  });
  serveRobotEndpoints(RED, shared);
}
