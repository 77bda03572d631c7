import { NodeHelpers } from 'n8n-workflow';
import type {
  IExecuteFunctions,
  INode,
  INodeParameters,
  INodePropertyCollection,
  INodeTypeDescription,
} from 'n8n-workflow';

import { messageTypes } from '../../core';
import { choice, group, list, media, number, optional, text, url, when } from '../../core/schema/fields';
import { messageType } from '../../core/messages/message-type';
import { messageProperties } from '../../nodes/SendWecomMessage/panel/message-properties';
import { Parameters } from '../../nodes/SendWecomMessage/read/parameters';
import { readFields } from '../../nodes/SendWecomMessage/read/read-fields';
import { readMessage } from '../../nodes/SendWecomMessage/read/read-message';
import { RunFiles } from '../../nodes/SendWecomMessage/read/run-files';

const words = (en: string) => ({ en, zh: en });
const kind = optional(
  choice({
    label: words('Opens'),
    choices: [
      { value: 0, label: words('Nothing') },
      { value: 1, label: words('Page') },
    ],
    default: 0,
  }),
);

/**
 * A type that is in no catalogue, written as a new one would be: lists and groups in each other, fields that depend on
 * others, a file that may be left out.
 */
const type = messageType({
  msgtype: 'nested',
  label: words('Nested'),
  summary: words('Nested'),
  shownInWechat: false,
  app: {
    content: {
      source: optional(
        group({
          label: words('Source'),
          fields: {
            desc: text({ label: words('Desc') }),
            ratio: optional(number({ label: words('Ratio'), min: 1.3, max: 2.25 })),
            rows: optional(
              list({
                label: words('Rows'),
                entryLabel: words('Row'),
                min: 0,
                max: 6,
                entry: {
                  keyname: text({ label: words('Name') }),
                  type: kind,
                  url: when('type', [1], url({ label: words('URL') })),
                  media_id: when('type', [2], media({ label: words('Attachment'), kind: 'file' })),
                  action: group({ label: words('Action'), fields: { url: url({ label: words('URL') }) } }),
                },
              }),
            ),
          },
        }),
      ),
      media_id: optional(media({ label: words('Attachment'), kind: 'file' })),
    },
  },
  robot: { content: { headline: text({ label: words('Headline'), principal: true, placeholder: 'News' }) } },
});

async function read(parameters: INodeParameters) {
  const properties = messageProperties([...messageTypes, type]);
  const description = { properties } as INodeTypeDescription;
  const node = { name: 'n', typeVersion: 1, parameters } as INode;
  const head = { operation: 'send', sendTo: 'everyone' };
  const all = [
    ...['operation', 'sendTo'].map((name) => ({ displayName: name, name, type: 'string' as const, default: '' })),
    ...properties,
  ];
  const values: INodeParameters = {
    ...NodeHelpers.getNodeParameters(all, { ...head, ...parameters }, true, false, node, description),
  };
  const context = {
    getNode: () => ({ ...node, parameters: values }),
    getInputData: () => [],
    getNodeParameter: (name: string, _item: number, fallback?: unknown) => values[name] ?? fallback,
  } as unknown as IExecuteFunctions;
  return readMessage(
    { context, parameters: new Parameters(context), itemIndex: 0, files: new RunFiles(context).ofItem(0) },
    [...messageTypes, type],
  );
}

test('a type written in one file is on the panel: in the list of each destination that takes it, with its fields there', () => {
  const properties = messageProperties([...messageTypes, type]);
  const at = (sendTo: string) => (property: { displayOptions?: { show?: Record<string, unknown[] | undefined> } }) =>
    property.displayOptions?.show?.['sendTo']?.includes(sendTo) ?? false;
  const offered = (sendTo: string) =>
    (properties.filter(({ name }) => name === 'msgtype').find(at(sendTo))!.options as { value: string }[]).map(
      ({ value }) => value,
    );
  expect(['recipients', 'everyone', 'chat', 'robot'].map((sendTo) => offered(sendTo).includes('nested'))).toEqual([
    true,
    true,
    false,
    true,
  ]);
  const fields = (sendTo: string) =>
    properties
      .filter((property) => at(sendTo)(property) && property.displayOptions?.show?.['msgtype']?.includes('nested'))
      .map(({ name }) => name);
  expect(fields('recipients')).toEqual(['source', 'media_id_source', 'media_id_binary', 'media_id', 'options']);
  expect(fields('robot')).toEqual(['headline', 'options']);
});

