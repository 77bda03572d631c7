/**
 * How a text becomes the bytes of a file; the first one unless another was chosen. A BOM tells Excel that a CSV file is
 * UTF-8.
 */
export const TEXT_ENCODINGS = ['utf8', 'utf8-bom', 'utf16le', 'latin1'] as const;

export type TextEncoding = (typeof TEXT_ENCODINGS)[number];
