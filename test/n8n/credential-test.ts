import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode, INodeParameters, INodeType, INodeTypes } from 'n8n-workflow';

import { CREDENTIAL_TYPE, executionData, loadPackage } from './engine';

/** What a person sees after "Test" in the credential, the way n8n 2.41's `CredentialsTester` comes to it. */
export async function testCredential(
  typed: ICredentialDataDecryptedObject,
  name = CREDENTIAL_TYPE,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
  const { credential: app, robotCredential } = await loadPackage();
  const credential = name === CREDENTIAL_TYPE ? app : robotCredential;
  const values = NodeHelpers.getNodeParameters(
    credential.properties,
    typed as INodeParameters,
    true,
    false,
    null,
    null,
  ) as ICredentialDataDecryptedObject;
  const { request, rules = [] } = credential.test!;
  const node: INode = {
    id: 'temp',
    name: 'Temp-Node',
    type: 'n8n-nodes-base.noOp',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    credentials: { [name]: { id: 'c1', name: 'WeCom' } },
  };
  const type = {
    description: {
      displayName: 'No Operation',
      name: 'n8n-nodes-base.noOp',
      group: [],
      version: 1,
      description: '',
      defaults: {},
      inputs: [NodeConnectionTypes.Main],
      outputs: [NodeConnectionTypes.Main],
      credentials: [{ name, required: true }],
      properties: [{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' }],
    },
  } as unknown as INodeType;
  const nodeTypes = {
    getByNameAndVersion: () => type,
    getByName: () => type,
    getKnownTypes: () => ({}),
  } as unknown as INodeTypes;
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
  const { additionalData } = await executionData({ c1: values });
  const context = new ExecuteContext(
    workflow,
    node,
    additionalData,
    'internal',
    createEmptyRunExecutionData(),
    0,
    [],
    { main: [[{ json: {} }]] },
    { node, data: {}, source: null },
    [],
  );
  let response;
  try {
    response = await new RoutingNode(context, type, { id: 'c1', name: 'WeCom', type: name, data: values }).runNode();
  } catch (caught) {
    const error = caught as Error & { cause?: { code?: string; response?: { status: number; statusText: string } } };
    if (error.cause?.response)
      return {
        status: 'Error',
        message: error.cause.response.statusText || `Received HTTP status code: ${error.cause.response.status}`,
      };
    return { status: 'Error', message: error.cause?.code ?? error.message };
  }
  const answer = response?.[0]?.[0]?.json ?? {};
  for (const { type: kind, properties } of rules) {
    if (kind === 'responseSuccessBody' && answer[properties.key] === properties.value)
      return { status: 'Error', message: properties.message };
  }
  return { status: 'OK', message: 'Connection successful!' };
}
