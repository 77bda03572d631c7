import type { App, Member } from './company';
import type { Contacts } from './contacts';
import { Refusal } from './errors';
import type { JsonObject, LenientBody } from './lenient-json';
import { listsOfRefusal } from './reply-lists';
import type { Lists } from './reply-lists';
import type { State } from './state';

/** Who a message names, sorted into those who can get it and those who cannot. */
export interface Resolved extends Lists {
  members: Member[];
}

/** The recipient fields as sent, before anybody is looked up. */
export type Named = { everyone: true } | { everyone: false; touser: string[]; toparty: string[]; totag: string[] };

/**
 * Reads touser, toparty and totag (doc 90236).
 * @throws Refusal 82001 nobody named; 40032, 82002, 82003 more than 1000 members, 100 departments, 100 tags
 */
export function readRecipients(body: LenientBody, message: JsonObject): Named {
  const touser = body.string(message, 'touser')?.trim();
  const toparty = list(body.string(message, 'toparty'));
  const totag = list(body.string(message, 'totag'));
  if (touser === '@all') return { everyone: true };
  const users = list(touser);
  if (users.length + toparty.length + totag.length === 0) throw new Refusal(82001);
  if (users.length > 1000) throw new Refusal(40032);
  if (toparty.length > 100) throw new Refusal(82002);
  if (totag.length > 100) throw new Refusal(82003);
  return { everyone: false, touser: users, toparty, totag };
}

/**
 * Looks up everybody who is named.
 * @throws Refusal 81013 when all of them are unknown, outside the app's visible range or without licence
 */
export function resolveRecipients(
  named: Named,
  app: App,
  { contacts, chance }: Pick<State, 'contacts' | 'chance'>,
): Resolved {
  const resolved = lookUp(named, app, contacts);
  const { members, invalidparty, invalidtag } = resolved;
  const groups = named.everyone ? 0 : named.toparty.length + named.totag.length;
  if (members.length === 0 && groups === invalidparty.length + invalidtag.length) {
    throw new Refusal(81013, { data: listsOfRefusal(resolved, chance) });
  }
  return resolved;
}

/** Looks up everybody who is named; nobody is counted twice. */
export function lookUp(named: Named, app: App, contacts: Contacts): Resolved {
  const visible = contacts.visibleMembers(app);
  const found = new Set<Member>();
  const invaliduser: string[] = [];
  const invalidparty: string[] = [];
  const invalidtag: string[] = [];

  if (named.everyone) {
    for (const member of visible) found.add(member);
  } else {
    for (const userid of named.touser) {
      const member = contacts.member(userid);
      if (member && visible.has(member)) found.add(member);
      else invaliduser.push(userid.toLowerCase());
    }
    for (const id of named.toparty) {
      if (contacts.visibleDepartments(app).has(Number(id))) {
        for (const member of contacts.membersBelow(Number(id))) found.add(member);
      } else invalidparty.push(id.toLowerCase());
    }
    for (const id of named.totag) {
      const tag = contacts.tag(Number(id));
      if (tag) {
        for (const member of contacts.membersTagged(tag)) if (visible.has(member)) found.add(member);
      } else invalidtag.push(id.toLowerCase());
    }
  }

  const members: Member[] = [];
  const unlicenseduser: string[] = [];
  for (const member of found) {
    if (member.licensed) members.push(member);
    else unlicenseduser.push(member.userid.toLowerCase());
  }
  return { members, invaliduser, invalidparty, invalidtag, unlicenseduser };
}

/** The official samples have blanks around the bar; they are taken to be harmless. */
function list(value: string | undefined): string[] {
  if (!value) return [];
  return value
    .split('|')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
