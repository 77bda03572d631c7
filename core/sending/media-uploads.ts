import { createHash } from 'node:crypto';

import { cancelled, unlessCancelled } from '../api/call';
import { onCancel } from '../api/cancellation';
import type { QueuedCall, Sending } from '../delivery/sending';
import type { Endpoint } from '../api/endpoints';
import { WecomNetworkError } from '../outcome/errors';
import { withoutField } from '../api/exchange';
import { MemoryBudget } from './memory-budget';
import { isMediaFile, mediaKinds } from '../schema/media';
import type { FileToRead, MediaFile, MediaKind } from '../schema/media';
import { contentDigest, mediaMultipart } from './multipart';
import type { MultipartSource } from '../api/exchange';
import type { WallClock } from '../api/ports';

// A media_id lives for three days (doc 90253); the last hour is left for slow sends and clocks that differ.
const MEDIA_LIFETIME_MS = (3 * 24 - 1) * 3_600_000;
/** How many uploads are remembered while they are valid; the oldest are forgotten first and cost a new upload. */
const REMEMBERED_UPLOADS = 1_000;
/** Milliseconds. A file of 20 MB needs longer than a message. */
const UPLOAD_TIMEOUT_MS = 60_000;

/** Of the files that are read, hashed or on their way at a time, by all apps and robots of a process together. */
const MAX_BYTES_AT_ONCE = 64 * 1024 * 1024;
const budgetOfTheProcess = new MemoryBudget(MAX_BYTES_AT_ONCE);

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
  readonly signal?: AbortSignal | undefined;
  readonly sending?: Sending | undefined;
}

/** Where files are uploaded to: media of an app (doc 90253) or of a group robot (doc 99110), which do not know each other's. */
export interface UploadPlace {
  readonly endpoint: Endpoint;
  /** Identifies the app or robot without its secret. */
  readonly ownerKey: string;
}

/** What uploads for one app or robot. */
export interface Uploader {
  readonly call: QueuedCall;
  readonly upload: UploadPlace;
}

/** Uploads files, each content once while its `media_id` is valid, per app or robot and kind. */
export class MediaUploads {
  private readonly uploads = new Map<string, Upload>();
  /** Of files with an identity, so that they need not be read to be known. */
  private readonly digests = new Map<string, { readonly digest: string; readonly startedAt: number }>();
  /** Of files that had to be read to be known. */
  private readonly digestOf = new WeakMap<FileToRead, string>();
  /** Of what reading a file gave: a host that still holds the bytes gives the same again. */
  private readonly digestOfBytes = new WeakMap<Uint8Array, string>();

  /** @param budget bounds the bytes that are read or on their way at a time; 64 MB in all for those without a budget of their own */
  constructor(
    private readonly clock: WallClock,
    private readonly budget = budgetOfTheProcess,
  ) {}

  /**
   * The `media_id` of a file, from memory if the same content was uploaded before.
   *
   * @throws WecomApiError or WecomNetworkError of the upload; a failed upload is not remembered. Nothing is uploaded
   * for a message that was cancelled before. What reading a file throws is passed on.
   * @internal
   */
  async mediaId(
    { call, upload: { endpoint, ownerKey } }: Uploader,
    kind: MediaKind,
    file: MediaFile | FileToRead,
    options: UploadOptions,
  ): Promise<string> {
    if (options.signal?.aborted) throw cancelled(endpoint);
    const digest = isMediaFile(file)
      ? contentDigest(file.data)
      : await this.digest(file, kind, endpoint, options.signal);
    const key = uploadKey(ownerKey, kind, file.filename, digest);
    const now = this.clock.now();
    const known = this.uploads.get(key);
    let upload =
      known && !known.stop.signal.aborted && now >= known.startedAt && now - known.startedAt < MEDIA_LIFETIME_MS
        ? known
        : undefined;
    if (!upload) {
      const changed = () => this.uploads.delete(key);
      upload = startUpload(
        { call, endpoint },
        { kind, multipart: this.multipartOf(file, kind, digest, changed) },
        options,
        now,
      );
      remember(this.uploads, key, upload, now);
      const { mediaId } = upload;
      mediaId.catch(() => this.uploads.get(key)?.mediaId === mediaId && this.uploads.delete(key));
    }
    return waitFor(upload, options.signal, endpoint);
  }

  /** Forgets an upload whose `media_id` WeCom no longer accepts (40007). Tells whether it was remembered. @internal */
  forget({ ownerKey }: UploadPlace, kind: MediaKind, file: MediaFile | FileToRead): boolean {
    const digest = isMediaFile(file) ? contentDigest(file.data) : this.knownDigest(file);
    return digest !== undefined && this.uploads.delete(uploadKey(ownerKey, kind, file.filename, digest));
  }

