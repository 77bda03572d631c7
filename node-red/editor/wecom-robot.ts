import { configDialog } from './config-dialog';
import type { EditorNode } from './node-red-editor';
import { translator } from './translate';

const ROOT = 'wecom-robot';

const dialog = configDialog({
  root: ROOT,
  settings: ['baseUrl', 'processes', 'proxy', 'timeout'],
  password: 'webhook',
});

function label(node: EditorNode): string {
  return translator(node, ROOT)('title');
}

Object.assign(window, { wecomRobot: { ...dialog, label } });
