/** The time the sandbox believes in. Tests move it, so that two hours of token life cost no waiting. */
export class Clock {
  private offset = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** Moves time by `milliseconds`; a negative number moves it back. */
  move(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
