/** Of each look-up. One may be new with each of them, so that two are enough to keep up. */
const LOOKS = 2;

/**
 * Values by key, of which those are forgotten that nobody needs any more. There is no timer: with each look-up a few
 * are looked at in turn, so that it costs the same however many there are.
 */
export class EvictingMap<Value> {
  private readonly values = new Map<string, Value>();
  /** Goes round and round. */
  private hand = this.values.entries();

  /** @param isIdle whether nothing of a value matters at that time, so that a new one can take its place */
  constructor(private readonly isIdle: (value: Value, now: number) => boolean) {}

  get size(): number {
    return this.values.size;
  }

  get(key: string): Value | undefined {
    return this.values.get(key);
  }

  /** The value stays until the look-up of another one: whoever needs it for longer sees to it that it is not idle. */
  getOrAdd(key: string, now: number, make: () => Value): Value {
    for (let looks = 0; looks < LOOKS; looks += 1) this.lookAtNext(key, now);
    let value = this.values.get(key);
    if (value === undefined) {
      value = make();
      this.values.set(key, value);
    }
    return value;
  }

  delete(key: string): void {
    this.values.delete(key);
  }

  /** @param needed stays, whatever it is */
  private lookAtNext(needed: string, now: number): void {
    const { value: next, done } = this.hand.next();
    if (done) this.hand = this.values.entries();
    else if (next[0] !== needed && this.isIdle(next[1], now)) this.values.delete(next[0]);
  }
}
