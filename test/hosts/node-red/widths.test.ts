import type { Dialog, Editor } from './editor';
import { APP, ROBOT, SEND, sendingFlow } from './flow';
import { VERSIONS } from './host';
import { LANGUAGES, withHosts } from './with-hosts';

const WIDTHS = [800, 1024, 1280, 1920];
/** One of each kind of row: a text, a file, a list of files, lists in lists. */
const TYPES = ['text', 'file', 'mpnews', 'multiple_interaction'];
/** Of a tray when it opens: what core's own dialogs need. */
const NARROW = 540;

describe.each(VERSIONS)('$name', (version) => {
  const hosts = withHosts(version);
  beforeAll(() => hosts.nodeRed.deploy(sendingFlow(hosts.sandbox)));

  describe.each(LANGUAGES)('$locale', ({ locale }) => {
    test.each(['light', 'dark'] as const)('%s: nothing is out of reach, from 800 pixels on', async (colorScheme) => {
      await hosts.edit({ locale, colorScheme }, async (editor) => {
        for (const width of WIDTHS) {
          await editor.page.setViewportSize({ width, height: 900 });
          for (const config of [APP, ROBOT]) await reaches(await editor.openConfig(config), width);
          const dialog = await openWherever(editor);
          for (const type of TYPES) {
            await dialog.chooseType(type);
            await dialog.unfold();
            expect({ width, type, hidden: await outOfReach(dialog) }).toEqual({ width, type, hidden: [] });
          }
          await dialog.cancel();
        }
      });
    });
  });

  test('a dialog opens as narrow as those of core, and its edge can be dragged both ways', async () => {
    await hosts.edit({ viewport: { width: 1280, height: 900 } }, async (editor) => {
      const dialog = await editor.open(SEND);
      const before = await widthOf(dialog);
      await drag(dialog, -200);
      expect(await widthOf(dialog)).toBeGreaterThan(before + 150);
      await drag(dialog, 600);
      expect(await widthOf(dialog)).toBeLessThanOrEqual(NARROW);
      expect(await outOfReach(dialog)).toEqual([]);
      await dialog.cancel();
    });
  });
});

/** By a double click where the node is in sight; a narrow window hides it behind the sidebar. */
async function openWherever(editor: Editor): Promise<Dialog> {
  await editor.page.evaluate((id) => window.RED.editor.edit(window.RED.nodes.node(id)), SEND);
  return editor.opened('#node-dialog-ok');
}

async function reaches(dialog: Dialog, width: number): Promise<void> {
  await dialog.unfold();
  expect({ width, hidden: await outOfReach(dialog) }).toEqual({ width, hidden: [] });
  await dialog.cancel();
}

function widthOf(dialog: Dialog): Promise<number> {
  return dialog.tray.evaluate((tray) => tray.clientWidth);
}

async function drag(dialog: Dialog, by: number): Promise<void> {
  const handle = dialog.tray.locator('.red-ui-tray-resize-handle');
  const box = await handle.boundingBox();
  if (!box) throw new Error('the tray has no edge to drag');
  const [x, y] = [box.x + box.width / 2, box.y + 200];
  const { mouse } = dialog.page;
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + by / 2, y, { steps: 4 });
  await mouse.move(x + by, y, { steps: 4 });
  await mouse.up();
}

/** What a mouse could not get at once the dialog stands still. */
async function outOfReach(dialog: Dialog): Promise<string[]> {
  let hidden = await hiddenNow(dialog);
  for (let tries = 0; tries < 5 && hidden.length > 0; tries += 1) {
    await dialog.page.waitForTimeout(500);
    hidden = await hiddenNow(dialog);
  }
  return hidden;
}

/** What a mouse cannot get at after scrolling down to it: cut off, or below something else. */
function hiddenNow(dialog: Dialog): Promise<string[]> {
  return dialog.form.evaluate((form) => {
    const end = form.closest('.red-ui-tray-body-wrapper')?.getBoundingClientRect().right ?? 0;
    const controls = [...form.querySelectorAll<HTMLElement>('button, a, select, textarea, input:not([type=hidden])')];
    const name = (element: HTMLElement) =>
      `${element.closest('[data-field]')?.getAttribute('data-field') ?? ''} ${element.id || element.className || element.tagName}`;
    return controls
      .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((control) => {
        control.scrollIntoView({ block: 'center' });
        const { left, right, top, width, height } = control.getBoundingClientRect();
        if (width === 0 || height === 0) return false;
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return right > end + 1 || !(hit && (control.contains(hit) || hit.contains(control)));
      })
      .map(name);
  });
}
