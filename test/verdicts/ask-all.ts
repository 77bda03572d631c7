import fc from 'fast-check';

import { fillSample, mediaKindOf, PAGES, samplesOf, withoutIgnored } from '../fixtures/official-samples';
import type { Sample } from '../fixtures/official-samples';
import { compare } from './compare';
import type { Difference, Question } from './compare';
import type { Core, Form } from './forms';
import { MSGID, RESPONSE_CODE } from './judge';
import type { Json, Judge } from './judge';
import { sentences } from './sentences';
import { questionsAbout, questionsOf, randomMessages } from './questions';

const RANDOM_MESSAGES = 15;

/** Every question about a form, those of the documentation's samples first. */
export function* allQuestions(form: Form, judge: Judge): Generator<Question> {
  for (const sample of samplesFor(form)) yield* questionsAbout(filled(sample, form, judge), form.root);
  yield* questionsOf(form, judge);
}

/** Random messages on which core and the sandbox differ; the seed is in the error. */
export async function askAtRandom(
  core: Core,
  judge: Judge,
  form: Form,
  seed: number,
  isAllowed: (difference: Difference) => boolean,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomMessages(form, judge), async (message) => {
      const differences = (await compare(core, judge, form, { at: '', probe: 'random', message })).filter(
        (difference) => !isAllowed(difference),
      );
      if (differences.length > 0) throw new Error(sentences(form, differences).join('\n'));
    }),
    { numRuns: RANDOM_MESSAGES, seed },
  );
}

const OF_OPERATIONS: Readonly<Record<string, string>> = { recall: '94867', createChat: '90245', updateChat: '98913' };

function samplesFor({ key, place }: Form): Sample[] {
  const [, name = ''] = key.split(' ');
  if (place === 'operation')
    return (
      name === 'updateCard'
        ? samplesOf(PAGES.update).filter(([file]) => file.endsWith('-button'))
        : samplesOf(OF_OPERATIONS[name] ?? 'none')
    ).map(([, sample]) => sample);
  return samplesOf(PAGES[place])
    .map(([, sample]) => sample)
    .filter(({ json }) => {
      const card = json['template_card'] as Json | undefined;
      return name === (card ? card['card_type'] : json['msgtype']);
    });
}

/**
 * With what exists here, without the app's own number and without what WeCom ignores: core leaves that out with a
 * warning.
 */
function filled(sample: Sample, form: Form, judge: Judge): Json {
  const kind = mediaKindOf(sample);
  const media = (form.place === 'robot' ? judge.robotMedia : judge.media)[kind];
  const { agentid: _, ...message } = fillSample(sample, media, judge.app('members').miniProgram!, {
    response_code: RESPONSE_CODE,
    [String(samplesOf('94867')[0]![1].json['msgid'])]: MSGID,
    ...(form.place === 'chat' || form.key === 'operation updateChat' ? { CHATID: 'CHAT1' } : {}),
    userid3: 'alice',
    wangqing: 'lisi',
    13800001111: '13800138001',
    userid4: form.key === 'operation updateChat' ? 'u'.repeat(64) : 'wangwu',
  });
  return withoutIgnored(message, sample);
}
