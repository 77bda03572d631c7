import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

/** Doc 90208: the departments an app sees, with those below; `id` narrows it to one department and those below it. */
export const departmentList: Endpoint = {
  path: 'department/list',
  method: 'GET',
  caller: 'app',
  emptyData: { department: [] },
  answer({ state, app, query }) {
    const visible = state.contacts.visibleDepartments(app);
    let departments = state.company.departments;
    if (query['id']) {
      const id = Number(query['id']);
      if (!state.contacts.department(id)) throw new Refusal(60003);
      if (!visible.has(id)) throw new Refusal(60011);
      const wanted = new Set(state.contacts.subtree(id));
      departments = departments.filter((department) => wanted.has(department.id));
    }
    return {
      department: departments
        .filter(({ id }) => visible.has(id))
        .map((department) => ({ ...department, department_leader: [] })),
    };
  },
};
