import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

/**
 * Doc 90196: one member as apps made since 2022-06-20 see it, without avatar, gender, mobile, email, QR code and
 * address.
 */
export const userGet: Endpoint = {
  path: 'user/get',
  method: 'GET',
  caller: 'app',
  refusesContactsSync: 48009,
  answer({ state: { contacts }, app, query }) {
    if (!query['userid']) throw new Refusal(41009);
    const member = contacts.member(query['userid']);
    if (!member || !contacts.visibleMembers(app).has(member)) throw new Refusal(60111);
    const { userid, name, alias = '', department } = member;
    return {
      userid,
      name,
      alias,
      department,
      main_department: department[0],
      order: department.map(() => 0),
      is_leader_in_dept: department.map(() => 0),
      direct_leader: [],
      position: '',
      telephone: '',
      status: 1,
      enable: 1,
    };
  },
};
