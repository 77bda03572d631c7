import { z } from 'zod/v4';
import { ENDPOINTS } from './endpoints';
import { KEPT_MESSAGES, type MessageFilter, type SandboxMessage } from './messages';
import { ROBOT_STATES } from './robots';
import type { Chat } from './chats';
import type { Company, Robot, RobotState } from './company';
import type { Fault } from './faults';
import type { World } from './world';

/** Seeds are 32 bits wide. */
export const MAX_SEED = 2 ** 32 - 1;

const endpoint = z
  .string()
  .transform((path) => path.replace(/^\/?cgi-bin\//, ''))
  .pipe(z.enum(ENDPOINTS.map(({ path }) => path)));

const target = { endpoint, times: z.int().min(1).default(1) };

/** What may be asked of the sandbox; the HTTP control API and the functions of `Sandbox` share it. */
export const inputs = {
  messages: z.strictObject({
    member: z.string().optional(),
    msgtype: z.string().optional(),
    to: z.enum(['app', 'chat', 'robot']).optional(),
    chatid: z.string().optional(),
    robot: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(KEPT_MESSAGES).optional(),
  }),
  clock: z.strictObject({ advance_ms: z.int() }),
  robot: z.strictObject({ robot: z.string(), state: z.enum(ROBOT_STATES) }),
  responseCode: z.strictObject({ msgid: z.string() }),
  chat: z.strictObject({ chatid: z.string(), dismissed: z.boolean().default(true) }),
  reset: z.strictObject({
    extra_members: z.int().min(0).max(100_000).optional(),
    account_limit: z.int().min(1).max(10_000_000).optional(),
    seed: z.int().min(0).max(MAX_SEED).optional(),
  }),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({
      ...target,
      kind: z.literal('errcode'),
      errcode: z.int().refine((code) => code !== 0, 'must not be 0'),
    }),
    z.strictObject({ ...target, kind: z.literal('http'), status: z.int().min(400).max(599) }),
    z.strictObject({ ...target, kind: z.literal('delay'), delay_ms: z.int().min(0).max(600_000) }),
    z.strictObject({ ...target, kind: z.literal('no_answer') }),
    z.strictObject({ ...target, kind: z.literal('reset_before_read') }),
    z.strictObject({ ...target, kind: z.literal('reset_after_read') }),
  ]),
};

/** What was asked for cannot be done; the message says why. */
export class InputProblem extends Error {}

/** A fault for the next `times` (default 1) calls of an endpoint such as `message/send`. The kinds: see `Fault`. */
export type FaultOrder = Fault & { endpoint: string; times?: number };

/** What tests and curious people can see and do besides the API. */
export interface Control {
  /** Company, apps and their secrets as they are now. */
  readonly company: Company;
  /** What the answers' differences follow from: the same seed, the same answers in the same order. */
  readonly seed: number;
  /** Accepted messages, newest last; at most the newest 20 000 are kept. */
  messages(filter?: MessageFilter): SandboxMessage[];
  /** Calls so far by endpoint, e.g. `{ 'message/send': 3 }`. */
  calls(): Record<string, number>;
  /** Makes all tokens invalid (40014); returns how many were alive. */
  revoke(): number;
  /** Moves the sandbox's time; negative goes back. Returns the new time in milliseconds since 1970. */
  moveClock(milliseconds: number): number;
  /** Makes trouble for coming calls. @throws ZodError when the order makes no sense */
  fault(order: FaultOrder): void;
  /**
   * Another response_code for a card, as every tap of a member gives the app one. @throws InputProblem no message has
   * this msgid
   */
  newResponseCode(msgid: string): string;
  /** App chats, oldest first. */
  chats(): Chat[];
  /** Dismisses an app chat (49008 from then on), or brings it back. @throws InputProblem no chat has this id */
  dismissChat(chatid: string, dismissed?: boolean): Chat;
  /**
   * Removes a robot from its group (93000), disables it, …, or makes it `active` again. @throws InputProblem no robot
   * has this id
   */
  setRobot(id: string, state: RobotState): Robot;
  /** Forgets everything that happened; what is named here changes, the rest is as at the start. */
  reset(options?: { [Setting in 'extraMembers' | 'accountLimit' | 'seed']?: number | undefined }): void;
}

export function createControl(world: World): Control {
  return {
    get company() {
      return world.state.company;
    },
    get seed() {
      return world.seed;
    },
    messages: (filter) => world.state.messages.list(filter),
    calls: () => world.state.calls.all(),
    revoke: () => world.state.tokens.revokeAll(),
    moveClock(milliseconds) {
      world.state.clock.move(milliseconds);
      return world.state.clock.now();
    },
    fault(order) {
      const { endpoint, times, ...fault } = inputs.fault.parse(order);
      world.state.faults.add(endpoint, fault, times);
    },
    newResponseCode(msgid) {
      const message = world.state.messages.find(msgid);
      if (!message) throw new InputProblem(`No message has the msgid "${msgid}".`);
      return world.state.responseCodes.issue(message);
    },
    chats: () => world.state.chats.list(),
    dismissChat(chatid, dismissed = true) {
      const { chats } = world.state;
      const chat = chats.find(chatid);
      if (!chat) throw new InputProblem(`No chat has the chatid "${chatid}".`);
      chats.save({ ...chat, dismissed });
      return { ...chat, dismissed };
    },
    setRobot(id, state) {
      const robot = world.state.robots.byId(id);
      if (!robot)
        throw new InputProblem(
          `No robot has the id "${id}". There are: ${world.state.company.robots.map((one) => one.id).join(', ')}.`,
        );
      return Object.assign(robot, { state });
    },
    reset: (options) => world.reset(withoutUndefined(options ?? {})),
  };
}

/** An option that is `undefined` was not named. */
function withoutUndefined<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: Exclude<Options[Name], undefined>;
  };
}
