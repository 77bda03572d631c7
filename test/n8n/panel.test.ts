import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { isActive, messageOf, operations, parseMessage, typesAt } from '../../core';
import type { Field, InputIssue } from '../../core';
import { parseCardUpdate } from '../../core/messages/parse-message';
import { loadPackage, NODE_TYPE } from './engine';

const nodeWith = (parameters: INodeParameters): INode => ({
  id: '1',
  name: 'n',
  type: NODE_TYPE,
  typeVersion: 1,
  position: [0, 0],
  parameters,
});

/** The properties a person sees with these choices made, in order. */
async function panel(choices: INodeParameters): Promise<INodeProperties[]> {
  const { description } = (await loadPackage()).node;
  const node = nodeWith(choices);
  const values = NodeHelpers.getNodeParameters(description.properties, choices, true, false, node, description) ?? {};
  return description.properties.filter(
    (property) => property.type !== 'hidden' && NodeHelpers.displayParameter(values, property, node, description),
  );
}
const names = (properties: readonly INodeProperties[]) => properties.map(({ name }) => name);
const entriesOf = (property: INodeProperties) => (property.options as INodePropertyCollection[])[0]!.values;
const HEAD = ['resource', 'operation', 'sendTo', 'recipientsFrom', 'touser', 'toparty', 'totag', 'msgtype'];
/** Options of the node for messages to members, beside those that core describes. */
const OF_THE_NODE = ['checkOnly', 'failOnInvalidRecipients', 'longestWait', 'messagesAtOnce', 'rateLimits', 'timeout'];
const byAlphabet = (labels: readonly string[]) => [...labels].sort((a, b) => a.localeCompare(b, 'en'));

test('a new node begins with a text to members by ID, so that opening its panel asks WeCom for nothing', async () => {
  expect(names(await panel({}))).toEqual([...HEAD, 'content', 'options']);
});

test("every type shows core's options and those of the node, by the alphabet of their labels", async () => {
  for (const { type, form } of typesAt('app')) {
    const options = (await panel({ msgtype: type.name })).at(-1)!.options as INodeProperties[];
    const expected = [...form.panel.options.map(({ name }) => name), ...OF_THE_NODE];
    expect({ type: type.name, options: names(options).sort() }).toEqual({ type: type.name, options: expected.sort() });
    const labels = options.map(({ displayName }) => displayName);
    expect(labels).toEqual(byAlphabet(labels));
  }
});

test.each([
  ['recipients', 'app'],
  ['everyone', 'app'],
  ['chat', 'chat'],
  ['robot', 'robot'],
] as const)(
  '%s: the list has what is taken there, by the alphabet, and begins with text',
  async (sendTo, destination) => {
    const [list] = (await panel({ sendTo })).filter(({ name }) => name === 'msgtype');
    const options = list!.options as { value: string; name: string; description: string }[];
    const taken = typesAt(destination).filter(({ form }) => sendTo !== 'everyone' || form.everyone);
    expect(options.map(({ value }) => value).sort()).toEqual(taken.map(({ type }) => type.name).sort());
    const labels = options.map(({ name }) => name);
    expect(labels).toEqual(byAlphabet(labels));
    expect(list!.default).toBe('text');
    for (const { description } of options) expect(description).toBeTruthy();
    expect((await panel({ sendTo })).at(-1)!.name).toBe('options');
  },
);

test('every type shows its fields of the destination, each once, in the order of core, and nothing else', async () => {
  for (const [sendTo, destination] of [
    ['recipients', 'app'],
    ['everyone', 'app'],
    ['chat', 'chat'],
    ['robot', 'robot'],
  ] as const) {
    for (const { type, form } of typesAt(destination)) {
      if (sendTo === 'everyone' && !form.everyone) continue;
      const shown = names(await panel({ sendTo, msgtype: type.name }));
      const own = shown.slice(shown.indexOf('msgtype') + 1, -1).filter((name) => name !== 'specifyCard');
      // Of what must be filled in, the panel shows only what counts with the default beside it.
      const drawn = ({ name, control, inline, required, fields = [] }: Field): string[] => {
        if (control === 'media') return inline ? [`${name}_binary`] : [`${name}_source`, `${name}_binary`];
        return control === 'group' && required
          ? fields
              .filter((field) => isActive(field, fields, {}))
              .flatMap(drawn)
              .map((field) => `${name}_${field}`)
          : [name];
      };
      const fields = form.panel.content.flatMap(drawn);
      expect({ sendTo, type: type.name, own }).toEqual({ sendTo, type: type.name, own: fields });
    }
  }
});

