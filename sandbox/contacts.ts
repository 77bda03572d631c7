import type { App, Company, Department, Member, Tag } from './company';

/**
 * Answers questions about who is where and who may be seen by which app. Built once per company, asked for every
 * message.
 */
export class Contacts {
  private readonly members = new Map<string, Member>();
  private readonly byMobile = new Map<string, Member>();
  private readonly departments = new Map<number, Department>();
  private readonly tags = new Map<number, Tag>();
  private readonly children = new Map<number, number[]>();
  private readonly directMembers = new Map<number, Member[]>();
  private readonly ranges = new Map<App, { members: Set<Member>; departments: Set<number> }>();

  constructor(company: Company) {
    for (const department of company.departments) {
      this.departments.set(department.id, department);
      this.children.set(department.parentid, [...(this.children.get(department.parentid) ?? []), department.id]);
      this.directMembers.set(department.id, []);
    }
    for (const member of company.members) {
      this.members.set(member.userid.toLowerCase(), member);
      this.byMobile.set(member.mobile, member);
      for (const id of member.department) this.directMembers.get(id)?.push(member);
    }
    for (const tag of company.tags) this.tags.set(tag.tagid, tag);
    for (const app of company.apps) this.ranges.set(app, this.visibleRange(app));
  }

  /** The member with this userid, in any case of letters. */
  member(userid: string): Member | undefined {
    return this.members.get(userid.toLowerCase());
  }

  memberByMobile(mobile: string): Member | undefined {
    return this.byMobile.get(mobile);
  }

  department(id: number): Department | undefined {
    return this.departments.get(id);
  }

  tag(id: number): Tag | undefined {
    return this.tags.get(id);
  }

  /** A department and everything below it, as ids. */
  subtree(id: number): number[] {
    return [id, ...(this.children.get(id) ?? []).flatMap((child) => this.subtree(child))];
  }

  /** Members of one department, without sub-departments. */
  membersIn(departmentId: number): readonly Member[] {
    return this.directMembers.get(departmentId) ?? [];
  }

  /** Members of a department and of all departments below it. */
  membersBelow(departmentId: number): Member[] {
    return this.subtree(departmentId).flatMap((id) => this.membersIn(id));
  }

  /** Members a tag names, by themselves or through a department. */
  membersTagged(tag: Tag): Member[] {
    const named = tag.users.flatMap((userid) => this.member(userid) ?? []);
    return [...named, ...tag.parties.flatMap((id) => this.membersBelow(id))];
  }

  /** The members an app may see and send to. */
  visibleMembers(app: App): ReadonlySet<Member> {
    return this.ranges.get(app)?.members ?? new Set();
  }

  /** The departments an app may see and send to, as ids. */
  visibleDepartments(app: App): ReadonlySet<number> {
    return this.ranges.get(app)?.departments ?? new Set();
  }

  private visibleRange({ visible }: App): { members: Set<Member>; departments: Set<number> } {
    const tags = visible.tags.flatMap((id) => this.tags.get(id) ?? []);
    const departments = [...visible.parties, ...tags.flatMap((tag) => tag.parties)].flatMap((id) => this.subtree(id));
    const members = [
      ...departments.flatMap((id) => this.membersIn(id)),
      ...tags.flatMap((tag) => this.membersTagged(tag)),
      ...visible.users.flatMap((userid) => this.member(userid) ?? []),
    ];
    return { members: new Set(members), departments: new Set(departments) };
  }
}
