import { getSchema } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

import { loadPackage, NODE_TYPE, send, SEND } from './engine';
import { credentialOf, useSandbox } from './sandbox';

const world = useSandbox();
/** What the editor writes when a person presses "let the model define this parameter". */
const fromAI = (name: string) => `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`\`, 'string') }}`;
const parameters: INodeParameters = {
  recipientsFrom: 'ids',
  touser: fromAI('Members'),
  msgtype: 'textcard',
  title: fromAI('Title'),
  description: fromAI('Description'),
  url: 'https://example.com',
};

test('n8n makes a tool of the node: it says it is usable as one, and the panel is the tool’s', async () => {
  const { description } = (await loadPackage()).node;
  expect(description.usableAsTool).toBe(true);
  // n8n adds "Tool Description" unless the node has a property of that name.
  expect(description.properties.map(({ name }) => name)).not.toContain('toolDescription');
  const tool = { ...description, name: `${description.name}Tool`, inputs: [], outputs: [NodeConnectionTypes.AiTool] };
  const values = NodeHelpers.getNodeParameters(
    tool.properties,
    { msgtype: 'textcard' },
    true,
    false,
    { typeVersion: 1 },
    tool,
  )!;
  const shown = tool.properties
    .filter((property) => NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, tool))
    .map(({ name }) => name);
  expect(shown).toEqual(expect.arrayContaining(['msgtype', 'title', 'description', 'url', 'btntxt', 'options']));
  expect(shown).not.toContain('content');
});

test('the model sees the parameters it may fill', () => {
  const schema = getSchema({
    id: '1',
    name: 'Tool',
    type: `${NODE_TYPE}Tool`,
    typeVersion: 1,
    position: [0, 0],
    parameters,
  }) as { shape: object };
  expect(Object.keys(schema.shape)).toEqual(['Members', 'Title', 'Description']);
});

test('the model can never choose everyone, the operation, the type or where a file comes from', async () => {
  const { properties } = (await loadPackage()).node.description;
  for (const property of properties.filter(({ name }) =>
    [
      'resource',
      'operation',
      'sendTo',
      'recipientsFrom',
      'msgtype',
      'media_id_source',
      'change',
      'card_type',
      'specifyCard',
    ].includes(name),
  ))
    expect(property.noDataExpression).toBe(true);
});

test('what the model fills in is sent; an empty recipient from it is refused', async () => {
  const filled = (values: Record<string, string>) =>
    Object.fromEntries<INodeParameters[string]>(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === 'string'
          ? value.replace(/\$fromAI\('(\w+)'.*\)/, (_, key: string) => JSON.stringify(values[key] ?? ''))
          : value,
      ]),
    );
  await send({
    credential: credentialOf(world.sandbox),
    parameters: filled({ Members: 'zhangsan, lisi', Title: '部署完成', Description: 'v2' }),
  });
  expect(world.sandbox.messages()[0]!.received).toMatchObject({
    touser: 'zhangsan|lisi',
    textcard: { title: '部署完成', description: 'v2', url: 'https://example.com' },
  });
  const run = await send({
    credential: credentialOf(world.sandbox),
    parameters: filled({ Title: 'x', Description: 'y' }),
  });
  expect(run.last(SEND).error!.message).toContain('is blank');
  expect(world.sandbox.messages()).toHaveLength(1);
});