test('the editor can tell that a type is not for the new destination from what it holds, which is no default', async () => {
  const { description } = (await loadPackage()).node;
  for (const [sendTo, types] of [
    ['chat', 'text_notice'],
    ['robot', 'video'],
    ['everyone', 'miniprogram_notice'],
  ] as const) {
    const held = { sendTo, msgtype: types };
    const lists = description.properties.filter(
      (property) =>
        property.name === 'msgtype' && NodeHelpers.displayParameter(held, property, nodeWith(held), description),
    );
    expect(lists).toHaveLength(1);
    expect((lists[0]!.options as { value: string }[]).map(({ value }) => value)).not.toContain(types);
  }
});

test('a card is written field by field or as JSON, never both; the JSON begins with an example', async () => {
  const shown = await panel({ msgtype: 'text_notice', specifyCard: 'json' });
  expect(names(shown)).toEqual([...HEAD, 'specifyCard', 'cardJson', 'options']);
  const { type, hint } = shown.find(({ name }) => name === 'cardJson')!;
  expect(type).toBe('json');
  expect(JSON.parse(hint!.replace('e.g. ', ''))).toEqual({
    main_title: { title: 'Build failed' },
    card_action: { type: 1, url: 'https://example.com' },
  });
});

test('the JSON hint of every card is a card that core takes', async () => {
  for (const destination of ['app', 'robot', 'update'] as const) {
    for (const { type } of typesAt(destination).filter((entry) => entry.type.cardType !== undefined)) {
      const choices: INodeParameters =
        destination === 'update'
          ? { operation: 'updateCard', change: 'template_card', card_type: type.name, specifyCard: 'json' }
          : { sendTo: destination === 'app' ? 'recipients' : 'robot', msgtype: type.name, specifyCard: 'json' };
      const { hint } = (await panel(choices)).find(({ name }) => name === 'cardJson')!;
      const card = messageOf(type, JSON.parse(hint!.replace('e.g. ', '')));
      const issues: InputIssue[] = [];
      if (destination === 'update') parseCardUpdate(card['template_card'], {}, issues);
      else parseMessage({ ...(destination === 'app' && { touser: 'zhangsan' }), ...card }, destination);
      expect(issues).toEqual([]);
    }
  }
});

test('other operations ask for their own fields only, and take the principal one from the node before', async () => {
  const shown = async (choices: INodeParameters) => names(await panel(choices)).slice(2);
  expect(await shown({ operation: 'recall' })).toEqual(['msgids', 'options']);
  expect(await shown({ resource: 'chat' })).toEqual(['userlist', 'name', 'owner', 'chatid', 'options']);
  expect(await shown({ resource: 'chat', operation: 'getChat' })).toEqual(['chatid', 'options']);
  expect(await shown({ resource: 'chat', operation: 'updateChat' })).toEqual([
    'chatid',
    'name',
    'owner',
    'add_user_list',
    'del_user_list',
    'options',
  ]);
  const update = ['response_code', 'atall', 'userids', 'partyids', 'tagids', 'change'];
  expect(await shown({ operation: 'updateCard' })).toEqual([...update, 'replace_name', 'options']);
  expect(await shown({ operation: 'updateCard', change: 'template_card', card_type: 'vote_interaction' })).toEqual([
    ...update,
    'card_type',
    'specifyCard',
    'source',
    'main_title_title',
    'main_title_desc',
    'checkbox_question_key',
    'checkbox_mode',
    'checkbox_disable',
    'checkbox_option_list',
    'submit_button',
    'replace_text',
    'options',
  ]);
  expect((await panel({ operation: 'recall' })).find(({ name }) => name === 'msgids')!.default).toBe(
    '={{ $json.msgids }}',
  );
  expect((await panel({ operation: 'updateCard' })).find(({ name }) => name === 'response_code')!.default).toBe(
    '={{ $json.response_code }}',
  );
});