  /**
   * Shows somebody the bytes of a file, which are not uploaded; no more of them are in memory than for uploads. What
   * reading a file throws is passed on.
   *
   * @throws WecomNetworkError `ABORT_ERR` if the signal fires first
   * @internal
   */
  async look<Seen>(
    file: MediaFile | FileToRead,
    {
      kind,
      endpoint,
      signal,
    }: { readonly kind: MediaKind; readonly endpoint: Endpoint; readonly signal?: AbortSignal },
    see: (data: Uint8Array) => Seen,
  ): Promise<Seen> {
    if (isMediaFile(file)) return see(file.data);
    const release = await this.reserve(file, kind, signal).catch(() => {
      throw cancelled(endpoint);
    });
    try {
      return see(await file.read());
    } finally {
      release();
    }
  }

  private knownDigest(file: FileToRead): string | undefined {
    return (
      (file.identity === undefined ? undefined : this.digests.get(file.identity)?.digest) ?? this.digestOf.get(file)
    );
  }

  private async digest(
    file: FileToRead,
    kind: MediaKind,
    endpoint: Endpoint,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const known = this.knownDigest(file);
    if (known !== undefined) return known;
    const release = await this.reserve(file, kind, signal).catch(() => {
      throw cancelled(endpoint);
    });
    try {
      // Another message with the same file may have been first.
      const found = this.knownDigest(file);
      if (found !== undefined) return found;
      const digest = this.digestOfRead(await file.read());
      if (signal?.aborted) throw cancelled(endpoint);
      this.digestOf.set(file, digest);
      if (file.identity !== undefined) {
        const startedAt = this.clock.now();
        remember(this.digests, file.identity, { digest, startedAt }, startedAt);
      }
      return digest;
    } finally {
      release();
    }
  }

  private digestOfRead(data: Uint8Array): string {
    const digest = this.digestOfBytes.get(data) ?? contentDigest(data);
    this.digestOfBytes.set(data, digest);
    return digest;
  }

  /** @param changed hears that the file is another one than the one that was looked for */
  private multipartOf(
    file: MediaFile | FileToRead,
    kind: MediaKind,
    digest: string,
    changed: () => void,
  ): MultipartSource {
    return async (signal) => {
      const done = await this.reserve(file, kind, signal);
      try {
        if (isMediaFile(file)) return { multipart: mediaMultipart(file, digest), done };
        const data = await file.read();
        const now = this.digestOfRead(data);
        if (now !== digest) changed();
        return { multipart: mediaMultipart({ filename: file.filename, data }, now), done };
      } catch (error) {
        done();
        throw error;
      }
    };
  }

  private reserve(file: MediaFile | FileToRead, kind: MediaKind, signal: AbortSignal | undefined): Promise<() => void> {
    return this.budget.reserve(
      isMediaFile(file) ? file.data.byteLength : (file.size ?? mediaKinds[kind].maxBytes),
      signal,
    );
  }
}

/** They stand in the order in which they were begun, the oldest first. */
function remember<Value extends { readonly startedAt: number }>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  now: number,
): void {
  map.delete(key);
  map.set(key, value);
  for (const [oldest, { startedAt }] of map) {
    if (map.size <= REMEMBERED_UPLOADS && now - startedAt < MEDIA_LIFETIME_MS) return;
    map.delete(oldest);
  }
}

/** Its signal is its own: others may wait for the same upload. */
function startUpload(
  { call, endpoint }: { readonly call: QueuedCall; readonly endpoint: Endpoint },
  { kind, multipart }: { readonly kind: MediaKind; readonly multipart: MultipartSource },
  { timeoutMs, sending }: UploadOptions,
  startedAt: number,
): Upload {
  const stop = new AbortController();
  const upload = async () => {
    const reply = await call(endpoint, {
      query: { type: kind },
      multipart,
      timeoutMs: Math.max(UPLOAD_TIMEOUT_MS, timeoutMs),
      signal: stop.signal,
      ...(sending && { sending }),
    });
    if (typeof reply['media_id'] !== 'string' || reply['media_id'] === '')
      throw new WecomNetworkError('not-sent', withoutField('media_id'), endpoint.path);
    return reply['media_id'];
  };
  return { mediaId: upload(), startedAt, stop, waiting: 0 };
}

async function waitFor(upload: Upload, signal: AbortSignal | undefined, endpoint: Endpoint): Promise<string> {
  upload.waiting += 1;
  const stopWaiting =
    signal &&
    onCancel(signal, () => {
      upload.waiting -= 1;
      if (upload.waiting === 0) upload.stop.abort(signal.reason);
    });
  try {
    return await unlessCancelled(upload.mediaId, signal, endpoint);
  } finally {
    stopWaiting?.();
  }
}

function uploadKey(ownerKey: string, kind: MediaKind, filename: string, digest: string): string {
  // Members see the name of a file, so the same bytes under another name are another upload.
  return createHash('sha256')
    .update(JSON.stringify([ownerKey, kind, kind === 'file' ? filename : '', digest]))
    .digest('hex');
}
