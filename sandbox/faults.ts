/**
 * Trouble to make for the next calls of an endpoint.
 *
 * | kind | is the request processed? | what the caller sees |
 * |---|---|---|
 * | `errcode` | no | HTTP 200 with this errcode |
 * | `http` | no | this HTTP status with an HTML page, as a gateway answers |
 * | `delay` | yes | the right answer, `delay_ms` late |
 * | `no_answer` | yes | nothing, the connection stays open |
 * | `reset_before_read` | no | the connection breaks before the body was read |
 * | `reset_after_read` | yes | the connection breaks instead of an answer |
 */
export type Fault =
  | { kind: 'errcode'; errcode: number }
  | { kind: 'http'; status: number }
  | { kind: 'delay'; delay_ms: number }
  | { kind: 'no_answer' }
  | { kind: 'reset_before_read' }
  | { kind: 'reset_after_read' };

/** Faults that wait for their calls, in the order they were asked for. */
export class Faults {
  private readonly waiting = new Map<string, { fault: Fault; times: number }[]>();

  /** `endpoint` as in `message/send`; the next `times` calls of it meet the fault. */
  add(endpoint: string, fault: Fault, times: number): void {
    this.waiting.set(endpoint, [...(this.waiting.get(endpoint) ?? []), { fault, times }]);
  }

  /** The fault this call meets, if any; it is used up by that. */
  take(endpoint: string): Fault | undefined {
    const queue = this.waiting.get(endpoint);
    const next = queue?.[0];
    if (!queue || !next) return undefined;
    next.times -= 1;
    if (next.times === 0) queue.shift();
    return next.fault;
  }
}
