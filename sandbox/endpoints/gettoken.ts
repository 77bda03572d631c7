import type { Endpoint } from './endpoint';

/** Doc 91039. */
export const gettoken: Endpoint = {
  path: 'gettoken',
  method: 'GET',
  caller: 'nobody',
  answer: ({ state, query }) => state.tokens.issue(query['corpid'], query['corpsecret']),
};
