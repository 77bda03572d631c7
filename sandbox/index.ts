import type { AddressInfo } from 'node:net';
import { ACCOUNT_LIMIT } from './company';
import { createControl, type Control } from './control';
import { createServer } from './server';
import { World } from './world';

export type { Chat } from './chats';
export type { App, Company, Department, Member, MiniProgram, Robot, RobotState, Tag } from './company';
export type { Control, FaultOrder } from './control';
export type { Fault } from './faults';
export type { CardUpdate, MessageFilter, SandboxMessage } from './messages';

export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number;
  /** How many members `u00001`, `u00002`, … to add to the built-in ones. Default 0. */
  extraMembers?: number;
  /** How many accounts the corp may have; an app reaches at most 200 times as many members a day. Default 10 000. */
  accountLimit?: number;
  /**
   * A whole number. Answers differ by chance as real ones do, and the same seed gives the same ones in the same order.
   * Default 1.
   */
  seed?: number;
}

export interface Sandbox extends Control {
  /** The base URL, and the address of the inbox page: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Ends at once, whatever is still open or waiting. */
  close(): Promise<void>;
}

/**
 * Starts a local WeCom on 127.0.0.1.
 * @throws the error of the system when the port is taken (`EADDRINUSE`)
 */
export async function startSandbox({
  port = 0,
  extraMembers = 0,
  accountLimit = ACCOUNT_LIMIT,
  seed = 1,
}: SandboxOptions = {}): Promise<Sandbox> {
  const world = new World({ extraMembers, accountLimit, seed });
  const control = createControl(world);
  const server = await createServer(world, control);
  await server.listen({ host: '127.0.0.1', port });
  const address = server.server.address() as AddressInfo;
  return Object.defineProperties(control, {
    url: { value: `http://127.0.0.1:${address.port}`, enumerable: true },
    close: {
      value: async () => {
        world.closing.abort();
        await server.close();
      },
    },
  }) as Sandbox;
}
