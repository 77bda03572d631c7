import type { Contacts } from './contacts';

const PLACEHOLDER = /\$(departmentName|userName|userAlias|userAliasOrName)=([^$\s]{1,64})\$/g;

/** Replaces `$userName=ID$` and `$departmentName=ID$` (`enable_id_trans`, doc 90236); what names nobody stays as it is. */
export function translateIds(text: string, contacts: Contacts): string {
  return text.replace(PLACEHOLDER, (placeholder: string, kind: string, id: string) => {
    const name = kind === 'departmentName' ? contacts.department(Number(id))?.name : contacts.member(id)?.name;
    return name ?? placeholder;
  });
}
