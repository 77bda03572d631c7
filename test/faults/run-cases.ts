/** Runs cases side by side, and turns each into a test with a verdict of its own. */
import { FLAWLESS, judge } from './judge';
import type { Received, Sent, Told } from './judge';
import { expected } from './matrix';
import type { Case } from './matrix';

export interface Outcome {
  readonly sent: readonly Sent[];
  readonly told: readonly Told[];
  readonly received: readonly Received[];
}

/**
 * Most of a case is waiting, so many run at once; the tests only look at what came of them.
 *
 * @param atOnce how many run side by side
 */
export function describeCases(
  title: string,
  cases: readonly Case[],
  run: (one: Case) => Promise<Outcome>,
  { atOnce, timeoutMs }: { readonly atOnce: number; readonly timeoutMs: number },
): void {
  describe(title, () => {
    const outcomes = new Map<Case, Outcome | Error>();
    beforeAll(async () => {
      const waiting = [...cases];
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let next = waiting.shift(); next; next = waiting.shift()) {
            const one = next;
            outcomes.set(
              one,
              await run(one).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
            );
          }
        }),
      );
    }, timeoutMs);

    it.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
      const outcome = outcomes.get(one);
      if (!outcome || outcome instanceof Error) throw outcome ?? new Error('the case did not run');
      check(one, outcome);
    });
  });
}

function check(one: Case, { sent, told, received }: Outcome): void {
  expect({ ...judge(sent, told, received) }).toEqual(FLAWLESS);
  const { failed, claim } = expected(one);
  const failures = told.filter((report) => report.outcome === 'failed');
  const bounds = { none: [0, 0], one: [1, 1], some: [1, sent.length], all: [sent.length, sent.length] }[failed] as [
    number,
    number,
  ];
  const summary = failures.map((failure) => `${failure.id} (${failure.claim}): ${failure.error}`);
  if (failures.length < bounds[0] || failures.length > bounds[1])
    throw new Error(`${failed} should fail, but ${failures.length} of ${sent.length} did: ${summary.join('; ')}`);
  for (const failure of failures) {
    if (failure.claim !== claim) throw new Error(`"${claim}" is what can be said, but: ${summary.join('; ')}`);
    const arrived = one.batch === 'a text in three parts' ? one.after : 0;
    if (failure.arrived !== arrived)
      throw new Error(`${arrived} parts arrived before, but ${failure.arrived} were reported`);
  }
}
