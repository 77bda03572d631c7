import type { Clock } from '../api/ports';
import type { Language } from '../outcome/wording';
import type { MediaUploads, Uploader } from './media-uploads';

/** What the messages of one app or robot go out through. */
export interface Sender extends Uploader {
  readonly clock: Clock;
  readonly uploads: MediaUploads;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Of the warnings in the result. */
  readonly language: Language | (() => Language);
  /** How many processes share the rates. */
  readonly processes: number;
}
