import { drawAccess } from './access.js';
import { conversationsOf, EVERYONE, keysOf } from './conversations.js';
import { drawMessage } from '../../drawing/draw-message.js';
import { element } from '../../drawing/element.js';
import { followEnd } from './follow-end.js';
import { openArticle } from './reader.js';
import { language, words } from './words.js';

/** As many messages are loaded and kept in the page; the sandbox keeps more. */
const KEPT = 500;
/** A list of thousands of members is found by searching, not by scrolling. */
const LISTED = 200;
const SAME_MOMENT_MS = 5 * 60_000;
/** How often the list of conversations is drawn while messages come. */
const LIST_EVERY_MS = 200;

const at = (id) => document.getElementById(id);
let company;
let membersById = new Map();
let conversations = [];
/** The newest messages by msgid, oldest first. */
let messages = new Map();
/** Messages that came and are drawn with the next frame. */
let arrived = [];
let loading = true;
let chosen = EVERYONE;
const unread = new Map();
/** The drawn messages of the stream by msgid, to draw one again when it changes. */
const drawn = new Map();
const end = followEnd(at('stream'), at('entries'));

start();

async function start() {
  document.documentElement.lang = language;
  at('search').placeholder = words.search;
  at('show-access').textContent = words.access;
  at('search').addEventListener('input', drawConversations);
  at('show-access').addEventListener('click', showAccess);
  at('back').addEventListener('click', () => (document.body.dataset.view = 'members'));

  const events = new EventSource('sandbox/events');
  // Also after a break: whatever came meanwhile is loaded with the rest.
  events.addEventListener('open', load);
  events.addEventListener('reset', load);
  events.addEventListener('message', ({ data }) => receive(JSON.parse(data)));
  events.addEventListener('changed', ({ data }) => change(JSON.parse(data)));
  events.addEventListener('chats', ({ data }) => listChats(JSON.parse(data)));
  events.addEventListener('error', () => (at('connection').textContent = words.offline));
}

async function load() {
  loading = true;
  const [companyNow, messagesNow, chatsNow] = await Promise.all(
    ['sandbox/company', `sandbox/messages?limit=${KEPT}`, 'sandbox/chats'].map(async (address) =>
      (await fetch(address)).json(),
    ),
  );
  company = companyNow;
  membersById = new Map(company.members.map((member) => [member.userid.toLowerCase(), member]));
  messages = new Map(messagesNow.map((message) => [message.msgid, message]));
  at('connection').textContent = '';
  at('company').textContent = company.name;
  unread.clear();
  for (const message of messages.values()) countUnread(message);
  listChats(chatsNow);
  drawStream();
  loading = false;
  if (arrived.length > 0) scheduleArrived();
}

function listChats(chats) {
  if (!company) return;
  conversations = conversationsOf(company, chats);
  if (!conversations.some(({ key }) => key === chosen)) choose(EVERYONE);
  else drawConversations();
}

/**
 * Many messages at once are drawn together, and only as many as are kept: a page in the background draws nothing at
 * all.
 */
function receive(message) {
  arrived.push(message);
  if (arrived.length > 2 * KEPT) arrived = arrived.slice(-KEPT);
  if (!loading) scheduleArrived();
}

let drawingArrived;
function scheduleArrived() {
  drawingArrived ??= requestAnimationFrame(() => {
    drawingArrived = undefined;
    if (!loading) drawArrived();
  });
}

function drawArrived() {
  const fresh = arrived.filter(({ msgid }) => !messages.has(msgid));
  arrived = [];
  const { holds } = conversation();
  let previous = [...messages.values()].findLast(holds);
  const entries = [];
  for (const message of fresh) {
    messages.set(message.msgid, message);
    countUnread(message);
    if (!holds(message)) continue;
    entries.push(...drawEntry(message, previous));
    previous = message;
  }
  forgetOldest();
  scheduleConversations();
  if (entries.length === 0) return;
  at('entries').querySelector('.empty')?.remove();
  at('entries').append(...entries);
  end.keep();
}

