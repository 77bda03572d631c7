import { loadBrowserModule } from '../drawing/browser-modules';
import type { Json } from './client';

const { conversationsOf, keysOf } = loadBrowserModule('sandbox/page/conversations.js');

describe('the list on the left', () => {
  const company = {
    departments: [{ id: 1, name: '总部', name_en: 'Head' }],
    members: [{ userid: 'zhangsan', name: '张三', department: [1], licensed: true }],
    robots: [
      { id: 'a', name: 'A', group: 'G' },
      { id: 'b', name: 'B', group: 'G' },
    ],
  };
  const chats = [{ chatid: 'team', name: '', userlist: ['zhangsan', 'lisi'], dismissed: true }];
  const listed = conversationsOf(company, chats);

  test('has everything, groups of robots, app chats, and members', () => {
    expect(listed.map(({ name, subtitle }: Json) => [name, subtitle])).toEqual([
      ['Everyone', expect.any(String)],
      ['G', 'A, B'],
      ['Group chat', 'team · 2 members · dismissed'],
      ['张三', 'zhangsan · Head'],
    ]);
  });

  test.each([
    ['of an app', { to: 'app', delivered_to: ['zhangsan'] }, ['member zhangsan']],
    ['of a robot', { to: 'robot', robot: { group: 'G' }, delivered_to: ['zhangsan'] }, ['group G']],
    ['to a chat', { to: 'chat', chatid: 'team', delivered_to: ['zhangsan'] }, ['chat team']],
  ])('puts a message %s where members look for it', (_what, message, keys) => {
    expect(keysOf(message)).toEqual(keys);
    expect(listed.filter(({ holds }: Json) => holds(message)).map(({ key }: Json) => key)).toEqual(['', ...keys]);
  });
});
