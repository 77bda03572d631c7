import { typedText } from '../panel/stored-value';
import { configDialog } from './config-dialog';
import type { EditorNode } from './node-red-editor';
import { translator } from './translate';

const ROOT = 'wecom-app';

const dialog = configDialog({
  root: ROOT,
  settings: ['corpId', 'agentId', 'baseUrl', 'processes', 'proxy', 'timeout'],
  password: 'secret',
  rules: { agentId: { holds: (value) => /^\d+$/.test(value), problem: 'agentId' } },
});

function label(node: EditorNode): string {
  const agentId = typedText(node['agentId']);
  const title = translator(node, ROOT)('title');
  return agentId === '' ? title : `${title} ${agentId}`;
}

Object.assign(window, { wecomApp: { ...dialog, label } });