/** What is not kept is not shown either. */
function forgetOldest() {
  for (const msgid of messages.keys()) {
    if (messages.size <= KEPT) break;
    messages.delete(msgid);
    const article = drawn.get(msgid);
    drawn.delete(msgid);
    // The time above the oldest message that stays is kept.
    if (article?.previousElementSibling?.previousElementSibling === null) article.previousElementSibling.remove();
    article?.remove();
  }
}

/** A message was recalled, updated or repeated. */
function change(message) {
  const waiting = arrived.findIndex(({ msgid }) => msgid === message.msgid);
  if (waiting !== -1) arrived[waiting] = message;
  if (!messages.has(message.msgid)) return;
  messages.set(message.msgid, message);
  drawn.get(message.msgid)?.replaceWith(drawArticle(message));
}

function countUnread(message) {
  for (const key of keysOf(message)) if (key !== chosen) unread.set(key, (unread.get(key) ?? 0) + 1);
}

function conversation() {
  return conversations.find(({ key }) => key === chosen) ?? conversations[0];
}

function choose(key) {
  chosen = key;
  unread.delete(key);
  document.body.dataset.view = 'stream';
  drawConversations();
  drawStream();
}

let drawing;
/** Many messages at once redraw the list once. */
function scheduleConversations() {
  drawing ??= setTimeout(() => {
    drawing = undefined;
    drawConversations();
  }, LIST_EVERY_MS);
}

function drawConversations() {
  const wanted = at('search').value.trim().toLowerCase();
  const found = conversations.filter(({ key, name, subtitle }) =>
    `${key} ${name} ${subtitle}`.toLowerCase().includes(wanted),
  );
  const rows = (kind) =>
    found
      .filter((one) => one.kind === kind)
      .slice(0, LISTED)
      .map(drawConversation);
  const section = (title, list) => (list.length > 0 ? [element('h3', {}, title), ...list] : []);
  at('members').replaceChildren(
    ...(wanted ? [] : rows('everyone')),
    ...section(words.groups, rows('group')),
    ...section(words.membersTitle, rows('member')),
  );
}

function drawConversation({ key, name, subtitle }) {
  const count = unread.get(key);
  const row = element(
    'button.member',
    { type: 'button', title: subtitle },
    avatar(name, key.replace('member ', '')),
    element('span.names', {}, element('strong', {}, name), element('small', {}, subtitle)),
    count ? element('span.unread', {}, count > 99 ? '99+' : String(count)) : '',
  );
  row.setAttribute('aria-current', String(key === chosen));
  row.addEventListener('click', () => choose(key));
  return row;
}

/** A square with the first character, in a colour that belongs to the id. */
function avatar(name, id) {
  const square = element('span.avatar', {}, [...name][0] ?? '?');
  const hue = [...String(id)].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 360, 210);
  square.style.setProperty('--hue', hue);
  return square;
}

function drawStream() {
  const { name, subtitle, holds } = conversation();
  at('who').textContent = name;
  at('whose').textContent = subtitle;
  const visible = [...messages.values()].filter(holds);
  drawn.clear();
  if (visible.length === 0) {
    const access = drawAccess(company, 'first app');
    at('entries').replaceChildren(
      element('div.empty', {}, element('strong', {}, words.empty), element('p', {}, words.emptyHint), access),
    );
    return;
  }
  at('entries').replaceChildren(...visible.flatMap((message, index) => drawEntry(message, visible[index - 1])));
  end.show();
}

/** A message below the time, when a while has passed. */
function drawEntry(message, previous) {
  const time = new Date(message.time);
  const sameMoment = previous && Math.abs(time - new Date(previous.time)) < SAME_MOMENT_MS;
  const article = drawArticle(message);
  return sameMoment ? [article] : [element('time', { dateTime: message.time }, time.toLocaleString(language)), article];
}

