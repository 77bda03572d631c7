import type { App, Company } from '../company';
import type { Contacts } from '../contacts';
import type { JsonObject, LenientBody } from '../lenient-json';
import type { Media, MediaKind } from '../media-store';
import type { SandboxMessage, Shown } from '../messages';
import type { ResponseCodes } from '../response-codes';
import type { TaskIds } from '../task-ids';

/** What a message type needs to judge its content, wherever the message goes. */
export interface ContentContext {
  body: LenientBody;
  contacts: Contacts;
  /** The media behind a media_id, when it is alive, of that kind and the sender's own; otherwise refuses with 40007. */
  media: (mediaId: string | undefined, kind?: MediaKind) => Media;
  /** Replaces `$userName=ID$` and the like, when the message asks for it (`enable_id_trans`). */
  translate: (text: string) => string;
  /** `safe` as sent, 0 when absent. */
  safe: number;
}

/** What types of message/send may ask besides: who sends, and what was sent before. */
export interface AppContext extends ContentContext {
  app: App;
  company: Company;
  taskIds: TaskIds;
  responseCodes: ResponseCodes;
}

/** What types of webhook/send may ask besides. */
export interface RobotContext extends ContentContext {
  /** Keeps a picture that came inside the message. */
  keep: (filename: string, bytes: Buffer) => Media;
}

export interface MessageType<Context extends ContentContext = ContentContext> {
  /** The values of `safe` besides 0 this type lists (doc 90236). On other types `safe` has no effect. */
  safe: readonly number[];
  /** Whether agentid may be left out, as in the documentation's sample of this type. */
  agentidOptional?: boolean;
  /** Whether `@all` is refused. */
  namedMembersOnly?: boolean;
  /**
   * Judges the object named like the msgtype and returns what members see.
   * @throws Refusal for the first thing that is wrong
   */
  read(content: JsonObject, context: Context): Shown;
  /** Told when the message was accepted; returns what the reply has besides the usual. */
  accepted?(message: SandboxMessage, context: Context): Record<string, unknown>;
}
