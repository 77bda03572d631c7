import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { createWecom } from '../../../core';
import type { ContactChoice, Wecom } from '../../../core';
import { tokens } from '../../../credentials/token-cache';
import { clock } from '../../host/clock';
import { toNodeError } from '../../host/node-errors';
import { CREDENTIAL, wecomHttp } from '../../host/wecom-http';

/** The live lists of the panel: what the app of the chosen credential can see, names with IDs. */
export const contactLists = {
  async listMembers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return choices(this, (wecom) => wecom.listMembers());
  },
  async listDepartments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return choices(this, (wecom) => wecom.listDepartments());
  },
  async listTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return choices(this, (wecom) => wecom.listTags());
  },
};

async function choices(
  context: ILoadOptionsFunctions,
  list: (wecom: Wecom<unknown>) => Promise<ContactChoice[]>,
): Promise<INodePropertyOptions[]> {
  const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
  try {
    const found = await list(
      createWecom<unknown>({ app: credential, http: wecomHttp(context, { credential }), clock, tokens }),
    );
    return found.map(({ id, name }) => ({ name: name === id ? id : `${name} (${id})`, value: id }));
  } catch (error) {
    throw toNodeError(context.getNode(), error);
  }
}
