import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

/** Doc 90200: members of a department. `fetch_child=1` of older documentation still brings sub-departments with it. */
export const userSimplelist: Endpoint = {
  path: 'user/simplelist',
  method: 'GET',
  caller: 'app',
  refusesContactsSync: 48009,
  emptyData: { userlist: [] },
  answer({ state: { contacts }, app, query }) {
    const id = Number(query['department_id']);
    if (!query['department_id'] || !Number.isInteger(id)) throw new Refusal(60123);
    if (!contacts.department(id)) throw new Refusal(60003);
    if (!contacts.visibleDepartments(app).has(id)) throw new Refusal(60011);
    const members = query['fetch_child'] === '1' ? new Set(contacts.membersBelow(id)) : contacts.membersIn(id);
    return { userlist: [...members].map(({ userid, name, department }) => ({ userid, name, department })) };
  },
};
