interface Waiting {
  readonly bytes: number;
  enter(): void;
}

/**
 * Bounds the bytes of files that are in memory at a time. Whoever finds no room waits; those who came first go first.
 * A file that is larger than the whole room has it for itself.
 */
export class FileRoom {
  private taken = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly size: number) {}

  /**
   * Resolves when there is room for so many bytes, with what gives it back.
   *
   * @throws the reason of the signal if that fires first
   */
  async enter(bytes: number, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.waiting.size > 0 || !this.hasRoomFor(bytes)) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          this.waiting.delete(entry);
          reject(signal?.reason as Error);
          this.letIn();
        };
        const entry: Waiting = {
          bytes,
          enter: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        this.waiting.add(entry);
        signal?.addEventListener('abort', stop, { once: true });
      });
    } else this.taken += bytes;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.taken -= bytes;
      this.letIn();
    };
  }

  private letIn(): void {
    for (const next of this.waiting) {
      if (!this.hasRoomFor(next.bytes)) return;
      this.waiting.delete(next);
      this.taken += next.bytes;
      next.enter();
    }
  }

  private hasRoomFor(bytes: number): boolean {
    return this.taken === 0 || this.taken + bytes <= this.size;
  }
}
