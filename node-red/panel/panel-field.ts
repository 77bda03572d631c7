import type { Field, ObjectRules } from '../../core/schema/field';

/** A field as the editor needs it: what core says of it, with its words left to the locale files. */
export interface PanelField extends Omit<
  Field,
  'label' | 'help' | 'placeholder' | 'unit' | 'entryLabel' | 'choices' | 'fields' | 'pattern' | 'shownWhen'
> {
  /** Whether the catalogue has a help text, an example for it while it is empty, and a unit. */
  readonly help: boolean;
  readonly placeholder: boolean;
  readonly unit: boolean;
  /** A line that takes several IDs. */
  readonly several?: true;
  readonly choices?: readonly (string | number)[];
  /** The source of a regular expression; the catalogue has what to say of a text that does not match. */
  readonly pattern?: string;
  readonly fields?: readonly PanelField[];
}

/** A message type as one destination takes it. */
export interface PanelType {
  /** What flows call it: the `msgtype`, for cards the type of card. */
  readonly name: string;
  /** Where its words stand in the catalogue: `types.text.app`. Destinations with the same words share them. */
  readonly words: string;
  /** Under which heading lists of types have it. */
  readonly group: 'text' | 'media' | 'article' | 'card';
  /** Whether it can also be given as the JSON of the API. */
  readonly json: boolean;
  readonly shownInWechat: boolean;
  /** Whether it can be sent to everyone. */
  readonly everyone: boolean;
  readonly content: readonly PanelField[];
  /** Between the fields of the content. */
  readonly rules?: ObjectRules;
  readonly options: readonly PanelField[];
}

export interface PanelOperation {
  readonly name: string;
  readonly fields: readonly PanelField[];
  readonly rules?: ObjectRules;
}

/** Everything the dialog of `wecom-send` draws. */
export interface Panels {
  readonly recipients: readonly PanelField[];
  readonly chat: readonly PanelField[];
  readonly destinations: {
    readonly app: readonly PanelType[];
    readonly chat: readonly PanelType[];
    readonly robot: readonly PanelType[];
    readonly update: readonly PanelType[];
  };
  readonly updateCard: PanelOperation;
  readonly operations: readonly PanelOperation[];
}
