import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';
import { requireOwnAgent } from '../own-agent';

/** Doc 90227. */
export const agentGet: Endpoint = {
  path: 'agent/get',
  method: 'GET',
  caller: 'app',
  answer({ state, app, query }) {
    if (!query['agentid']) throw new Refusal(41011);
    requireOwnAgent(Number(query['agentid']), app, state.company);
    return {
      agentid: app.agentid,
      name: app.name,
      square_logo_url: '',
      description: app.description,
      allow_userinfos: { user: app.visible.users.map((userid) => ({ userid })) },
      allow_partys: { partyid: app.visible.parties },
      allow_tags: { tagid: app.visible.tags },
      close: 0,
      redirect_domain: '',
      report_location_flag: 0,
      isreportenter: 0,
      home_url: '',
      customized_publish_status: 1,
    };
  },
};
