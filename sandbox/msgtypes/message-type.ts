import type { JsonObject, LenientBody } from '../lenient-json';
import type { Media, MediaKind } from '../media-store';

/** What a message type needs to judge its content. */
export interface ContentContext {
  body: LenientBody;
  /** The media behind a media_id, when it is alive and of that kind; otherwise refuses with 40007. */
  media: (mediaId: string | undefined, kind: MediaKind) => Media;
  /** Replaces `$userName=ID$` and the like, when the message asks for it (`enable_id_trans`). */
  translate: (text: string) => string;
  /** `safe` as sent, 0 when absent. */
  safe: number;
}

/** What members see of a message's content: cut, completed and translated. */
export type Shown = Record<string, unknown>;

export interface MessageType {
  /** The values of `safe` besides 0 this type lists (doc 90236). On other types `safe` has no effect. */
  safe: readonly number[];
  /**
   * Judges the object named like the msgtype and returns what members see.
   * @throws Refusal for the first thing that is wrong
   */
  read(content: JsonObject, context: ContentContext): Shown;
}
