import { language, words } from './words.js';

/**
 * The places messages appear in: everything, the groups, one member. `key` tells them apart, `holds` says which
 * messages belong there.
 * @typedef {{ key: string, kind: 'everyone' | 'group' | 'member', name: string, subtitle: string, holds: (message:
 *   object) => boolean }} Conversation
 */

export const EVERYONE = '';

/** @returns {Conversation[]} */
export function conversationsOf(company, chats) {
  return [
    { key: EVERYONE, kind: 'everyone', name: words.everyone, subtitle: words.everyoneHint, holds: () => true },
    ...robotGroups(company.robots),
    ...chats.map(chatConversation),
    ...company.members.map((member) => memberConversation(member, company)),
  ];
}

/** The conversations a message belongs to, besides everything. */
export function keysOf({ to, robot, chatid, delivered_to }) {
  if (to === 'robot') return [`group ${robot.group}`];
  return to === 'chat' ? [`chat ${chatid}`] : delivered_to.map((userid) => `member ${userid}`);
}

function robotGroups(robots) {
  return [...new Set(robots.map(({ group }) => group))].map((group) => {
    const inside = robots.filter((robot) => robot.group === group);
    return {
      key: `group ${group}`,
      kind: 'group',
      name: group,
      subtitle: inside.map(({ name }) => name).join(words.comma),
      holds: ({ robot }) => robot?.group === group,
    };
  });
}

function chatConversation({ chatid, name, userlist, dismissed }) {
  return {
    key: `chat ${chatid}`,
    kind: 'group',
    name: name || words.unnamedChat,
    subtitle: [chatid, words.members(userlist.length), dismissed ? words.dismissed : ''].filter(Boolean).join(' · '),
    holds: (message) => message.chatid === chatid,
  };
}

function memberConversation({ userid, name, department, licensed }, company) {
  const departments = department
    .map((id) => departmentName(company.departments.find((one) => one.id === id)))
    .join(words.comma);
  return {
    key: `member ${userid}`,
    kind: 'member',
    userid,
    name,
    subtitle: [userid, departments, licensed ? '' : words.noLicence].filter(Boolean).join(' · '),
    holds: ({ to, delivered_to }) => to === 'app' && delivered_to.includes(userid),
  };
}

function departmentName(department) {
  return (language === 'zh' ? department?.name : department?.name_en) ?? '';
}