test('operations are found in the node list by what they do', async () => {
  const { description } = (await loadPackage()).node;
  const actions = description.properties
    .filter(({ name }) => name === 'operation')
    .map(({ options }) => (options as { value: string; action: string }[]).map(({ value, action }) => [value, action]));
  const told = (name: string, label: string) => [name, `${label[0]}${label.slice(1).toLowerCase()}`];
  const about = (what: string) =>
    operations.filter((operation) => operation.about === what).map(({ name, label }) => told(name, label.en));
  expect(actions.map((list) => list.toSorted())).toEqual([
    [['send', 'Send a message'], ['updateCard', 'Update card'], ...about('message')].toSorted(),
    about('chat').toSorted(),
  ]);
});

test('a long text goes out as several messages unless somebody says otherwise; other texts are refused', async () => {
  const choices = async (parameters: INodeParameters) => {
    const tooLong = ((await panel(parameters)).at(-1)!.options as INodeProperties[]).find(
      ({ name }) => name === 'too_long',
    )!;
    return { standard: tooLong.default, values: (tooLong.options as { value: string }[]).map(({ value }) => value) };
  };
  for (const parameters of [
    {},
    { msgtype: 'markdown' },
    { sendTo: 'chat' },
    { sendTo: 'robot' },
    { sendTo: 'robot', msgtype: 'markdown' },
  ])
    expect(await choices(parameters)).toEqual({ standard: 'split', values: ['split', 'refuse', 'truncate'] });
  for (const parameters of [{ msgtype: 'textcard' }, { msgtype: 'news' }])
    expect(await choices(parameters)).toEqual({ standard: 'refuse', values: ['refuse', 'truncate'] });
});

test('rates, waiting and messages at once belong to sending, not to other operations', async () => {
  const options = async (parameters: INodeParameters) =>
    names((await panel(parameters)).at(-1)!.options as INodeProperties[]);
  for (const sendTo of ['recipients', 'everyone', 'chat', 'robot'])
    expect(await options({ sendTo })).toEqual(expect.arrayContaining(['rateLimits', 'longestWait', 'messagesAtOnce']));
  for (const choices of [
    { operation: 'recall' },
    { operation: 'updateCard' },
    { resource: 'chat' },
  ] as INodeParameters[])
    expect(
      (await options(choices)).filter((name) =>
        ['rateLimits', 'longestWait', 'messagesAtOnce', 'too_long', 'number_parts'].includes(name),
      ),
    ).toEqual([]);
});

test('the Chinese terms of the admin console stand beside the types', async () => {
  const [list] = (await panel({})).filter(({ name }) => name === 'msgtype');
  expect(
    (list!.options as { value: string; description: string }[]).find(({ value }) => value === 'textcard')!.description,
  ).toContain('文本卡片');
});

test('a file is a binary field or a media ID, never both', async () => {
  expect(names(await panel({ msgtype: 'image', media_id_source: 'media_id' }))).toEqual([
    ...HEAD,
    'media_id_source',
    'media_id',
    'options',
  ]);
});

