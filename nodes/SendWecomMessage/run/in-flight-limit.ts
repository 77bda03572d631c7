/** How much of what is unfinished may be held in memory. */
export interface InFlightSize {
  readonly items: number;
  /** Of the files of the items. One item alone may have more. */
  readonly bytes: number;
}

/** Lets one caller after the other in while there is room. */
export class InFlightLimit {
  private items = 0;
  private bytes = 0;
  private wake: (() => void) | undefined;

  constructor(private readonly size: InFlightSize) {}

  async acquire(bytes: number): Promise<void> {
    while (this.items > 0 && (this.items >= this.size.items || this.bytes + bytes > this.size.bytes)) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.items += 1;
    this.bytes += bytes;
  }

  release(bytes: number): void {
    this.items -= 1;
    this.free(bytes);
  }

  /** Of an item that never came in, but was the last one to use files of others. */
  free(bytes: number): void {
    this.bytes -= bytes;
    this.wake?.();
  }
}
