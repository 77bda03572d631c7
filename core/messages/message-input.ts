import type { RecipientInput } from './recipients';

/** Ids as people write lists: one, several in a text (divided by comma, space, | or line break), or an array. */
export type IdsInput = RecipientInput;

/** A number, or its digits as a text. */
export type NumberInput = number | `${number}`;

/** Yes or no; the API writes 1 and 0. */
export type SwitchInput = boolean | 0 | 1;

/**
 * Members, departments and tags, at least one of the three; each that is there must name somebody. User IDs have at
 * most 64 letters, digits, `-`, `_`, `.` or `@`. More than 1000 members, 100 departments or 100 tags go out in several
 * requests. `@all` is refused (doc 90236).
 */
export type NamedRecipients = Named<'touser'> | Named<'toparty'> | Named<'totag'>;

type Named<Field extends 'touser' | 'toparty' | 'totag'> = {
  readonly [Needed in Field]: RecipientInput;
} & {
  readonly [Other in Exclude<'touser' | 'toparty' | 'totag', Field>]?: RecipientInput;
} & { readonly everyone?: false };

/** Everyone in the visible range of the app, which is said in place of recipients. */
export interface Everyone {
  readonly everyone: true;
}

/** Who gets a message of an app. */
export type Recipient = NamedRecipients | Everyone;

/** A picture of a group robot as the API writes it (doc 99110): at most 2 MB before base64. */
export interface InlineFile {
  readonly base64: string;
  /** Of the bytes before base64, in hexadecimal; it is worked out when absent. */
  readonly md5?: string;
}