test('articles are entries with their own fields; mpnews covers choose their source entry by entry', async () => {
  const [news] = (await panel({ msgtype: 'news' })).filter(({ name }) => name === 'articles');
  expect(names(entriesOf(news!))).toEqual(['title', 'description', 'url', 'picurl', 'appid', 'pagepath']);
  const [ofRobots] = (await panel({ sendTo: 'robot', msgtype: 'news' })).filter(({ name }) => name === 'articles');
  expect(names(entriesOf(ofRobots!))).toEqual(['title', 'description', 'url', 'picurl']);
  expect(news).toMatchObject({
    type: 'fixedCollection',
    typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: 8, multipleValueButtonText: 'Add Article' },
  });

  const [mpnews] = (await panel({ msgtype: 'mpnews' })).filter(({ name }) => name === 'articles');
  const { description } = (await loadPackage()).node;
  const shown = (entry: INodeParameters) =>
    names(
      entriesOf(mpnews!).filter((property) => NodeHelpers.displayParameter(entry, property, nodeWith({}), description)),
    );
  const rest = ['author', 'content_source_url', 'content', 'digest'];
  expect(shown({ thumb_media_id_source: 'binary' })).toEqual([
    'title',
    'thumb_media_id_source',
    'thumb_media_id_binary',
    ...rest,
  ]);
  expect(shown({ thumb_media_id_source: 'media_id' })).toEqual([
    'title',
    'thumb_media_id_source',
    'thumb_media_id',
    ...rest,
  ]);
});

test('a new news message shows the form of its first article at once', async () => {
  const { description } = (await loadPackage()).node;
  const values = NodeHelpers.getNodeParameters(
    description.properties,
    { msgtype: 'news' },
    true,
    false,
    nodeWith({ msgtype: 'news' }),
    description,
  );
  expect(values!['articles']).toEqual({
    entries: [{ title: '', description: '', url: '', picurl: '', appid: '', pagepath: '' }],
  });
});

test('everyone and robots need no recipients, group chats an ID; lists have fields of their own', async () => {
  expect(names(await panel({ sendTo: 'chat' }))).toEqual([
    'resource',
    'operation',
    'sendTo',
    'chatid',
    'msgtype',
    'content',
    'mentioned_list',
    'options',
  ]);
  expect(names(await panel({ sendTo: 'robot' }))).toEqual([
    'resource',
    'operation',
    'sendTo',
    'msgtype',
    'content',
    'mentioned_list',
    'mentioned_mobile_list',
    'options',
  ]);
  expect(names(await panel({ sendTo: 'everyone' }))).toEqual([
    'resource',
    'operation',
    'sendTo',
    'everyoneNotice',
    'msgtype',
    'content',
    'options',
  ]);
  expect(names(await panel({ recipientsFrom: 'lists' }))).toEqual([
    'resource',
    'operation',
    'sendTo',
    'recipientsFrom',
    'touser_chosen',
    'toparty_chosen',
    'totag_chosen',
    'msgtype',
    'content',
    'options',
  ]);
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
    const node = nodeWith(
      NodeHelpers.getNodeParameters(
        description.properties,
        parameters,
        true,
        false,
        nodeWith(parameters),
        description,
      )!,
    );
    return Object.keys(
      NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {},
    );
  };
  expect(issues({ content: 'x' })).toEqual([]);
  expect(issues({ msgtype: 'textcard' })).toEqual(['title', 'description', 'url']);
  expect(issues({ msgtype: 'image' })).toEqual([]);
  expect(issues({ msgtype: 'image', media_id_source: 'media_id' })).toEqual(['media_id']);
  expect(issues({ sendTo: 'chat', content: 'x' })).toEqual(['chatid']);
  expect(issues({ operation: 'recall' })).toEqual([]);
  expect(issues({ operation: 'updateCard' })).toEqual(['replace_name']);
  expect(issues({ msgtype: 'vote_interaction' })).toEqual([
    'main_title_title',
    'checkbox_question_key',
    'id',
    'text',
    'submit_button_text',
    'submit_button_key',
  ]);
  expect(issues({ msgtype: 'vote_interaction', specifyCard: 'json' })).toEqual([]);
});

test('the description stays small enough to be sent to every editor', async () => {
  const { description } = (await loadPackage()).node;
  const bytes = Buffer.byteLength(JSON.stringify(description));
  process.stdout.write(`description of the node: ${bytes} bytes of JSON\n`);
  expect(bytes).toBeLessThan(200_000);
});
