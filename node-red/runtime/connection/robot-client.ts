import { createRobot } from '../../../core';
import type { Language, MediaUploads, Robot, SendQueues } from '../../../core';
import { systemClock } from '../host/clock';
import { openConnection } from './connection';
import type { ConnectionSettings, ProxyLogin } from './connection';
import type { Node } from '../host/node-red-api';

/** What `wecom-send` finds in the config node of a group robot. */
export interface RobotNode extends Node {
  /** Absent when the settings are wrong; `problem` says how. */
  readonly robot?: Robot<unknown>;
  readonly problem?: unknown;
}

/** What all robots of a Node-RED share. */
export interface SharedByRobots {
  readonly uploads: MediaUploads;
  readonly queues: SendQueues;
}

/** What Node-RED keeps with its credentials. */
export interface RobotCredentials extends ProxyLogin {
  readonly webhook?: unknown;
}

export interface RobotClient {
  readonly robot: Robot<unknown>;
  close(): Promise<void>;
}

/**
 * A client for the settings of a `wecom-robot` node, with sockets of its own. @throws WecomInputError if the webhook or
 * a setting is wrong.
 */
export function openRobot(
  settings: ConnectionSettings,
  { webhook, ...login }: RobotCredentials,
  shared: SharedByRobots,
  language: Language | (() => Language),
): RobotClient {
  const { transport, timeoutMs } = openConnection(settings, login);
  const robot = createRobot<unknown>({
    webhook,
    baseUrl: settings.baseUrl,
    processes: settings.processes,
    http: transport.http,
    clock: systemClock,
    ...shared,
    timeoutMs,
    language,
  });
  return { robot, close: () => transport.close() };
}
