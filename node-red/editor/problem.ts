import type { Translate } from './translate';

/** Names of fields, and places in lists, from a panel down to a field. */
export type Path = readonly (string | number)[];

/** What is wrong with one field of a panel, or with several that depend on each other. */
export interface Problem {
  /** The fields that are shown red for it. */
  readonly paths: readonly Path[];
  /** Labels of the groups and list entries around them, from the outside. */
  readonly within: readonly string[];
  /** One sentence that names the field. */
  readonly text: string;
  /** Something has to be filled in: red is enough to say so where it is empty. */
  readonly missing: boolean;
}

/** The sentence where the field cannot be seen: "Submit button: Text is missing". */
export function sentenceOf({ within, text }: Problem, t: Translate): string {
  return within.reduceRight((problem, group) => t('problem.within', { group, problem }), text);
}

/** Problems as those of what stands around them, which adds `label` and `path` in front. */
export function moved(problems: readonly Problem[], path: Path, label?: string): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    paths: problem.paths.map((inner) => [...path, ...inner]),
    within: label === undefined ? problem.within : [label, ...problem.within],
  }));
}

/** The problems of the field or entry `key`, seen from there. */
export function inside(problems: readonly Problem[], key: string | number): Problem[] {
  return problems.flatMap((problem) => {
    const paths = problem.paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
    return paths.length === 0 ? [] : [{ ...problem, paths }];
  });
}

/** Those of a field itself, not of what stands inside it. */
export function own(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ paths }) => paths.some((path) => path.length === 0));
}
