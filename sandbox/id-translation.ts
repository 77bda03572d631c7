import type { App, Member } from './company';
import type { Contacts } from './contacts';

const PLACEHOLDER = /\$(departmentName|userName|userAlias|userAliasOrName)=([^$\s]{1,64})\$/g;

const NAMES: Readonly<Record<string, (member: Member) => string | undefined>> = {
  userName: ({ name }) => name,
  userAlias: ({ alias }) => alias,
  userAliasOrName: ({ alias, name }) => alias ?? name,
};

/**
 * Replaces `$userName=ID$`, `$userAlias=ID$`, `$userAliasOrName=ID$` and `$departmentName=ID$` (`enable_id_trans`, doc
 * 90236). What names nobody, or nobody the app sees, stays as it is written; so does `$userAlias=ID$` of a member
 * without alias.
 */
export function translateIds(text: string, app: App, contacts: Contacts): string {
  return text.replace(PLACEHOLDER, (placeholder: string, kind: string, id: string) => {
    if (kind === 'departmentName') {
      const department = contacts.department(Number(id));
      return department && contacts.visibleDepartments(app).has(department.id) ? department.name : placeholder;
    }
    const member = contacts.member(id);
    return (member && contacts.visibleMembers(app).has(member) && NAMES[kind]?.(member)) || placeholder;
  });
}
