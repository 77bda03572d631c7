interface Waiting {
  readonly bytes: number;
  start(): void;
}

/**
 * Bounds the bytes of files that are in memory at a time. A reservation that does not fit waits, first come, first
 * served. A file that is larger than the whole budget has it for itself.
 */
export class MemoryBudget {
  private reserved = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly size: number) {}

  /**
   * Resolves when so many bytes fit, with what gives them back.
   *
   * @throws the reason of the signal if that fires first
   */
  async reserve(bytes: number, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.waiting.size > 0 || !this.fits(bytes)) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          this.waiting.delete(entry);
          reject(signal?.reason as Error);
          this.startNext();
        };
        const entry: Waiting = {
          bytes,
          start: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        this.waiting.add(entry);
        signal?.addEventListener('abort', stop, { once: true });
      });
    } else this.reserved += bytes;
    let isReserved = true;
    return () => {
      if (!isReserved) return;
      isReserved = false;
      this.reserved -= bytes;
      this.startNext();
    };
  }

  private startNext(): void {
    for (const next of this.waiting) {
      if (!this.fits(next.bytes)) return;
      this.waiting.delete(next);
      this.reserved += next.bytes;
      next.start();
    }
  }

  private fits(bytes: number): boolean {
    return this.reserved === 0 || this.reserved + bytes <= this.size;
  }
}
