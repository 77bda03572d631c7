export type Syntax = 'text' | 'html' | 'markdown' | 'markdown_v2';
export interface SplitOptions { readonly maxBytes: number; readonly syntax: Syntax; readonly numbered?: boolean }
export function splitText(text: string, { maxBytes }: SplitOptions): string[] {
  const parts: string[] = [];
  for (let i = 0; i < text.length; i += Math.floor(maxBytes / 4)) parts.push(text.slice(i, i + Math.floor(maxBytes / 4)));
  return parts;
}
export function truncateText(text: string, { maxBytes }: { maxBytes: number; syntax: Syntax }): string {
  return `${text.slice(0, Math.floor(maxBytes / 4) - 1)}…`;
}
