/** Node-RED's editor as a person uses it: by what stands there, with mouse and keyboard. */
import type { Browser, Locator, Page } from 'playwright-core';

import type { Visit } from '../browser';
import { visit } from '../browser';

/** Opens the editor, gives it to `work` and closes it. */
export function inEditor<T>(
  browser: Browser,
  url: string,
  options: Visit,
  work: (editor: Editor) => Promise<T>,
): Promise<T> {
  return visit(browser, options, async (page) => {
    await page.goto(url);
    const editor = new Editor(page);
    await editor.ready();
    // Node-RED keeps its theme to itself; what the browser prefers counts only if somebody chose "auto".
    if (options.colorScheme === 'dark') await page.evaluate(darken);
    return work(editor);
  });
}

function darken(): void {
  document.documentElement.classList.add('nr-theme-dark');
}

/** The part of the editor's API that says what no person could read off the page. */
interface EditorApi {
  nodes: {
    node(id: string): Record<string, unknown> | null;
    dirty(): boolean;
    filterNodes(filter: object): { id: string }[];
  };
  editor: { edit(node: unknown): void; editConfig(name: string, type: string, id: string): void };
  view: { reveal(id: string): void; select(selection: object): void };
  actions: { invoke(action: string): void };
}
declare global {
  interface Window {
    RED: EditorApi;
    $: (element: unknown) => { typedInput(part: string, value?: string): unknown };
  }
}

export class Editor {
  constructor(readonly page: Page) {}

  async ready(): Promise<void> {
    const { page } = this;
    await page.waitForFunction(() => typeof window.RED?.nodes?.filterNodes === 'function');
    await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
    await page.locator('#red-ui-header-button-deploy').waitFor();
    await page.locator('.red-ui-palette-node').first().waitFor();
  }

  /** A node on the canvas. */
  node(id: string): Locator {
    return this.page.locator(`[id="${id}"].red-ui-flow-node-group`);
  }

  /** Opens the dialog of a node by a double click on it. */
  async open(id: string): Promise<Dialog> {
    const dialog = this.page.locator('#node-dialog-ok');
    // On a busy machine the second click may come too late to be half of a double one.
    for (let tries = 0; tries < 5 && !(await dialog.isVisible()); tries += 1) {
      await this.node(id).locator('rect.red-ui-flow-node').dblclick();
      await dialog.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    return this.opened('#node-dialog-ok');
  }

  /** Opens the dialog of a config node, which has no place on the canvas. */
  async openConfig(id: string): Promise<Dialog> {
    await this.page.evaluate((config) => {
      const node = window.RED.nodes.node(config);
      window.RED.editor.editConfig('', String(node?.['type']), config);
    }, id);
    return this.opened('#node-config-dialog-ok');
  }

  /** The dialog that has just been opened by some click. */
  async opened(ok: '#node-dialog-ok' | '#node-config-dialog-ok'): Promise<Dialog> {
    await this.page.locator(ok).waitFor();
    const dialog = new Dialog(this.page, ok);
    await dialog.stands();
    return dialog;
  }

  async deploy(): Promise<void> {
    const { page } = this;
    await page.locator('#red-ui-header-button-deploy').click();
    await page.waitForFunction(() => !window.RED.nodes.dirty());
  }

  /** Presses the button of an inject node. */
  async inject(id: string): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node-button-button').click();
  }

  /** What stands below a node on the canvas. */
  async status(id: string): Promise<string> {
    return (await this.node(id).locator('.red-ui-flow-node-status-label').textContent()) ?? '';
  }

  /** The text below a node, once it is as expected. */
  async untilStatus(id: string, expected: RegExp): Promise<string> {
    await this.node(id)
      .locator('.red-ui-flow-node-status-label')
      .filter({ hasText: expected })
      .waitFor({ state: 'attached' });
    return this.status(id);
  }

  async openDebug(): Promise<void> {
    await this.page.evaluate(() => window.RED.actions.invoke('core:show-debug-tab'));
    await this.page.locator('.red-ui-debug-content').waitFor();
  }

  /** The newest message of the debug sidebar as it stands there, nothing expanded. */
  async newestDebug(): Promise<string> {
    const message = this.page.locator('.red-ui-debug-msg').last();
    await message.waitFor();
    return message.locator('.red-ui-debug-msg-payload').innerText();
  }

  /** A property that the editor keeps of a node. */
  property(id: string, name: string): Promise<unknown> {
    return this.page.evaluate(
      ([node, key]) =>
        JSON.parse(JSON.stringify(window.RED.nodes.node(String(node))?.[String(key)] ?? null)) as unknown,
      [id, name],
    );
  }
}

/** The open dialog, of a node or a config node. */
export class Dialog {
  constructor(
    readonly page: Page,
    private readonly okButton: string,
  ) {}

  get tray(): Locator {
    return this.page.locator('.red-ui-tray').last();
  }

  /** What of the dialog is ours. */
  get form(): Locator {
    return this.tray.locator('.wecom-form');
  }

  /** Waits until the tray has slid in. */
  async stands(): Promise<void> {
    await this.tray.evaluate(
      (tray) =>
        new Promise<void>((resolve) => {
          let before = -1;
          const look = () => {
            const { left } = tray.getBoundingClientRect();
            if (left === before) resolve();
            else {
              before = left;
              setTimeout(look, 120);
            }
          };
          look();
        }),
    );
  }

  async ok(): Promise<void> {
    await this.close(this.okButton);
  }

  async cancel(): Promise<void> {
    await this.close(this.okButton.replace(/ok$/, 'cancel'));
  }

  private async close(button: string): Promise<void> {
    await this.page.locator(button).click();
    await this.page.locator(button).waitFor({ state: 'detached' });
  }

