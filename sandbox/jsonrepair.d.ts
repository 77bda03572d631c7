/** The package declares its types for ES modules only, while its code serves both. */
declare module 'jsonrepair' {
  /** Makes JSON of text that is nearly JSON. @throws JSONRepairError when it cannot */
  export function jsonrepair(text: string): string;
}