test('groups and lists are drawn inside each other, to any depth', () => {
  const source = messageProperties([type]).find(({ name }) => name === 'source')!;
  const [entry] = source.options as INodePropertyCollection[];
  expect(entry!.values.map(({ name }) => name)).toEqual(['desc', 'ratio', 'rows']);
  expect(entry!.values[1]!.typeOptions).toEqual({ minValue: 1.3, maxValue: 2.25, numberPrecision: 2 });
  const rows = entry!.values[2]!;
  expect(rows).toMatchObject({
    type: 'fixedCollection',
    typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Row', maxAllowedFields: 6 },
  });
  const [row] = rows.options as INodePropertyCollection[];
  expect(row!.values.map(({ name, type: kindOf }) => [name, kindOf])).toEqual([
    ['keyname', 'string'],
    ['type', 'options'],
    ['url', 'string'],
    ['media_id_source', 'options'],
    ['media_id_binary', 'string'],
    ['media_id', 'string'],
    ['action_url', 'string'],
  ]);
});

test('a field that depends on another one is shown beside it only then, and demanded only then', () => {
  const source = messageProperties([type]).find(({ name }) => name === 'source')!;
  const rows = (source.options as INodePropertyCollection[])[0]!.values[2]!;
  const row = (rows.options as INodePropertyCollection[])[0]!;
  const shown = (entry: INodeParameters) =>
    row.values.filter((property) => NodeHelpers.displayParameter(entry, property, null, null)).map(({ name }) => name);
  expect(shown({ type: 0 })).toEqual(['keyname', 'type', 'action_url']);
  expect(shown({ type: 1 })).toEqual(['keyname', 'type', 'url', 'action_url']);
  expect(shown({ type: 2, media_id_source: 'media_id' })).toEqual([
    'keyname',
    'type',
    'media_id_source',
    'media_id',
    'action_url',
  ]);
});

test('a group that must be there has no frame: its fields say where they belong', () => {
  const source = messageProperties([type]).find(({ name }) => name === 'source')!;
  const rows = (source.options as INodePropertyCollection[])[0]!.values[2]!;
  expect((rows.options as INodePropertyCollection[])[0]!.values.at(-1)).toMatchObject({
    displayName: 'Action: URL',
    name: 'action_url',
    required: true,
  });
});

const rowOf = (keyname: string, rest: INodeParameters = {}): INodeParameters => ({
  keyname,
  action_url: 'https://example.com',
  ...rest,
});
const written = (keyname: string, rest = {}) => ({ keyname, type: 0, action: { url: 'https://example.com' }, ...rest });

test('what was filled in comes out as the API writes it', async () => {
  const rows = { entries: [rowOf('a', { type: 1, url: 'https://example.com/1' }), rowOf('b')] };
  expect(await read({ msgtype: 'nested', source: { entries: { desc: 'd', rows } } })).toMatchObject({
    everyone: true,
    msgtype: 'nested',
    nested: { source: { desc: 'd', rows: [written('a', { type: 1, url: 'https://example.com/1' }), written('b')] } },
  });
});

test('what is hidden but still has a value from before stays in the panel', async () => {
  const field = type.forms.app!.panel.content.find(({ name }) => name === 'source')!;
  const context = {
    getNode: () => ({ parameters: {} }),
    getInputData: () => [],
    getNodeParameter: () => undefined,
  } as unknown as IExecuteFunctions;
  const values: Record<string, unknown> = {
    rows: {
      entries: [
        { keyname: 'a', type: '={{ 0 }}', url: 'https://stale.example.com' },
        { keyname: 'b', type: 0, url: 'https://stale.example.com' },
        { keyname: 'c', type: '1', url: 'https://example.com' },
      ],
    },
  };
  const { rows } = (await readFields(
    { context, parameters: new Parameters(context), itemIndex: 0, files: new RunFiles(context).ofItem(0) },
    field.fields!,
    (name) => values[name],
  )) as { rows: { url?: string }[] };
  expect(rows.map((row) => row.url)).toEqual([undefined, undefined, 'https://example.com']);
});

test('what was not added is left out, an optional file too', async () => {
  expect(await read({ msgtype: 'nested' })).toEqual({ everyone: true, msgtype: 'nested', nested: {} });
  expect(await read({ msgtype: 'nested', media_id_source: 'media_id', media_id: 'm' })).toMatchObject({
    nested: { media_id: 'm' },
  });
});
