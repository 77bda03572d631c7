import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { messageTypes } from '../../core';
import { loadPackage, NODE_TYPE } from './engine';

const nodeWith = (parameters: INodeParameters): INode => ({ id: '1', name: 'n', type: NODE_TYPE, typeVersion: 1, position: [0, 0], parameters });

/** The properties a person sees with these choices made, in order. */
async function panel(choices: INodeParameters): Promise<INodeProperties[]> {
  const { description } = (await loadPackage()).node;
  const node = nodeWith(choices);
  const values = NodeHelpers.getNodeParameters(description.properties, choices, true, false, node, description) ?? {};
  return description.properties.filter((property) => property.type !== 'hidden' && NodeHelpers.displayParameter(values, property, node, description));
}
const names = (properties: readonly INodeProperties[]) => properties.map(({ name }) => name);
const entriesOf = (property: INodeProperties) => (property.options as INodePropertyCollection[])[0]!.values;
const HEAD = ['sendTo', 'recipientsFrom', 'touser_chosen', 'toparty_chosen', 'totag_chosen', 'msgtype'];

const FIELDS: Record<string, string[]> = {
  text: ['content'],
  image: ['media_id_source', 'media_id_binary'],
  voice: ['media_id_source', 'media_id_binary'],
  video: ['media_id_source', 'media_id_binary', 'title', 'description'],
  file: ['media_id_source', 'media_id_binary'],
  textcard: ['title', 'description', 'url', 'btntxt'],
  news: ['articles'],
  mpnews: ['articles'],
  markdown: ['content'],
};
const DUPLICATES = ['enable_duplicate_check', 'duplicate_check_interval'];
const NODE_OPTIONS = ['failOnInvalidRecipients', 'timeout'];
const OPTIONS: Record<string, string[]> = {
  text: ['safe', 'enable_id_trans'],
  image: ['safe'],
  voice: [],
  video: ['safe'],
  file: ['safe'],
  textcard: ['enable_id_trans'],
  news: ['enable_id_trans'],
  mpnews: ['safe', 'enable_id_trans'],
  markdown: [],
};

test('a new node begins with a text to members chosen from lists', async () => {
  expect(names(await panel({}))).toEqual([...HEAD, 'content', 'options']);
});

test.each(Object.keys(FIELDS))('%s shows its fields, its options and nothing else', async (msgtype) => {
  const shown = await panel({ msgtype });
  expect(names(shown)).toEqual([...HEAD, ...FIELDS[msgtype]!, 'options']);
  expect(names(shown.at(-1)!.options as INodeProperties[])).toEqual([...OPTIONS[msgtype]!.filter((name) => name === 'safe'), ...DUPLICATES, ...NODE_OPTIONS, ...OPTIONS[msgtype]!.filter((name) => name !== 'safe')]);
});

test('every type of core is on the panel, by the alphabet, and a new node begins with text', async () => {
  const { description } = (await loadPackage()).node;
  const options = description.properties.find(({ name }) => name === 'msgtype')!.options as { value: string; description: string }[];
  expect(options.map(({ value }) => value)).toEqual(['mpnews', 'file', 'image', 'markdown', 'news', 'text', 'textcard', 'video', 'voice']);
  expect(options.map(({ value }) => value).sort()).toEqual(messageTypes.map(({ msgtype }) => msgtype).sort());
  expect(description.properties.find(({ name }) => name === 'msgtype')!.default).toBe('text');
  expect(options.find(({ value }) => value === 'textcard')!.description).toContain('文本卡片');
});

test('a file is a binary field or a media ID, never both', async () => {
  expect(names(await panel({ msgtype: 'image', media_id_source: 'media_id' }))).toEqual([...HEAD, 'media_id_source', 'media_id', 'options']);
});

