import { NodeHelpers } from 'n8n-workflow';
import type { IExecuteFunctions, INode, INodeParameters, INodePropertyCollection, INodeTypeDescription } from 'n8n-workflow';

import type { Field, MessageType } from '../../core';
import { messageProperties } from '../../nodes/SendWecomMessage/message-properties';
import { readPanel } from '../../nodes/SendWecomMessage/read-message';

const words = (en: string) => ({ en, zh: en });
const line = (name: string): Field => ({ name, control: 'line', required: true, label: words(name) });

/** A type as no message of today is: a group in a list in a group, and a file that may be left out. */
const content: Field[] = [
  {
    name: 'source',
    control: 'group',
    required: false,
    label: words('Source'),
    fields: [
      line('desc'),
      {
        name: 'rows',
        control: 'list',
        required: false,
        label: words('Rows'),
        entryLabel: words('Row'),
        fields: [line('keyname'), { name: 'action', control: 'group', required: true, label: words('Action'), fields: [line('url'), { name: 'type', control: 'number', required: true, label: words('Type') }] }],
      },
    ],
  },
  { name: 'media_id', control: 'media', media: 'file', required: false, label: words('Attachment') },
];
const type = { msgtype: 'nested', label: words('Nested'), summary: words('Nested'), panel: { content, options: [] } } as unknown as MessageType;

async function read(parameters: INodeParameters) {
  const properties = [...messageProperties([type])];
  const description = { properties } as INodeTypeDescription;
  const node = { name: 'n', typeVersion: 1, parameters } as INode;
  const values: INodeParameters = { sendTo: 'everyone', ...NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) };
  const context = { getNode: () => node, getNodeParameter: (name: string, _item: number, fallback?: unknown) => values[name] ?? fallback };
  return (await readPanel(context as unknown as IExecuteFunctions, 0, [type])).message;
}

test('groups and lists are drawn inside each other, to any depth', () => {
  const [source] = messageProperties([type]).filter(({ name }) => name === 'source');
  const group = (source!.options as INodePropertyCollection[])[0]!;
  expect(group.values.map(({ name }) => name)).toEqual(['desc', 'rows']);
  const rows = group.values[1]!;
  expect(rows).toMatchObject({ type: 'fixedCollection', typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Row' } });
  const [row] = rows.options as INodePropertyCollection[];
  expect(row!.values.map(({ name, type: kind }) => [name, kind])).toEqual([['keyname', 'string'], ['action', 'fixedCollection']]);
});

test('what was filled in comes out as the API writes it', async () => {
  const rows = { entries: [{ keyname: 'a', action: { entries: { url: 'https://example.com', type: 1 } } }, { keyname: 'b', action: { entries: { url: 'https://example.com/2', type: 2 } } }] };
  expect(await read({ msgtype: 'nested', source: { entries: { desc: 'd', rows } } })).toEqual({
    touser: '@all',
    msgtype: 'nested',
    nested: { source: { desc: 'd', rows: [{ keyname: 'a', action: { url: 'https://example.com', type: 1 } }, { keyname: 'b', action: { url: 'https://example.com/2', type: 2 } }] } },
  });
});

test('what was not added is left out, an optional file too', async () => {
  expect(await read({ msgtype: 'nested' })).toEqual({ touser: '@all', msgtype: 'nested', nested: {} });
  expect(await read({ msgtype: 'nested', media_id_source: 'media_id', media_id: 'm' })).toMatchObject({ nested: { media_id: 'm' } });
});
