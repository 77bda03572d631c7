import type { Call } from '../../core/api/call';
import { listDepartments, listMembers, listTags } from '../../core/api/contacts';

type Payload = Parameters<Call>[1];
type Answer = Readonly<Record<string, unknown>>;

/** Answers by endpoint, and remembers what was asked and how many calls ran side by side. */
function company(answers: Readonly<Record<string, Answer | ((payload: Payload) => Answer)>>) {
  const asked: { path: string; payload: Payload }[] = [];
  let running = 0;
  const most = { parallel: 0 };
  const call: Call = async ({ path }, payload) => {
    asked.push({ path, payload });
    most.parallel = Math.max(most.parallel, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    const answer = answers[path.replace('/cgi-bin/', '')];
    return (typeof answer === 'function' ? answer(payload) : answer) as Answer;
  };
  return { call, asked, most };
}

describe('departments to choose from', () => {
  const names = async (department: unknown) =>
    (await listDepartments(company({ 'department/list': { department } }).call)).map(({ id, name }) => `${id} ${name}`);

  it('have their whole path as name, whatever the order of the answer', async () => {
    expect(
      await names([
        { id: 3, name: 'c', parentid: 2 },
        { id: 1, name: 'a', parentid: 0 },
        { id: 2, name: 'b', parentid: 1 },
      ]),
    ).toEqual(['1 a', '2 a / b', '3 a / b / c']);
  });

  it('begin at the first one that the app can see', async () => {
    expect(await names([{ id: 3, name: 'c', parentid: 2 }])).toEqual(['3 c']);
    expect(await names([{ id: 3, name: 'c' }])).toEqual(['3 c']);
  });

  it('are called by their id where WeCom gives no name', async () => {
    expect(
      await names([
        { id: 3, parentid: 2 },
        { id: 2, name: '', parentid: 0 },
      ]),
    ).toEqual(['2 2', '3 2 / 3']);
  });

  it('that are their own parents come to an end', async () => {
    expect(
      await names([
        { id: 1, name: 'a', parentid: 2 },
        { id: 2, name: 'b', parentid: 1 },
      ]),
    ).toEqual(['2 a / b', '1 b / a']);
  });

  it('are sorted as Chinese is, and by id where names are the same', async () => {
    expect(
      await names([
        { id: 1, name: '张' },
        { id: 2, name: '安' },
        { id: 4, name: '安' },
        { id: 3, name: '安' },
        { id: 5, name: '李' },
      ]),
    ).toEqual(['2 安', '3 安', '4 安', '5 李', '1 张']);
  });

  it.each([[undefined], [null], ['x'], [{}]])('are none when the answer has %j in their place', async (department) => {
    expect(await names(department)).toEqual([]);
  });
});

describe('members to choose from', () => {
  const departments = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `d${index + 1}`, parentid: 0 }));

  it('come from every department, four at a time, each member once', async () => {
    const { call, asked, most } = company({
      'department/list': { department: departments(9) },
      'user/simplelist': (payload: Payload) => ({
        userlist: [
          { userid: 'lisi', name: '李四' },
          { userid: `u${payload?.query?.['department_id']}`, name: '' },
        ],
      }),
    });
    expect((await listMembers(call)).map(({ id, name }) => `${id} ${name}`)).toEqual([
      'lisi 李四',
      ...Array.from({ length: 9 }, (_, index) => `u${index + 1} u${index + 1}`),
    ]);
    expect(asked.slice(1).map(({ path, payload }) => [path, payload])).toEqual(
      departments(9).map(({ id }) => ['/cgi-bin/user/simplelist', { query: { department_id: id } }]),
    );
    expect(most.parallel).toBe(4);
  });

  it('are sorted by name, whatever department they are in', async () => {
    const { call } = company({
      'department/list': { department: departments(2) },
      'user/simplelist': (payload: Payload) => ({
        userlist:
          payload?.query?.['department_id'] === 1
            ? [
                { userid: 'z', name: 'Zoe' },
                { userid: 'b', name: 'Bob' },
              ]
            : [{ userid: 'a', name: 'Ann' }],
      }),
    });
    expect((await listMembers(call)).map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Zoe']);
  });

  it('have an id, and an answer without a list has none of them', async () => {
    expect(
      await listMembers(
        company({
          'department/list': { department: departments(1) },
          'user/simplelist': { userlist: [{ name: 'nobody' }, { userid: '' }, { userid: 'a', name: 'A' }] },
        }).call,
      ),
    ).toEqual([{ id: 'a', name: 'A' }]);
    expect(
      await listMembers(company({ 'department/list': { department: departments(1) }, 'user/simplelist': {} }).call),
    ).toEqual([]);
    expect(await listMembers(company({ 'department/list': {} }).call)).toEqual([]);
  });
});

describe('tags to choose from', () => {
  it('are sorted by name and called by their id where they have none', async () => {
    const { call, asked } = company({
      'tag/list': { taglist: [{ tagid: 9, tagname: 'on call' }, { tagid: 8 }, { tagid: 7, tagname: 'admin' }] },
    });
    expect(await listTags(call)).toEqual([
      { id: '8', name: '8' },
      { id: '7', name: 'admin' },
      { id: '9', name: 'on call' },
    ]);
    expect(asked).toEqual([{ path: '/cgi-bin/tag/list', payload: undefined }]);
  });
});

test('every look-up can be cancelled', async () => {
  const { signal } = new AbortController();
  const { call, asked } = company({
    'department/list': { department: [{ id: 1 }] },
    'user/simplelist': {},
    'tag/list': {},
  });
  await listMembers(call, signal);
  await listTags(call, signal);
  expect(asked.map(({ path, payload }) => [path, payload?.signal === signal])).toEqual(
    ['department/list', 'user/simplelist', 'tag/list'].map((path) => [`/cgi-bin/${path}`, true]),
  );
});
