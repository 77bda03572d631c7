import type { Clock } from '../api/ports';
import type { QueuedCall } from '../delivery/sending';
import type { Language } from '../outcome/wording';
import type { MediaUploads, UploadPlace } from './media-uploads';

/** What the messages of one app or robot go out through. */
export interface Sender {
  readonly call: QueuedCall;
  readonly clock: Clock;
  readonly uploads: MediaUploads;
  /** Where its files go. */
  readonly upload: UploadPlace;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Of the warnings in the result. */
  readonly language: Language;
  /** How many processes share the rates. */
  readonly processes: number;
}
