import type { Chance } from './chance';

/**
 * Captured answers of the real server: most have no list at all, some an empty `invaliduser`, and few look like the
 * documentation's.
 */
const SHARE_WITH_ALL_LISTS = 0.1;
const SHARE_WITH_INVALIDUSER = 0.25;

/** 81013 "may come with" the lists. */
const SHARE_OF_REFUSALS_WITH_LISTS = 0.5;

/** Who of those named does not get the message. */
export interface Lists {
  readonly invaliduser: string[];
  readonly invalidparty: string[];
  readonly invalidtag: string[];
  readonly unlicenseduser: string[];
}

/**
 * The lists of a reply, joined with `|`. One with somebody in it is always there; whether an empty one is there is
 * chance.
 */
export function listsOfReply(lists: Lists, chance: Chance): Record<string, string> {
  const allLists = chance.happens(SHARE_WITH_ALL_LISTS);
  const invaliduser = chance.happens(SHARE_WITH_INVALIDUSER);
  return Object.fromEntries(
    joined(lists).filter(([name, ids]) => ids !== '' || allLists || (name === 'invaliduser' && invaliduser)),
  );
}

/** The lists beside 81013: those with somebody in them, or none. */
export function listsOfRefusal(lists: Lists, chance: Chance): Record<string, string> {
  if (!chance.happens(SHARE_OF_REFUSALS_WITH_LISTS)) return {};
  return Object.fromEntries(joined(lists).filter(([, ids]) => ids !== ''));
}

function joined({ invaliduser, invalidparty, invalidtag, unlicenseduser }: Lists): (readonly [string, string])[] {
  return Object.entries({ invaliduser, invalidparty, invalidtag, unlicenseduser }).map(([name, ids]) => [
    name,
    ids.join('|'),
  ]);
}
