import type { Wording } from '../outcome/wording';
import type { MediaKind } from './media';

/** How a field is edited. Hosts map each to the control their users know. */
export type Control =
  'line' | 'area' | 'html' | 'markdown' | 'url' | 'number' | 'switch' | 'choice' | 'ids' | 'media' | 'list' | 'group';

/** Who or what has IDs. */
export type IdsOf = 'member' | 'department' | 'tag';

/** One value that a choice can have. */
export interface Choice {
  /** What reaches WeCom. */
  readonly value: string | number;
  /** What people see. */
  readonly label: Wording;
}

/** When a field counts: while the named field has one of these values. */
export interface Condition {
  readonly field: string;
  readonly is: readonly (string | number)[];
}

/** Rules between the fields of one object; names may be paths into groups (`main_title.title`). */
export interface ObjectRules {
  /** Of each set at least one must be filled in. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Of each set either all or none. */
  readonly together?: readonly (readonly string[])[];
  /** For a list: no two entries may have the same value here. */
  readonly unique?: string;
  /** For a list: WeCom ignores entries in which nothing is filled in, so they are left out. */
  readonly skipsEmpty?: boolean;
  /** WeCom ignores the field as soon as all of the others are filled in, so it is left out then. */
  readonly ignored?: readonly { readonly field: string; readonly beside: readonly string[] }[];
}

/** One field of a message, as a panel needs it. */
export interface Field {
  /** The API's own name; it is what reaches WeCom and a user's flow. */
  readonly name: string;
  /** How it is edited. */
  readonly control: Control;
  /** Whether a message without it is refused; with `when` only while that holds. */
  readonly required: boolean;
  /** What panels call it. */
  readonly label: Wording;
  /** One sentence below the label. */
  readonly help?: Wording;
  /** Not the API's but ours: says how a message is made, and never reaches WeCom. */
  readonly ours?: true;
  /** An example value, shown greyed. */
  readonly placeholder?: string;
  /** What WeCom assumes when the field is left empty. */
  readonly default?: string | number | boolean;
  /** The field that carries what the flow wants to say: it takes `msg.payload` when nothing else is chosen. */
  readonly principal?: boolean;
  /** Bytes of UTF-8, at most: a Chinese character is 3. Of a file its bytes. */
  readonly maxBytes?: number;
  /** Characters as people count them (字), at most. */
  readonly maxCharacters?: number;
  /** The same, at least. */
  readonly minCharacters?: number;
  /** What a text has to match, and what to say if it does not. */
  readonly pattern?: { readonly matches: RegExp; readonly wording: Wording };
  /** Whose IDs the field takes: panels offer a list of them, and know a name when they see one. */
  readonly idsOf?: IdsOf;
  /** What a reader takes it for: what was typed for one type of message then fits the same part of another. */
  readonly part?: 'title' | 'text' | 'page';
  /** `@all` stands for everyone beside the IDs. */
  readonly orEveryone?: true;
  /**
   * People read it, so it may be divided into several messages or shortened when it is too long, if whoever sends it
   * wants that.
   */
  readonly tooLong?: 'split' | 'shorten';
  /**
   * More than this many characters (字) arrive, but are shortened on the screen: worth a warning, no reason to refuse.
   */
  readonly advisedCharacters?: number;
  /** The smallest number, or the fewest entries. */
  readonly min?: number;
  /** The largest number, or the most entries. */
  readonly max?: number;
  /** Of a number, such as seconds. */
  readonly unit?: Wording;
  /** The values of a choice. */
  readonly choices?: readonly Choice[];
  /** WeCom takes any other value for the default. */
  readonly wrongIsDefault?: boolean;
  /** An address that needs no http:// or https://. */
  readonly schemeOptional?: boolean;
  /** The kind of file, for a field that takes one. */
  readonly media?: MediaKind;
  /** The bytes travel inside the message as base64 and md5, so a `media_id` will not do. */
  readonly inline?: boolean;
  /** The field counts only while the named field beside it has one of these values. */
  readonly when?: Condition;
  /** The same for one that may be given all the same: panels that show every field hide it otherwise. */
  readonly shownWhen?: Condition;
  /** Between the fields of a group, or of each entry of a list. */
  readonly rules?: ObjectRules;
  /** The fields of a group, or of each entry of a list. */
  readonly fields?: readonly Field[];
  /** What one entry of a list is called. */
  readonly entryLabel?: Wording;
}
