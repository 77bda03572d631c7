import * as whole from '../../core';
import { createWecomOf } from '../../core/clients/client';
import { messageType } from '../../core/messages/message-type';
import type { MessageType } from '../../core/messages/message-type';
import { operation } from '../../core/operations/operation';
import { describeFields, optional, text, toggle, url } from '../../core/schema/fields';
import { allQuestions } from './ask-all';
import { compare } from './compare';
import type { Difference } from './compare';
import { rowsFor } from './differences';
import { formsOf } from './forms';
import type { Core } from './forms';
import { Judge } from './judge';
import { sentences } from './sentences';

const wording = { en: 'Words', zh: '文字' };
const words = (maxBytes: number) => text({ label: wording, maxBytes });
const card = (content: Parameters<typeof messageType>[0]['app'] & object) =>
  messageType({ msgtype: 'textcard', label: wording, summary: wording, shownInWechat: true, app: content });
const link = url({ label: wording, maxBytes: 2048 });

/** A core that knows these types in place of its own. */
function coreOf(types: readonly MessageType[]): Core {
  return {
    ...whole,
    operations: [],
    typesAt: (destination) => whole.typesAt(destination, types),
    createWecom: (options) => createWecomOf(types, options),
  };
}

/** What the verdict tests say of such a core. */
async function said(core: Core, key: string): Promise<string[]> {
  const judge = new Judge();
  const form = formsOf(core, judge).find((one) => one.key === key)!;
  const differences: Difference[] = [];
  for (const question of allQuestions(form, judge)) differences.push(...(await compare(core, judge, form, question)));
  return sentences(
    form,
    differences.filter((difference) => rowsFor(difference).length === 0),
  );
}

it('a field that the sandbox does not know is named with both files', async () => {
  const types = [
    card({ content: { title: words(128), description: words(512), url: link, subtitle: optional(words(64)) } }),
  ];
  expect(await said(coreOf(types), 'app textcard')).toContainEqual(
    'core sends textcard.subtitle (core/messages/types/textcard.ts), and the sandbox does not know it: let sandbox/msgtypes/textcard.ts read and judge it, as docs/wecom-api.md says',
  );
});

it('so is an option', async () => {
  const [type] = [card({ content: { title: words(128), description: words(512), url: link } })];
  const silent = optional(toggle({ label: wording }));
  const { app } = type.forms;
  const options = app!.options.extend({ silent });
  const form = { ...app!, options, panel: { ...app!.panel, options: describeFields(options) } };
  expect(await said(coreOf([{ ...type, forms: { app: form } }]), 'app textcard')).toContainEqual(
    'core sends silent (core/messages/message-type.ts), and the sandbox does not know it: let sandbox/endpoints/message-send.ts read and judge it, as docs/wecom-api.md says',
  );
});

it.each([
  ['too high', 200],
  ['too low', 100],
])('so is a limit that is %s', async (_, limit) => {
  const types = [card({ content: { title: words(limit), description: words(512), url: link } })];
  expect(await said(coreOf(types), 'app textcard')).toContainEqual(
    expect.stringMatching(
      /^app textcard, title, (at|over) the limit: core .* docs\/wecom-api\.md says who is right: core\/messages\/types\/textcard\.ts or sandbox\/msgtypes\/textcard\.ts; /,
    ),
  );
});

it('of a type that the sandbox does not know it is said which file it lacks', async () => {
  const survey = messageType({
    msgtype: 'survey',
    label: wording,
    summary: wording,
    shownInWechat: false,
    app: { content: { title: words(128) } },
  });
  expect(await said(coreOf([survey]), 'app survey')).toContainEqual(
    'the sandbox knows no app survey: add sandbox/msgtypes/survey.ts and name it in index.ts beside it',
  );
});

it('an operation lacks its endpoint in core, or in the sandbox', async () => {
  const named = (name: string): Core => ({
    ...whole,
    operations: [
      operation({
        name,
        about: 'chat',
        label: wording,
        summary: wording,
        fields: { chatid: words(32) },
        run: () => Promise.resolve({}),
      }),
    ],
  });
  expect(() => formsOf(named('pinChat'), new Judge())).toThrow(
    'no endpoint is named pinChat, as the operation is: add it to core/api/endpoints.ts',
  );
  expect(() => new Judge().ask({ path: 'appchat/pin' })).toThrow(
    'The sandbox has no appchat/pin: add sandbox/endpoints/appchat-pin.ts and name it in index.ts beside it',
  );
});
