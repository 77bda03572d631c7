import type { Endpoint } from './endpoint';
import { departmentsOf } from './department-list';

/** Doc 95350: ids without names, which contacts sync may read from any IP; it sees all departments. */
export const departmentSimplelist: Endpoint = {
  path: 'department/simplelist',
  method: 'GET',
  caller: 'anybody',
  emptyData: { department_id: [] },
  answer: ({ state, holder, query }) => ({
    department_id: departmentsOf(state, holder, query['id']).map(({ id, parentid, order }) => ({
      id,
      parentid,
      order,
    })),
  }),
};
