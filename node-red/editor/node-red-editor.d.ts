/** The part of Node-RED's editor API that the dialogs use. */
import type { Panels } from '../panel/panel-field';

declare global {
  /** Compiled in by the build: what core says of recipients, message types and operations. */
  const PANELS: Panels;

  const RED: {
    readonly events: { on(event: 'type-search:open', listener: () => void): void };
    readonly nodes: {
      node(id: string): EditorNode | null;
      eachConfig(visit: (node: EditorNode) => boolean): void;
      getType(type: string): NodeDefinition;
    };
    readonly tray: { resize(): void };
    readonly editor: { editText(options: LargeEditor): void; editMarkdown(options: LargeEditor): void };
    readonly popover: {
      panel(content: JQuery): {
        show(options: { target: JQuery; align?: 'left' | 'right'; onclose?: () => void }): void;
        hide(dispose?: boolean): void;
      };
      tooltip(target: JQuery, text: string): unknown;
    };
    readonly utils: { validatePropertyExpression(text: string): boolean };
  };

  interface LargeEditor {
    value: string;
    mode?: string;
    title?: string;
    focus?: boolean;
    complete(value: string): void;
  }

  interface JQuery {
    typedInput(options: { default?: string; types: readonly (string | TypedInputType)[] }): this;
    typedInput(method: 'value' | 'type'): string;
    typedInput(method: 'value' | 'type', value: string): void;
    typedInput(method: 'validate'): boolean;
    editableList(options: {
      addButton: string;
      sortable: boolean;
      removable: boolean;
      height: 'auto';
      addItem(container: JQuery, index: number, data: Record<string, unknown>): void;
      removeItem(): void;
      sortItems(): void;
    }): this;
    editableList(method: 'addItem', data: Record<string, unknown>): void;
    editableList(method: 'items'): { toArray(): JQuery[] };
    searchBox(options: { delay: number; change(this: HTMLInputElement): void }): this;
  }
}

export interface TypedInputType {
  value: string;
  label: string;
  icon?: string;
  hasValue?: boolean;
  options?: readonly { value: string; label: string }[];
  validate?(value: string, options: unknown): boolean | string;
}

/** A kind of node. Its nodes take its translation when they are made. */
export interface NodeDefinition {
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** A node as the editor holds it. */
export interface EditorNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly credentials?: {
    readonly secret?: string;
    readonly has_secret?: boolean;
    readonly proxyUser?: string;
    readonly proxyPassword?: string;
  };
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
  [property: string]: unknown;
}
