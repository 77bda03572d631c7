/** How often each endpoint was called, refused and broken calls included. */
export class Calls {
  private readonly counts = new Map<string, number>();

  count(endpoint: string): void {
    this.counts.set(endpoint, (this.counts.get(endpoint) ?? 0) + 1);
  }

  /** Only endpoints that were called at least once. */
  all(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }
}
