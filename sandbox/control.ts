import { z } from 'zod/v4';
import { ENDPOINTS } from './endpoints';
import { KEPT_MESSAGES, type MessageFilter, type SandboxMessage } from './messages';
import type { Company } from './company';
import type { Fault } from './faults';
import type { World } from './world';

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
    limit: z.coerce.number().int().min(1).max(KEPT_MESSAGES).optional(),
  }),
  clock: z.strictObject({ advance_ms: z.int() }),
  reset: z.strictObject({ extra_members: z.int().min(0).max(100_000).optional() }),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({ ...target, kind: z.literal('errcode'), errcode: z.int().refine((code) => code !== 0, 'must not be 0') }),
    z.strictObject({ ...target, kind: z.literal('http'), status: z.int().min(400).max(599) }),
    z.strictObject({ ...target, kind: z.literal('delay'), delay_ms: z.int().min(0).max(600_000) }),
    z.strictObject({ ...target, kind: z.literal('no_answer') }),
    z.strictObject({ ...target, kind: z.literal('reset_before_read') }),
    z.strictObject({ ...target, kind: z.literal('reset_after_read') }),
  ]),
};

/** A fault for the next `times` (default 1) calls of an endpoint such as `message/send`. The kinds: see `Fault`. */
export type FaultOrder = Fault & { endpoint: string; times?: number };

/** What tests and curious people can see and do besides the API. */
export interface Control {
  /** Company, apps and their secrets as they are now. */
  readonly company: Company;
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
  /** Forgets everything that happened. `extraMembers` changes the number of generated members. */
  reset(options?: { extraMembers?: number }): void;
}

export function createControl(world: World): Control {
  return {
    get company() {
      return world.state.company;
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
    reset: (options) => world.reset(options?.extraMembers),
  };
}
