import { createHash } from 'node:crypto';

import { cancelled, unlessCancelled } from './call';
import type { Call } from './call';
import { onCancel } from './cancellation';
import type { Sending } from './delivery/sending';
import type { Endpoint } from './endpoints';
import { WecomNetworkError } from './errors';
import { withoutField } from './exchange';
import type { MediaFile, MediaKind } from './media';
import { mediaMultipart } from './multipart';
import type { WallClock } from './ports';

// A media_id lives for three days (doc 90253); the last hour is left for slow sends and clocks that differ.
const MEDIA_LIFETIME_MS = (3 * 24 - 1) * 3_600_000;
/** How many uploads are remembered; the oldest are forgotten first and cost a new upload. */
const REMEMBERED_UPLOADS = 1_000;
/** Milliseconds. A file of 20 MB needs longer than a message. */
const UPLOAD_TIMEOUT_MS = 60_000;

interface Upload {
  readonly mediaId: Promise<string>;
  readonly startedAt: number;
  /** Ends it when nobody waits for it any more. */
  readonly stop: AbortController;
  waiting: number;
}

/** How one message wants its files uploaded. */
export interface UploadOptions {
  /** Milliseconds for one call; uploads get at least 60 000. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly sending?: Sending;
}

/** Where files are uploaded to: media of an app (doc 90253) or of a group robot (doc 99110), which do not know each other's. */
export interface UploadPlace {
  readonly call: Call;
  readonly endpoint: Endpoint;
  /** Identifies the app or robot without its secret. */
  readonly ownerKey: string;
}

/** Uploads files, each content once while its `media_id` is valid, per app or robot and kind. */
export class MediaUploads {
  private readonly uploads = new Map<string, Upload>();

  constructor(private readonly clock: WallClock) {}

  /**
   * The `media_id` of a file, from memory if the same content was uploaded before.
   *
   * @throws WecomApiError or WecomNetworkError of the upload; a failed upload is not remembered. Nothing is uploaded
   * for a message that was cancelled before.
   */
  async mediaId({ call, endpoint, ownerKey }: UploadPlace, kind: MediaKind, file: MediaFile, options: UploadOptions): Promise<string> {
    if (options.signal?.aborted) throw cancelled(endpoint);
    const key = uploadKey(ownerKey, kind, file);
    const now = this.clock.now();
    const known = this.uploads.get(key);
    let upload = known && !known.stop.signal.aborted && now >= known.startedAt && now - known.startedAt < MEDIA_LIFETIME_MS ? known : undefined;
    if (!upload) {
      upload = startUpload({ call, endpoint }, kind, file, options, now);
      this.remember(key, upload);
      const { mediaId } = upload;
      mediaId.catch(() => this.uploads.get(key)?.mediaId === mediaId && this.uploads.delete(key));
    }
    return waitFor(upload, options.signal, endpoint);
  }

  /** Forgets an upload whose `media_id` WeCom no longer accepts (40007). Tells whether it was remembered. */
  forget({ ownerKey }: UploadPlace, kind: MediaKind, file: MediaFile): boolean {
    return this.uploads.delete(uploadKey(ownerKey, kind, file));
  }

  private remember(key: string, upload: Upload): void {
    this.uploads.delete(key);
    this.uploads.set(key, upload);
    if (this.uploads.size > REMEMBERED_UPLOADS) this.uploads.delete(this.uploads.keys().next().value as string);
  }
}

/** Its signal is its own: others may wait for the same upload. */
function startUpload({ call, endpoint }: Pick<UploadPlace, 'call' | 'endpoint'>, kind: MediaKind, file: MediaFile, { timeoutMs, sending }: UploadOptions, startedAt: number): Upload {
  const stop = new AbortController();
  const upload = async () => {
    const reply = await call(endpoint, { query: { type: kind }, multipart: mediaMultipart(file), timeoutMs: Math.max(UPLOAD_TIMEOUT_MS, timeoutMs), signal: stop.signal, ...(sending && { sending }) });
    if (typeof reply['media_id'] !== 'string' || reply['media_id'] === '') throw new WecomNetworkError('not-sent', withoutField('media_id'), endpoint.path);
    return reply['media_id'];
  };
  return { mediaId: upload(), startedAt, stop, waiting: 0 };
}

async function waitFor(upload: Upload, signal: AbortSignal | undefined, endpoint: Endpoint): Promise<string> {
  upload.waiting += 1;
  const stopWaiting = signal && onCancel(signal, () => {
    upload.waiting -= 1;
    if (upload.waiting === 0) upload.stop.abort(signal.reason);
  });
  try {
    return await unlessCancelled(upload.mediaId, signal, endpoint);
  } finally {
    stopWaiting?.();
  }
}

function uploadKey(ownerKey: string, kind: MediaKind, { filename, data }: MediaFile): string {
  // Members see the name of a file, so the same bytes under another name are another upload.
  const name = kind === 'file' ? filename : '';
  return createHash('sha256').update(JSON.stringify([ownerKey, kind, name])).update(data).digest('hex');
}
