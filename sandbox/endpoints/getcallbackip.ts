import type { Endpoint } from './endpoint';

/** The addresses callbacks come from; some are written with a wildcard. */
export const getcallbackip: Endpoint = {
  path: 'getcallbackip',
  method: 'GET',
  caller: 'anybody',
  emptyData: { ip_list: [] },
  answer: () => ({ ip_list: ['127.0.0.1', '127.0.0.*'] }),
};
