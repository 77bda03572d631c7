import type { Wecom } from '../../../core';
import type { ConnectionSettings } from './connection';
import type { Node } from '../host/node-red-api';

/** What `wecom-send` finds in the config node it names. */
export interface AppNode extends Node {
  /** Absent when the settings are wrong; `problem` says how. */
  readonly wecom?: Wecom<unknown>;
  readonly problem?: unknown;
}

/** The settings of a `wecom-app` node as they stand in a flow; the secret is a credential. */
export interface AppSettings extends ConnectionSettings {
  readonly corpId?: unknown;
  readonly agentId?: unknown;
}
