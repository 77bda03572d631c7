import { Refusal } from '../errors';
import type { Endpoint } from './endpoint';

const MAX_LIMIT = 10_000;

/**
 * Doc 96067: userids page by page, for contacts sync only. A member of several departments comes once per department.
 */
export const userListId: Endpoint = {
  path: 'user/list_id',
  method: 'POST',
  caller: 'contacts-sync',
  emptyData: { dept_user: [] },
  answer({ state: { company }, body }) {
    const cursor = body.string(body.root, 'cursor') || cursorAt(0);
    const limit = body.integer(body.root, 'limit') ?? MAX_LIMIT;
    if (limit < 1 || limit > MAX_LIMIT) throw new Refusal(40058);
    const start = positionOf(cursor);
    const all = company.members.flatMap(({ userid, department }) =>
      department.map((id) => ({ userid, department: id })),
    );
    if (start === undefined || start > all.length) throw new Refusal(50100);
    const end = start + limit;
    return { next_cursor: end < all.length ? cursorAt(end) : '', dept_user: all.slice(start, end) };
  },
};

/** A cursor is opaque to the caller; this one holds a position. */
function cursorAt(position: number): string {
  return Buffer.from(`position ${position}`).toString('base64url');
}

function positionOf(cursor: string): number | undefined {
  const position = /^position (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return position === undefined ? undefined : Number(position);
}
