import type { Department } from '../company';
import { Refusal } from '../errors';
import type { State } from '../state';
import type { TokenHolder } from '../tokens';
import type { Endpoint } from './endpoint';

/** Doc 90208: the departments an app sees, with those below; `id` narrows it to one department and those below it. */
export const departmentList: Endpoint = {
  path: 'department/list',
  method: 'GET',
  caller: 'app',
  refusesContactsSync: 48009,
  emptyData: { department: [] },
  answer: ({ state, app, query }) => ({
    department: departmentsOf(state, app, query['id']).map((department) => ({ ...department, department_leader: [] })),
  }),
};

/**
 * The departments the holder of a token sees, or those of them at and below `id`.
 * @throws Refusal 60003 no department has this id; 60011 it is out of sight
 */
export function departmentsOf({ company, contacts }: State, holder: TokenHolder, id: string | undefined): Department[] {
  const visible =
    holder === 'contacts-sync'
      ? new Set(company.departments.map((one) => one.id))
      : contacts.visibleDepartments(holder);
  const seen = company.departments.filter((one) => visible.has(one.id));
  if (!id) return seen;
  if (!contacts.department(Number(id))) throw new Refusal(60003);
  if (!visible.has(Number(id))) throw new Refusal(60011);
  const wanted = new Set(contacts.subtree(Number(id)));
  return seen.filter((one) => wanted.has(one.id));
}
