import type { EditorNode } from './node-red-editor';

/** A text of the node's catalogue in the editor's language. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** @param root the node type, which is the top of its catalogue */
export function translator(node: EditorNode, root: string): Translate {
  return (key, values) => node._(`${root}.${key}`, values);
}

/** A number with the separators of thousands that the table of limits in the help has. */
export function digits(number: number): string {
  return number.toLocaleString('en-US');
}
