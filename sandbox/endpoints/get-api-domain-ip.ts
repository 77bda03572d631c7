import type { Endpoint } from './endpoint';

/** Doc 92520: the addresses to open in an outbound firewall. */
export const getApiDomainIp: Endpoint = {
  path: 'get_api_domain_ip',
  method: 'GET',
  caller: 'anybody',
  emptyData: { ip_list: [] },
  answer: () => ({ ip_list: ['127.0.0.1'] }),
};
