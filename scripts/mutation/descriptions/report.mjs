/** What the changed descriptions came to, as people read it. */

/** Fewer than this many of a hundred noticed: the tests do not hold what core says. */
export const NEEDED = 95;

const COUNTED = ['noticed', 'survived'];

/** @param {{ mutant: import('./places.mjs').Mutant, outcome: import('./judging.mjs').Outcome }[]} results */
export function scoreOf(results) {
  const count = (status) => results.filter(({ outcome }) => outcome.status === status).length;
  const [noticed, survived] = COUNTED.map(count);
  return {
    noticed,
    counted: noticed + survived,
    broken: count('broken'),
    unchanged: count('unchanged'),
    percent: noticed + survived === 0 ? 100 : (100 * noticed) / (noticed + survived),
  };
}

/** A table by file, one by kind, and every survivor. */
export function* linesOf(results) {
  for (const by of ['file', 'kind']) {
    const names = [...new Set(results.map(({ mutant }) => mutant[by]))].sort();
    yield* ['', `${by.padEnd(55)}  score  noticed  survived  not loaded`];
    for (const name of [...names, 'all']) {
      const { noticed, counted, broken, percent } = scoreOf(
        results.filter(({ mutant }) => name === 'all' || mutant[by] === name),
      );
      if (counted + broken > 0)
        yield `${name.padEnd(55)} ${(counted > 0 ? percent.toFixed(1) : '-').padStart(6)} ${String(noticed).padStart(8)} ${String(counted - noticed).padStart(9)} ${String(broken).padStart(11)}`;
    }
  }
  const survivors = results.filter(({ outcome }) => outcome.status === 'survived');
  if (survivors.length > 0) yield* ['', 'Nobody noticed:'];
  for (const {
    mutant: { file, line, kind, before, after },
    outcome,
  } of survivors) {
    yield `${file}:${line}  (${kind})  ${before}  ->  ${after}`;
    // What throws is wrong as well, but the sandbox has not said so.
    if (outcome.error) yield `    ${outcome.error}`;
  }
}