  async chooseOperation(operation: string): Promise<void> {
    await this.page.locator('#node-input-operation').selectOption(operation);
  }

  async chooseTo(to: string): Promise<void> {
    await this.page.locator('#node-input-to').selectOption(to);
  }

  async chooseType(type: string): Promise<void> {
    await this.page.locator('#node-input-msgtype').selectOption(type);
  }

  /** Types that can be chosen now, by their API names. */
  types(): Promise<string[]> {
    return this.page
      .locator('#node-input-msgtype option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  }

  /** The row of a field; `path` is its API path, such as `news.articles[0].title`. */
  row(path: string): Locator {
    return this.page.locator(`[data-field="${path}"]`);
  }

  /** Opens every part that is folded away, and whatever that brings into sight. */
  async unfold(): Promise<void> {
    await this.form.evaluate((form) => {
      const folded = () =>
        [...form.querySelectorAll<HTMLElement>('button[aria-expanded="false"], details:not([open]) > summary')].find(
          (button) => button.checkVisibility(),
        );
      for (let button = folded(), left = 100; button && left > 0; button = folded(), left -= 1) button.click();
    });
  }

  /** Types into a field that takes its value from the dialog, after choosing "text" where another source was chosen. */
  async fill(path: string, value: string): Promise<void> {
    const row = this.row(path);
    const input = row.locator('> .wecom-control > input.red-ui-typedInput').first();
    const own = await input.evaluate((element) => {
      const { $ } = window;
      const type = String($(element).typedInput('type'));
      return ['str', 'num', 'bool'].includes(type) ? '' : 'str';
    });
    if (own) await this.chooseSource(path, own);
    const area = row.locator('> .wecom-control textarea').first();
    const line = row.locator('> .wecom-control .red-ui-typedInput-container input:visible').first();
    await ((await area.isVisible()) ? area : line).fill(value);
  }

  /** Opens what a field is folded away in, and adds the entries of lists until it is there. */
  async bringIntoSight(path: string): Promise<void> {
    const parts = [...path.matchAll(/\.|\[(\d+)\]\.?/g)].map(({ index, 1: entry }) => ({
      parent: this.row(path.slice(0, index)),
      entry: entry === undefined ? undefined : Number(entry),
      end: index,
    }));
    for (const { parent, entry } of parts) {
      if ((await parent.count()) === 0) continue;
      const fold = parent.locator('> label button[aria-expanded="false"]');
      if (await fold.count()) await fold.click();
      if (entry === undefined) continue;
      const entries = parent.locator('> .wecom-control > .wecom-list > .red-ui-editableList > div > ol > li');
      while ((await entries.count()) <= entry)
        await parent
          .locator('> .wecom-control > .wecom-list > .red-ui-editableList > .red-ui-editableList-addButton')
          .click();
    }
  }

  /** A file on the server, by its path. */
  async chooseFile(path: string, file: string): Promise<void> {
    const row = this.row(path);
    await row.locator('select').first().selectOption('path');
    await this.chooseSource(path, 'str');
    await row.locator('.red-ui-typedInput-container input:visible').first().fill(file);
  }

  /** The one robot there is. */
  async chooseRobot(): Promise<void> {
    const select = this.page.locator('#node-input-robot');
    const value = await select.locator('option').evaluateAll((all) => (all as HTMLOptionElement[])[0]?.value ?? '');
    await select.selectOption(value);
  }

  /** Chooses where a value comes from, in the menu of a typed input. */
  async chooseSource(path: string, type: string): Promise<void> {
    const control = this.row(path).locator('> .wecom-control');
    await control.locator('.red-ui-typedInput-type-select').first().click();
    await this.page.locator(`.red-ui-typedInput-options:visible a[value="${type}"]`).click();
  }

  /** Presses "Test" and gives what stands there when the answer has come. */
  async test(): Promise<{ readonly good: boolean; readonly text: string }> {
    const result = this.form.getByRole('status');
    await this.form.locator('.wecom-test button').first().click();
    await this.form.locator('.wecom-good[role="status"], .wecom-bad[role="status"]').waitFor();
    return {
      good: await result.evaluate((element) => element.classList.contains('wecom-good')),
      text: await result.innerText(),
    };
  }

  /** An input of a config dialog, by the name of the property it edits. */
  setting(name: string): Locator {
    return this.page.locator(`#node-config-input-${name}`);
  }

  /** Opens the list of those whom the app can reach, beside a field. */
  async choose(path: string): Promise<Picker> {
    await this.row(path).locator('.wecom-pick').click();
    const picker = new Picker(this.page);
    await picker.rows.first().waitFor();
    return picker;
  }

  /** Whether the input of a field is marked as wrong. */
  isMarked(path: string): Promise<boolean> {
    return this.row(path)
      .locator('.input-error')
      .count()
      .then((count) => count > 0);
  }
}

/** The list of members, departments or tags beside a field. */
class Picker {
  constructor(private readonly page: Page) {}

  get rows(): Locator {
    return this.page.locator('.wecom-picker-row');
  }

  async search(word: string): Promise<void> {
    await this.page.locator('.wecom-picker-search input').fill(word);
  }

  /** Ticks or unticks the row in which this stands. */
  async tick(text: string): Promise<void> {
    await this.rows.filter({ hasText: text }).first().locator('input[type="checkbox"]').click();
  }

  /** What stands in the rows that are ticked, in their order. */
  ticked(): Promise<string[]> {
    return this.rows.evaluateAll((rows) =>
      rows.filter((row) => row.querySelector('input:checked')).map((row) => row.textContent ?? ''),
    );
  }

  async done(): Promise<void> {
    await this.page.locator('.wecom-picker-foot .primary').click();
    await this.page.locator('.wecom-picker').waitFor({ state: 'detached' });
  }
}
