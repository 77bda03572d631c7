import { typedText } from '../panel/stored-value';
import { askRuntime, typedLogin, typedPassword } from './ask-runtime';
import type { EditorNode } from './node-red-editor';
import { foldingSection, sectionTitle } from './section';
import { translator } from './translate';
import type { Translate } from './translate';

/** What a setting must be; empty ones mean the usual. */
export interface SettingRule {
  readonly holds: (value: string) => boolean;
  /** Key of the sentence in the catalogue. */
  readonly problem: string;
}

const ADDRESS = /^https?:\/\/\S+$/i;

const CONNECTION: Readonly<Record<string, SettingRule>> = {
  baseUrl: { holds: (value) => ADDRESS.test(value), problem: 'url' },
  proxy: { holds: (value) => ADDRESS.test(value), problem: 'proxy' },
  processes: { holds: (value) => /^[1-9]\d*$/.test(value), problem: 'processes' },
  proxyLogin: { holds: (value) => !hasLogin(value), problem: 'proxyLogin' },
  timeout: { holds: (value) => Number(value) > 0, problem: 'timeout' },
};

/** A password in an address stands in the flow file, and everybody who may read flows sees it. */
function hasLogin(value: string): boolean {
  return /^[a-z]+:\/\/[^/?#]*@/i.test(value);
}

/** The rules of a setting, the first that does not hold counts. */
const RULES_OF: Readonly<Record<string, readonly string[]>> = { proxy: ['proxyLogin', 'proxy'] };

interface ConfigDialog {
  /** The node type, which is also the first part of the ids in its HTML and of its endpoints. */
  readonly root: string;
  readonly settings: readonly string[];
  readonly password: string;
  readonly rules?: Readonly<Record<string, SettingRule>>;
}

/** The dialog of a config node: its validators, the section that folds away and the Test button. */
export function configDialog({ root, settings, password, rules: own = {} }: ConfigDialog) {
  const rules: Readonly<Record<string, SettingRule>> = { ...CONNECTION, ...own };

  function validate(node: EditorNode, setting: string, value: unknown): true | string {
    const text = typedText(value).trim();
    const rule = (RULES_OF[setting] ?? [setting])
      .map((name) => rules[name])
      .find((entry) => entry && !entry.holds(text));
    if (!rule || text === '' || /^\$\{[^}]+\}$/.test(text)) return true;
    const t = translator(node, root);
    return `${t(`label.${setting}`)} ${t(`problem.${rule.problem}`)}`;
  }

  function prepare(node: EditorNode): void {
    const t = translator(node, root);
    const section = $(`#${root}-connection`);
    foldingSection(
      section,
      sectionTitle(section, t, root),
      Boolean(node['baseUrl'] || node['proxy'] || !['', '1'].includes(typedText(node['processes']).trim())),
    );
    const button = $(`#${root}-test`);
    const result = button.parent().find('.wecom-test-result');
    button.on('click', () => {
      button.prop('disabled', true);
      result.attr('class', 'wecom-test-result').text(t('test.running'));
      void test(node, t).then(({ ok, message }) => {
        button.prop('disabled', false);
        result.addClass(ok ? 'wecom-good' : 'wecom-bad').text(message);
      });
    });
  }

  /** Asks WeCom with what stands in the dialog, saved or not. */
  async function test(node: EditorNode, t: Translate): Promise<{ ok: boolean; message: string }> {
    const input = (name: string) => String($(`#node-config-input-${name}`).val() ?? '');
    try {
      const { ok, name, message } = await askRuntime(`${root}/test`, {
        id: node.id,
        ...Object.fromEntries(settings.map((setting) => [setting, input(setting)])),
        ...typedPassword(password, input(password)),
        proxyUser: input('proxyUser'),
        ...typedLogin(input('proxyPassword')),
      });
      return { ok, message: ok ? t('test.works', { name: name ?? '' }) : (message ?? '') };
    } catch (error) {
      return { ok: false, message: t('test.unreachable', { status: (error as Error).message }) };
    }
  }

  return { validate, prepare };
}
