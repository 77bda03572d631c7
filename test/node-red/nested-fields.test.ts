import type { InputIssue, MessageType } from '../../core';
import { panelReader } from '../../node-red/runtime/reading/panel-reader';
import type { Node, NodeRed } from '../../node-red/runtime/host/node-red-api';

const wording = { en: 'x', zh: 'x' };
const field = (name: string, more: object = {}) => ({
  name,
  control: 'line',
  required: false,
  label: wording,
  ...more,
});

/** A type that does not exist: groups in groups and lists in lists, with a file at the bottom. */
const card = {
  name: 'card',
  msgtype: 'card',
  forms: {
    app: {
      panel: {
        content: [
          field('main', {
            control: 'group',
            fields: [
              field('title'),
              field('source', { control: 'group', fields: [field('icon', { control: 'media', media: 'image' })] }),
            ],
          }),
          field('rows', {
            control: 'list',
            fields: [field('key'), field('buttons', { control: 'list', fields: [field('text')] })],
          }),
        ],
        options: [],
      },
    },
  },
} as unknown as MessageType;

const RED = {
  settings: {},
  util: { getMessageProperty: (msg: Record<string, unknown>, name: string) => msg[name] },
} as unknown as NodeRed;
const str = (value: string) => ({ type: 'str' as const, value });
const msg = (value: string) => ({ type: 'msg' as const, value });

test('fields inside fields are read wherever they stand', async () => {
  const issues: InputIssue[] = [];
  const read = panelReader(
    RED,
    {} as Node,
    {
      msgtype: 'card',
      fields: {
        touser: str('zhangsan'),
        'card.main': {
          type: 'group',
          value: {
            title: msg('number'),
            source: { type: 'group', value: { icon: { ...msg('icon'), source: 'data' } } },
          },
        },
        'card.rows': {
          type: 'list',
          value: [{ key: str('a'), buttons: { type: 'list', value: [{ text: msg('number') }, { text: str('') }] } }],
        },
      },
    },
    [card],
  );
  const data = Buffer.from('icon');
  expect(await read({ number: 7, icon: data }, issues)).toEqual({
    touser: 'zhangsan',
    msgtype: 'card',
    card: {
      main: { title: '7', source: { icon: { filename: 'image.txt', data } } },
      rows: [{ key: 'a', buttons: [{ text: '7' }, {}] }],
    },
  });
  expect(issues).toEqual([]);
});

test('what a flow built itself is read the same way, and what cannot be read is named by its path', async () => {
  const issues: InputIssue[] = [];
  const read = panelReader(
    RED,
    {} as Node,
    {
      msgtype: 'card',
      fields: {
        'card.main': {
          type: 'group',
          value: { source: { type: 'group', value: { icon: { ...msg('icon'), source: 'data' } } } },
        },
        'card.rows': msg('rows'),
      },
    },
    [card],
  );
  const message = (await read({ icon: 7, rows: [{ key: 1, buttons: [{ text: true }] }] }, issues)) as {
    card: { rows: unknown };
  };
  expect(message.card.rows).toEqual([{ key: '1', buttons: [{ text: 'true' }] }]);
  expect(issues.map((issue) => issue.path)).toEqual(['card.main.source.icon']);
});
