import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { DailyLimit } from './daily-limit';
import { Refusal } from './errors';
import { contentTypeOf } from './media-kind';
import { RateLimit } from './rate-limit';

const MEGABYTE = 1024 * 1024;
const SMALLEST_BYTES = 5;
const LARGEST_BYTES = 2 * MEGABYTE;
/** Beyond this many bytes the oldest pictures are forgotten. */
const KEPT_BYTES = 64 * MEGABYTE;
const THIRTY_DAYS = 30 * 24 * 3_600_000;

export interface Picture {
  contentType: string;
  bytes: Buffer;
}

/**
 * Pictures for the content of messages, with an address that does not end (media/uploadimg, doc 90256). Kept in memory.
 */
export class Pictures {
  private readonly stored = new Map<string, Picture>();
  private storedBytes = 0;
  private readonly daily: DailyLimit;
  private readonly monthly: RateLimit;

  constructor(clock: Clock) {
    this.daily = new DailyLimit(clock, 1000);
    this.monthly = new RateLimit(clock, 3000, THIRTY_DAYS);
  }

  /**
   * Returns the name the picture can be fetched by.
   * @throws Refusal 40006 fewer than 5 bytes; 40009 more than 2 MB; 40123 neither JPG nor PNG; 45009 above 1000 a day,
   *   3000 in 30 days
   */
  add(bytes: Buffer): string {
    if (bytes.length < SMALLEST_BYTES) throw new Refusal(40006);
    if (bytes.length > LARGEST_BYTES) throw new Refusal(40009);
    const contentType = contentTypeOf(bytes);
    if (contentType !== 'image/jpeg' && contentType !== 'image/png') throw new Refusal(40123);
    this.daily.check();
    this.monthly.check();
    this.daily.take();
    this.monthly.take();
    const name = randomBytes(24).toString('base64url');
    this.stored.set(name, { contentType, bytes });
    this.storedBytes += bytes.length;
    for (const [oldest, picture] of this.stored) {
      if (this.storedBytes <= KEPT_BYTES) break;
      this.stored.delete(oldest);
      this.storedBytes -= picture.bytes.length;
    }
    return name;
  }

  find(name: string): Picture | undefined {
    return this.stored.get(name);
  }
}
