import { drawMessage } from './draw-message.js';
import { element } from './element.js';
import { language, words } from './words.js';

const EVERYONE = '';
/** As many messages are loaded and kept in the page; the sandbox keeps more. */
const KEPT = 500;
/** A list of thousands of members is found by searching, not by scrolling. */
const LISTED_MEMBERS = 200;
const SAME_MOMENT_MS = 5 * 60_000;

const at = (id) => document.getElementById(id);
let company;
let messages = [];
let chosen = EVERYONE;
const unread = new Map();

start();

async function start() {
  document.documentElement.lang = language;
  at('search').placeholder = words.search;
  at('show-access').textContent = words.access;
  at('search').addEventListener('input', drawMembers);
  at('show-access').addEventListener('click', showAccess);
  at('back').addEventListener('click', () => (document.body.dataset.view = 'members'));

  const events = new EventSource('sandbox/events');
  // Also after a break: whatever came meanwhile is loaded with the rest.
  events.addEventListener('open', load);
  events.addEventListener('reset', load);
  events.addEventListener('message', ({ data }) => receive(JSON.parse(data)));
  events.addEventListener('error', () => (at('connection').textContent = words.offline));
}

async function load() {
  const [companyNow, messagesNow] = await Promise.all(
    ['sandbox/company', `sandbox/messages?limit=${KEPT}`].map(async (address) => (await fetch(address)).json()),
  );
  company = companyNow;
  messages = messagesNow;
  at('connection').textContent = '';
  at('company').textContent = company.name;
  unread.clear();
  for (const message of messages) countUnread(message);
  drawMembers();
  drawStream();
}

function receive(message) {
  if (!company || messages.some(({ msgid }) => msgid === message.msgid)) return;
  messages = [...messages.slice(1 - KEPT), message];
  countUnread(message);
  scheduleMembers();
  if (!belongs(message)) return;
  const stream = at('stream');
  const atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
  stream.querySelector('.empty')?.remove();
  stream.append(...drawEntry(message, messages.filter(belongs).at(-2)));
  if (stream.childElementCount > 3 * KEPT) drawStream();
  if (atEnd) stream.scrollTop = stream.scrollHeight;
}

function countUnread({ delivered_to }) {
  for (const userid of delivered_to) if (userid !== chosen) unread.set(userid, (unread.get(userid) ?? 0) + 1);
}

function belongs({ delivered_to }) {
  return chosen === EVERYONE || delivered_to.includes(chosen);
}

function choose(userid) {
  chosen = userid;
  unread.delete(userid);
  document.body.dataset.view = 'stream';
  drawMembers();
  drawStream();
}

let membersDrawing;
/** Many messages at once redraw the list once. */
function scheduleMembers() {
  membersDrawing ??= requestAnimationFrame(() => {
    membersDrawing = undefined;
    drawMembers();
  });
}

function drawMembers() {
  const wanted = at('search').value.trim().toLowerCase();
  const found = company.members.filter(({ userid, name }) => `${userid} ${name}`.toLowerCase().includes(wanted));
  const rows = found.slice(0, LISTED_MEMBERS).map((member) =>
    drawMember(member.userid, member.name, [departmentsOf(member), member.licensed ? '' : words.noLicence].filter(Boolean).join(' · ')),
  );
  const everyone = wanted ? [] : [drawMember(EVERYONE, words.everyone, words.everyoneHint)];
  at('members').replaceChildren(...everyone, ...rows);
}

function drawMember(userid, name, subtitle) {
  const count = unread.get(userid);
  const row = element(
    'button.member',
    { type: 'button', title: userid },
    avatar(name, userid),
    element('span.names', {}, element('strong', {}, name), element('small', {}, subtitle)),
    count ? element('span.unread', {}, count > 99 ? '99+' : String(count)) : '',
  );
  row.setAttribute('aria-current', String(userid === chosen));
  row.addEventListener('click', () => choose(userid));
  return row;
}

function departmentsOf({ department }) {
  return department.map((id) => departmentName(company.departments.find((one) => one.id === id))).join(', ');
}

function departmentName(department) {
  return (language === 'zh' ? department?.name : department?.name_en) ?? '';
}

/** A square with the first character, in a colour that belongs to the id. */
function avatar(name, id) {
  const square = element('span.avatar', {}, [...name][0] ?? '?');
  const hue = [...String(id)].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 360, 210);
  square.style.setProperty('--hue', hue);
  return square;
}

function drawStream() {
  const member = company.members.find(({ userid }) => userid === chosen);
  at('who').textContent = member?.name ?? words.everyone;
  at('whose').textContent = member ? `${member.userid} · ${departmentsOf(member)}` : words.everyoneHint;
  const visible = messages.filter(belongs);
  const stream = at('stream');
  if (visible.length === 0) {
    stream.replaceChildren(element('div.empty', {}, element('strong', {}, words.empty), element('p', {}, words.emptyHint), drawAccess()));
    return;
  }
  stream.replaceChildren(...visible.flatMap((message, index) => drawEntry(message, visible[index - 1])));
  stream.scrollTop = stream.scrollHeight;
}

/** A message with its sender, below the time when a while has passed. */
function drawEntry(message, previous) {
  const time = new Date(message.time);
  const sameMoment = previous && Math.abs(time - new Date(previous.time)) < SAME_MOMENT_MS;
  const app = company.apps.find(({ agentid }) => agentid === message.agentid);
  const entry = element(
    'article',
    {},
    avatar(app.name, app.agentid),
    element(
      'div.content',
      {},
      element('div.sender', {}, app.name, drawSafe(message.safe)),
      drawMessage(message),
      ...(chosen === EVERYONE ? drawDelivery(message) : []),
    ),
  );
  return sameMoment ? [entry] : [element('time', { dateTime: message.time }, time.toLocaleString(language)), entry];
}

function drawSafe(safe) {
  return safe ? element('span.safe', {}, safe === 2 ? words.internal : words.confidential) : '';
}

function drawDelivery({ delivered_to, dropped_for, invaliduser, invalidparty, invalidtag, unlicenseduser, duplicates }) {
  const unreachable = [...invaliduser, ...invalidparty, ...invalidtag, ...unlicenseduser];
  return [
    element('p.delivery', {}, `${words.to}: ${names(delivered_to) || words.nobody}`),
    dropped_for.length > 0 ? element('p.delivery.problem', {}, `${words.dropped}: ${names(dropped_for)}`) : '',
    unreachable.length > 0 ? element('p.delivery.problem', {}, `${words.unreachable}: ${unreachable.slice(0, 8).join(', ')}`) : '',
    duplicates > 0 ? element('p.delivery', {}, words.duplicates(duplicates)) : '',
  ];
}

function names(userids) {
  const shown = userids.slice(0, 5).map((userid) => company.members.find((member) => member.userid === userid)?.name ?? userid);
  const rest = userids.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` ${words.more(rest)}` : '');
}

function showAccess() {
  const close = element('button', { type: 'button' }, words.close);
  close.addEventListener('click', () => at('access').close());
  at('access').replaceChildren(element('h2', {}, words.access), drawAccess(), element('footer', {}, element('span'), close));
  at('access').showModal();
}

/** What to enter to send a first message. */
function drawAccess() {
  const [app] = company.apps;
  const rows = [
    [words.baseUrl, location.origin],
    [words.corpId, company.corpId],
    [words.agentId, app.agentid],
    [words.secret, app.secret],
  ];
  return element(
    'div.access',
    {},
    element('p', {}, words.accessHint),
    element('dl', {}, ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, element('code', {}, String(value)))])),
  );
}