test('articles are entries with their own fields; mpnews covers choose their source entry by entry', async () => {
  const [news] = (await panel({ msgtype: 'news' })).filter(({ name }) => name === 'articles');
  expect(names(entriesOf(news!))).toEqual(['title', 'description', 'url', 'picurl']);
  expect(news).toMatchObject({ type: 'fixedCollection', typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: 8, multipleValueButtonText: 'Add Article' } });

  const [mpnews] = (await panel({ msgtype: 'mpnews' })).filter(({ name }) => name === 'articles');
  const { description } = (await loadPackage()).node;
  const shown = (entry: INodeParameters) => names(entriesOf(mpnews!).filter((property) => NodeHelpers.displayParameter(entry, property, nodeWith({}), description)));
  const rest = ['author', 'content_source_url', 'content', 'digest'];
  expect(shown({ thumb_media_id_source: 'binary' })).toEqual(['title', 'thumb_media_id_source', 'thumb_media_id_binary', ...rest]);
  expect(shown({ thumb_media_id_source: 'media_id' })).toEqual(['title', 'thumb_media_id_source', 'thumb_media_id', ...rest]);
});

test('a new news message shows the form of its first article at once', async () => {
  const { description } = (await loadPackage()).node;
  const values = NodeHelpers.getNodeParameters(description.properties, { msgtype: 'news' }, true, false, nodeWith({ msgtype: 'news' }), description);
  expect(values!['articles']).toEqual({ entries: [{ title: '', description: '', url: '', picurl: '' }] });
});

test('everyone needs no recipients; IDs are typed into fields of their own', async () => {
  expect(names(await panel({ sendTo: 'everyone' }))).toEqual(['sendTo', 'msgtype', 'content', 'options']);
  expect(names(await panel({ recipientsFrom: 'ids' }))).toEqual(['sendTo', 'recipientsFrom', 'touser', 'toparty', 'totag', 'msgtype', 'content', 'options']);
});

test('only mpnews offers the third kind of confidentiality', async () => {
  const choices = async (msgtype: string) => {
    const options = (await panel({ msgtype })).at(-1)!.options as INodeProperties[];
    return (options.find(({ name }) => name === 'safe')!.options as { value: number }[]).map(({ value }) => value);
  };
  expect(await choices('text')).toEqual([0, 1]);
  expect(await choices('mpnews')).toEqual([0, 1, 2]);
});

test('descriptions show the tags a message may hold instead of obeying them', async () => {
  const [content] = (await panel({ msgtype: 'textcard' })).filter(({ name }) => name === 'description');
  expect(content!.description).toContain('Takes &lt;br&gt; and &lt;div class="gray"&gt;');
});

test('limits are in the descriptions, in bytes, once', async () => {
  const [content] = (await panel({})).filter(({ name }) => name === 'content');
  expect(content!.description).toContain('At most 2,048 bytes (a Chinese character takes 3)');
  const [button] = (await panel({ msgtype: 'textcard' })).filter(({ name }) => name === 'btntxt');
  expect(button!.description!.match(/4 characters/g)).toHaveLength(1);
});

test('what n8n checks before a run: required fields of the chosen type, and only those', async () => {
  const { description } = (await loadPackage()).node;
  const issues = (parameters: INodeParameters) => {
    const node = nodeWith(NodeHelpers.getNodeParameters(description.properties, parameters, true, false, nodeWith(parameters), description)!);
    return Object.keys(NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {});
  };
  expect(issues({ content: 'x' })).toEqual([]);
  expect(issues({ msgtype: 'textcard' })).toEqual(['title', 'description', 'url']);
  expect(issues({ msgtype: 'image' })).toEqual([]);
  expect(issues({ msgtype: 'image', media_id_source: 'media_id' })).toEqual(['media_id']);
});

test('the description stays small enough to be sent to every editor', async () => {
  const { description } = (await loadPackage()).node;
  const bytes = Buffer.byteLength(JSON.stringify(description));
  process.stdout.write(`description of the node: ${bytes} bytes of JSON\n`);
  expect(bytes).toBeLessThan(40_000);
});
