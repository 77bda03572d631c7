import type { Endpoint } from './endpoint';

/** The app of the token, and no other. */
export const agentList: Endpoint = {
  path: 'agent/list',
  method: 'GET',
  caller: 'app',
  emptyData: { agentlist: [] },
  answer: ({ app }) => ({ agentlist: [{ agentid: app.agentid, name: app.name, square_logo_url: '' }] }),
};
