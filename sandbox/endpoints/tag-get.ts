import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

/** Members and departments of a tag, as far as the app sees them. */
export const tagGet: Endpoint = {
  path: 'tag/get',
  method: 'GET',
  caller: 'app',
  emptyData: { userlist: [], partylist: [] },
  answer({ state: { contacts }, app, query }) {
    if (!query['tagid']) throw new Refusal(41017);
    const tag = contacts.tag(Number(query['tagid']));
    if (!tag) throw new Refusal(40068);
    const visible = contacts.visibleMembers(app);
    const members = tag.users
      .flatMap((userid) => contacts.member(userid) ?? [])
      .filter((member) => visible.has(member));
    return {
      tagname: tag.tagname,
      userlist: members.map(({ userid, name }) => ({ userid, name })),
      partylist: tag.parties.filter((id) => contacts.visibleDepartments(app).has(id)),
    };
  },
};
