import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { Refusal } from './errors';
import { amrSeconds, contentTypeOf, type MediaKind } from './media-kind';

export type { MediaKind } from './media-kind';

export interface Media {
  media_id: string;
  kind: MediaKind;
  /** As it stood in the part header; members see it. */
  filename: string;
  contentType: string;
  bytes: Buffer;
  /** Playing time, voice only. */
  seconds?: number | undefined;
  createdAt: number;
  /** Id of the robot it was uploaded for, which alone may send it; undefined for media of the corp. */
  robot?: string | undefined;
}

const MEGABYTE = 1024 * 1024;
const THREE_DAYS = 3 * 24 * 3_600_000;
/** Beyond this many bytes the oldest uploads are forgotten, which makes their media_id invalid. */
const KEPT_BYTES = 256 * MEGABYTE;

/** Largest size in bytes, and the errcode of a larger one (doc 90253; the official table has one code per kind). */
const LARGEST: Readonly<Record<MediaKind, { bytes: number; errcode: number }>> = {
  image: { bytes: 10 * MEGABYTE, errcode: 40009 },
  voice: { bytes: 2 * MEGABYTE, errcode: 45001 },
  video: { bytes: 10 * MEGABYTE, errcode: 40011 },
  file: { bytes: 20 * MEGABYTE, errcode: 45001 },
};

/** The formats a kind accepts, and the errcode for others; `file` takes anything. */
const FORMATS: Readonly<Partial<Record<MediaKind, { contentTypes: readonly string[]; errcode: number }>>> = {
  image: { contentTypes: ['image/jpeg', 'image/png'], errcode: 40123 },
  voice: { contentTypes: ['audio/amr'], errcode: 301017 },
  video: { contentTypes: ['video/mp4'], errcode: 41090 },
};

/** Temporary media (临时素材): three days, shared by all apps of the corp. Kept in memory. */
export class MediaStore {
  private readonly stored = new Map<string, Media>();
  private storedBytes = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * @throws Refusal 40006 up to 5 bytes; 40009, 40011, 45001 too large; 40123, 301017, 41090 wrong format; 45007 voice
   *   over 60 s
   */
  add(kind: MediaKind, filename: string, bytes: Buffer, robot?: string): Media {
    if (bytes.length <= 5) throw new Refusal(40006);
    if (bytes.length > LARGEST[kind].bytes) throw new Refusal(LARGEST[kind].errcode);
    const contentType = contentTypeOf(bytes);
    const format = FORMATS[kind];
    if (format && !format.contentTypes.includes(contentType)) throw new Refusal(format.errcode);
    const seconds = kind === 'voice' ? amrSeconds(bytes) : undefined;
    if (seconds !== undefined && seconds > 60) throw new Refusal(45007);

    const media_id = randomBytes(33).toString('base64url');
    const media: Media = { media_id, kind, filename, contentType, bytes, seconds, createdAt: this.clock.now(), robot };
    this.stored.set(media_id, media);
    this.storedBytes += bytes.length;
    this.forgetOldest();
    return media;
  }

  /**
   * The media behind a media_id while it is valid.
   * @throws Refusal 41006 without media_id; 40007 unknown, older than three days of another kind or uploaded for
   *   somebody else
   */
  get(media_id: string | undefined, kind?: MediaKind, robot?: string): Media {
    if (!media_id) throw new Refusal(41006);
    const media = this.stored.get(media_id);
    if (!media || media.createdAt + THREE_DAYS <= this.clock.now()) throw new Refusal(40007);
    if ((kind && media.kind !== kind) || media.robot !== robot) throw new Refusal(40007);
    return media;
  }

  /** The same without judging its age: members can still open what they received. */
  find(media_id: string): Media | undefined {
    return this.stored.get(media_id);
  }

  private forgetOldest(): void {
    for (const [media_id, { bytes }] of this.stored) {
      if (this.storedBytes <= KEPT_BYTES) return;
      this.stored.delete(media_id);
      this.storedBytes -= bytes.length;
    }
  }
}
