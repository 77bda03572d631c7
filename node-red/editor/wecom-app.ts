import { typedText } from '../panel/stored-value';
import { askRuntime, typedSecret } from './ask-runtime';
import type { EditorNode } from './node-red-editor';
import { foldingSection, sectionTitle } from './section';
import { translator } from './translate';
import type { Translate } from './translate';

const ROOT = 'wecom-app';
const ADDRESS = /^https?:\/\/\S+$/i;

/** What each setting must be; empty ones mean the usual. */
const RULES: Readonly<Record<string, { readonly holds: (value: string) => boolean; readonly problem: string }>> = {
  agentId: { holds: (value) => /^\d+$/.test(value), problem: 'agentId' },
  baseUrl: { holds: (value) => ADDRESS.test(value), problem: 'url' },
  proxy: { holds: (value) => ADDRESS.test(value), problem: 'proxy' },
  timeout: { holds: (value) => Number(value) > 0, problem: 'timeout' },
};

function validate(node: EditorNode, setting: string, value: unknown): true | string {
  const text = typedText(value).trim();
  const rule = RULES[setting];
  if (!rule || text === '' || rule.holds(text)) return true;
  const t = translator(node, ROOT);
  return `${t(`label.${setting}`)} ${t(`problem.${rule.problem}`)}`;
}

function prepare(node: EditorNode): void {
  const t = translator(node, ROOT);
  const section = $('#wecom-app-connection');
  foldingSection(section, sectionTitle(section, t, ROOT), Boolean(node['baseUrl'] || node['proxy']));
  const button = $('#wecom-app-test');
  const result = $('.wecom-test-result');
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
    const { ok, name, message } = await askRuntime('test', {
      id: node.id,
      corpId: input('corpId'),
      agentId: input('agentId'),
      baseUrl: input('baseUrl'),
      proxy: input('proxy'),
      timeout: input('timeout'),
      ...typedSecret(input('secret')),
    });
    return { ok, message: ok ? t('test.works', { name: name ?? '' }) : (message ?? '') };
  } catch (error) {
    return { ok: false, message: t('test.unreachable', { status: (error as Error).message }) };
  }
}

function label(node: EditorNode): string {
  const agentId = typedText(node['agentId']);
  const title = translator(node, ROOT)('title');
  return agentId === '' ? title : `${title} ${agentId}`;
}

Object.assign(window, { wecomApp: { validate, prepare, label } });
