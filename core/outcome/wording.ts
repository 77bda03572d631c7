/** A sentence or label as people see it, in both languages of the project. */
export interface Wording {
  /** English. */
  readonly en: string;
  /** 简体中文。 */
  readonly zh: string;
}

/** The languages every wording exists in. */
export type Language = keyof Wording;