/** A message with its sender. */
function drawArticle(message) {
  const sender = message.robot ?? company.apps.find(({ agentid }) => agentid === message.agentid);
  const article = element(
    'article',
    {},
    avatar(sender.name, sender.id ?? sender.agentid),
    element(
      'div.content',
      {},
      element('div.sender', {}, sender.name, drawSafe(message.safe)),
      ...drawContent(message),
      ...(chosen === EVERYONE ? drawDelivery(message) : []),
    ),
  );
  drawn.set(message.msgid, article);
  return article;
}

/** What was recalled is still to be seen where all messages are listed, for those who look for a mistake. */
function drawContent(message) {
  const content = drawMessage(message.msgtype, shownHere(message), {
    language,
    nameOf,
    mediaUrl,
    openArticle,
    isGroup: message.to !== 'app',
    byRobot: message.to === 'robot',
  });
  if (!message.recalled) return [content];
  const notice = element('p.recalled', {}, words.recalled);
  return chosen === EVERYONE ? [notice, element('div.dimmed', {}, content)] : [notice];
}

function mediaUrl(mediaId) {
  return `sandbox/media/${encodeURIComponent(mediaId)}`;
}

/** A card looks the way the chosen member sees it; to everyone, the way it was changed last. */
function shownHere({ shown, updates }) {
  const { userid } = conversation();
  const seen = userid === undefined ? updates : updates.filter(({ userids }) => userids.includes(userid));
  return seen.at(-1)?.shown ?? shown;
}

function drawSafe(safe) {
  return safe ? element('span.safe', {}, safe === 2 ? words.internal : words.confidential) : '';
}

function drawDelivery({
  to,
  robot,
  chatid,
  delivered_to,
  dropped_for,
  invaliduser,
  invalidparty,
  invalidtag,
  unlicenseduser,
  duplicates,
  updates,
  unread,
}) {
  const unreachable = [...invaliduser, ...invalidparty, ...invalidtag, ...unlicenseduser];
  const group = to === 'robot' ? robot.group : conversations.find(({ key }) => key === `chat ${chatid}`)?.name;
  const updated = [...new Set(updates.flatMap(({ userids }) => userids))];
  const ignored = [...new Set([...unread, ...updates.flatMap((update) => update.unread)])];
  return [
    element('p.delivery', {}, `${words.to}${words.colon}${group ?? (names(delivered_to) || words.nobody)}`),
    updated.length > 0 ? element('p.delivery', {}, `${words.updatedFor}${words.colon}${names(updated)}`) : '',
    dropped_for.length > 0
      ? element('p.delivery.problem', {}, `${words.dropped}${words.colon}${names(dropped_for)}`)
      : '',
    unreachable.length > 0
      ? element(
          'p.delivery.problem',
          {},
          `${words.unreachable}${words.colon}${unreachable.slice(0, 8).join(words.comma)}`,
        )
      : '',
    ignored.length > 0
      ? element('p.delivery.problem', {}, `${words.unread}${words.colon}${ignored.slice(0, 8).join(words.comma)}`)
      : '',
    duplicates > 0 ? element('p.delivery', {}, words.duplicates(duplicates)) : '',
  ];
}

/** The name of a member; `@all` and who is unknown stay as they are written. */
function nameOf(userid) {
  if (userid === '@all') return words.all;
  return membersById.get(userid.toLowerCase())?.name ?? userid;
}

function names(userids) {
  const rest = userids.length - 5;
  return userids.slice(0, 5).map(nameOf).join(words.comma) + (rest > 0 ? ` ${words.more(rest)}` : '');
}

function showAccess() {
  const close = element('button', { type: 'button' }, words.close);
  close.addEventListener('click', () => at('access').close());
  at('access').replaceChildren(
    element('h2', {}, words.access),
    drawAccess(company, 'everything'),
    element('footer', {}, element('span'), close),
  );
  at('access').showModal();
}
