/** A sentence or label as people see it, in both languages of the project. */
export interface Wording {
  readonly en: string;
  readonly zh: string;
}

/** The languages every wording exists in. */
export type Language = keyof Wording;
