import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Mutant {
  file: string;
  kind: string;
  start: number;
  end: number;
  replacement: string;
  before: string;
  after: string;
  line: number;
  hidden: boolean;
}
interface Outcome {
  status: 'unchanged' | 'broken' | 'noticed' | 'survived';
  by?: { form: string; core: string; sandbox: string };
}

const PROJECT = path.resolve(__dirname, '../..');
const { mutantsIn } = jest.requireActual<{ mutantsIn(file: string, source: string): Mutant[] }>(
  '../../scripts/mutation/descriptions/places.mjs',
);
const { Verdicts } = jest.requireActual<{
  Verdicts: new (project: string) => { try(mutant: Mutant): Promise<Outcome> };
}>('../../scripts/mutation/descriptions/judging.mjs');
const { scoreOf } = jest.requireActual<{
  scoreOf(results: { mutant: Mutant; outcome: Outcome }[]): { counted: number; percent: number };
}>('../../scripts/mutation/descriptions/report.mjs');

const PARTS = 'core/messages/types/template-card/parts.ts';
const verdicts = new Verdicts(PROJECT);

function found(file: string, matches: (mutant: Mutant) => boolean): Mutant {
  const mutant = mutantsIn(file, readFileSync(path.join(PROJECT, file), 'utf8')).find(matches);
  if (!mutant) throw new Error(`Nothing of the kind in ${file}`);
  return mutant;
}

describe('a changed description', () => {
  it('that lets a card go without what it needs is noticed by the sandbox', async () => {
    const mutant = found(
      PARTS,
      ({ kind, after }) => kind === 'required' && after.startsWith('optional(list({ min: 1, max: 6'),
    );
    expect(await verdicts.try(mutant)).toMatchObject({ status: 'noticed', by: { core: 'sends', sandbox: 'refuses' } });
  });

  it.each([
    ['2049', 'sends', 'refuses'],
    ['2047', 'refuses', 'takes'],
  ])('with a limit of %s bytes is noticed', async (limit, core, sandbox) => {
    const mutant = found('core/messages/types/markdown.ts', ({ kind, after }) => kind === 'limits' && after === limit);
    expect(await verdicts.try(mutant)).toMatchObject({ status: 'noticed', by: { core, sandbox } });
  });

  it('with a name that WeCom does not know is noticed', async () => {
    const mutant = found(
      'core/messages/types/textcard.ts',
      ({ kind, after }) => kind === 'names' && after === 'btntxtx',
    );
    expect(await verdicts.try(mutant)).toMatchObject({ status: 'noticed' });
  });

  it('whose rule is gone is noticed, also where no list of fields shows it', async () => {
    const mutant = found('core/schema/chat-id.ts', ({ hidden }) => hidden);
    expect(await verdicts.try(mutant)).toMatchObject({ status: 'noticed', by: { core: 'sends', sandbox: 'refuses' } });
  });

  it('that says what it said before does not count', async () => {
    const mutant = found(PARTS, () => true);
    const source = readFileSync(path.join(PROJECT, PARTS), 'utf8');
    const same = { ...mutant, replacement: source.slice(mutant.start, mutant.end), hidden: false };
    const outcome = await verdicts.try(same);
    expect(outcome).toEqual({ status: 'unchanged' });
    expect(scoreOf([{ mutant: same, outcome }]).counted).toBe(0);
  });

  it('that keeps core from loading counts neither as noticed nor as survived', async () => {
    const mutant = { ...found(PARTS, () => true), replacement: 'nobodyKnowsThis' };
    const outcome = await verdicts.try(mutant);
    expect(outcome.status).toBe('broken');
    expect(scoreOf([{ mutant, outcome }]).counted).toBe(0);
  });
});
