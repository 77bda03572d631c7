import type { Call } from './call';
import { endpoints } from './endpoints';

/** One entry of a list people choose recipients from. */
export interface ContactChoice {
  /** User ID, department ID or tag ID, as a recipient field takes it. */
  readonly id: string;
  /** What people call it; the ID where WeCom gives no name. */
  readonly name: string;
}

/** The departments an app can see, parents before children, with the whole path as name (doc 90208). */
export async function listDepartments(call: Call, signal?: AbortSignal): Promise<ContactChoice[]> {
  const departments = await fetchDepartments(call, signal);
  const byId = new Map(departments.map((department) => [department.id, department]));
  const pathOf = (id: number, seen = new Set<number>()): string => {
    const department = byId.get(id);
    if (!department || seen.has(id)) return '';
    seen.add(id);
    const parent = pathOf(department.parentid, seen);
    return parent === '' ? department.name : `${parent} / ${department.name}`;
  };
  return departments.map(({ id }) => ({ id: String(id), name: pathOf(id) })).sort(byName);
}

/**
 * The members an app can see (doc 90200), by department: the flag for sub-departments exists in old
 * copies of the page only, so every visible department is asked, a few at a time.
 */
export async function listMembers(call: Call, signal?: AbortSignal): Promise<ContactChoice[]> {
  const departments = await fetchDepartments(call, signal);
  const members = new Map<string, ContactChoice>();
  for (let start = 0; start < departments.length; start += PARALLEL_LOOKUPS) {
    const replies = await Promise.all(
      departments
        .slice(start, start + PARALLEL_LOOKUPS)
        .map(({ id }) => call(endpoints.listMembers, { query: { department_id: id }, ...(signal && { signal }) })),
    );
    for (const { userid, name } of replies.flatMap((reply) =>
      entries<{ userid?: string; name?: string }>(reply['userlist']),
    )) {
      if (userid) members.set(userid, { id: userid, name: name || userid });
    }
  }
  return [...members.values()].sort(byName);
}

/** The tags of the company (doc 90216). */
export async function listTags(call: Call, signal?: AbortSignal): Promise<ContactChoice[]> {
  const reply = await call(endpoints.listTags, signal && { signal });
  return entries<{ tagid: number; tagname?: string }>(reply['taglist'])
    .map(({ tagid, tagname }) => ({ id: String(tagid), name: tagname || String(tagid) }))
    .sort(byName);
}

// About five parallel calls are safe (45033, section 12).
const PARALLEL_LOOKUPS = 4;

interface Department {
  readonly id: number;
  readonly name: string;
  readonly parentid: number;
}

async function fetchDepartments(call: Call, signal?: AbortSignal): Promise<Department[]> {
  const reply = await call(endpoints.listDepartments, signal && { signal });
  // Apps created since 2022 may get departments without names; an id still tells people more than nothing.
  return entries<Partial<Department> & { id: number }>(reply['department']).map(({ id, name, parentid }) => ({
    id,
    name: name || String(id),
    parentid: parentid ?? 0,
  }));
}

function entries<Entry>(list: unknown): Entry[] {
  return Array.isArray(list) ? (list as Entry[]) : [];
}

function byName(a: ContactChoice, b: ContactChoice): number {
  return a.name.localeCompare(b.name, 'zh-CN') || a.id.localeCompare(b.id);
}
