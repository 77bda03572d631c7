import type { Field } from '../../core/fields';

/** A field as the editor needs it: what core says of it, with its words left to the locale files. */
export interface PanelField extends Omit<Field, 'label' | 'help' | 'unit' | 'entryLabel' | 'choices' | 'fields'> {
  /** Whether the catalogue has a help text, and a unit, for it. */
  readonly help: boolean;
  readonly unit: boolean;
  readonly choices?: readonly (string | number)[];
  readonly fields?: readonly PanelField[];
}

export interface PanelType {
  readonly msgtype: string;
  readonly shownInWechat: boolean;
  readonly content: readonly PanelField[];
  readonly options: readonly PanelField[];
}
