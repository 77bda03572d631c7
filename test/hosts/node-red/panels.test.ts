import { formsAt, PLACES, untouchedRows } from '../expected';
import type { Dialog } from './editor';
import { SEND, sendingFlow } from './flow';
import { VERSIONS } from './host';
import { LANGUAGES, withHosts } from './with-hosts';

const TO = { members: 'named', everyone: 'everyone', chat: 'chat', robot: 'robot' } as const;

describe.each(VERSIONS)('$name', (version) => {
  const hosts = withHosts(version);
  beforeAll(() => hosts.nodeRed.deploy(sendingFlow(hosts.sandbox)));

  describe.each(LANGUAGES)('$locale', ({ locale, language }) => {
    test.each(PLACES)('to $place, every type is offered, and each shows its own fields and no others', async (at) => {
      await hosts.edit({ locale }, async (editor) => {
        const dialog = await editor.open(SEND);
        await dialog.chooseTo(TO[at.place]);
        const forms = formsAt(at);
        expect(await dialog.types()).toEqual(expect.arrayContaining(forms.map(({ type }) => type.name)));
        for (const { type, content } of forms) {
          await dialog.chooseType(type.name);
          await dialog.unfold();
          const expected = untouchedRows(content, language, `${type.name}.`);
          expect(await rowsOf(dialog, `${type.name}.`)).toEqual(expected);
        }
        await dialog.cancel();
      });
    });

    test('no key of a catalogue stands where a sentence belongs', async () => {
      await hosts.edit({ locale }, async (editor) => {
        const dialog = await editor.open(SEND);
        for (const to of ['named', 'chat', 'robot']) {
          await dialog.chooseTo(to);
          for (const type of await dialog.types()) {
            await dialog.chooseType(type);
            expect((await dialog.form.innerText()).match(/wecom-(send|app|robot)\.[\w.-]+/g)).toBeNull();
          }
        }
      });
    });
  });
});

/** The rows of the content that are in sight: their path in the API and what their label says. */
async function rowsOf(dialog: Dialog, prefix: string): Promise<{ path: string; label: string }[]> {
  return dialog.form.locator(`[data-field^="${prefix}"]:visible`).evaluateAll((rows) =>
    rows.map((row) => ({
      path: (row as HTMLElement).dataset['field'] ?? '',
      // A unit and the star of a needed field stand beside the words.
      label: (row.querySelector('label')?.textContent ?? '').replace(/\s*(\(.*\))?\s*\*?\s*$/u, '').trim(),
    })),
  );
}
