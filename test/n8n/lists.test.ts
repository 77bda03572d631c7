import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions, INode, INodeTypes } from 'n8n-workflow';

import { CREDENTIAL_TYPE, executionData, loadPackage, NODE_TYPE } from './engine';
import { credentialOf, useSandbox } from './sandbox';

const world = useSandbox();

/** What n8n does when a person opens a list. */
async function open(method: string, credential: ICredentialDataDecryptedObject) {
  const { node: type } = await loadPackage();
  const node: INode = {
    id: '1',
    name: 'n',
    type: NODE_TYPE,
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    credentials: { [CREDENTIAL_TYPE]: { id: 'c1', name: 'WeCom' } },
  };
  const nodeTypes = {
    getByNameAndVersion: () => type,
    getByName: () => type,
    getKnownTypes: () => ({}),
  } as unknown as INodeTypes;
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
  const { additionalData } = await executionData({ c1: credential });
  const context = new LoadOptionsContext(
    workflow,
    node,
    additionalData,
    'parameters',
  ) as unknown as ILoadOptionsFunctions;
  return type.methods!.loadOptions![method]!.call(context);
}

test('members by name with their IDs, as far as the app sees them', async () => {
  const members = await open('listMembers', credentialOf(world.sandbox));
  expect(members).toContainEqual({ name: '张三 (zhangsan)', value: 'zhangsan' });
  expect(members).toContainEqual({ name: 'Bob Miller (bob.miller)', value: 'bob.miller' });
  expect(members.map(({ value }) => value)).not.toContain('emma');
});

test('departments with their path, and tags', async () => {
  expect(await open('listDepartments', credentialOf(world.sandbox, 1))).toContainEqual({
    name: '沙盒科技 / 研发部 / 平台组 (4)',
    value: '4',
  });
  expect(await open('listTags', credentialOf(world.sandbox))).toContainEqual({ name: '值班 On duty (1)', value: '1' });
});

test('the methods the panel asks for exist', async () => {
  const { description, methods } = (await loadPackage()).node;
  const asked = description.properties.flatMap((property) =>
    property.typeOptions?.loadOptionsMethod ? [property.typeOptions.loadOptionsMethod] : [],
  );
  expect(asked).toEqual(['listMembers', 'listDepartments', 'listTags']);
  expect(Object.keys(methods!.loadOptions!)).toEqual(asked);
});

test('a list that cannot be loaded says what to do', async () => {
  await expect(open('listMembers', credentialOf(world.sandbox, 2))).rejects.toMatchObject({
    message: expect.stringContaining('(WeCom error 60020)'),
    description: expect.stringContaining(world.sandbox.company.callerIp),
  });
});
