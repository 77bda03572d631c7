import { element } from '../../drawing/element.js';
import { words } from './words.js';

const COPIED_MS = 1500;

/**
 * What to enter to send a message.
 * @param {'first app' | 'everything'} extent
 */
export function drawAccess({ corpId, apps, contactsSyncSecret, robots }, extent) {
  const shown = extent === 'everything' ? apps : apps.slice(0, 1);
  return element(
    'div.access',
    {},
    element('p', {}, words.accessHint),
    drawRows([
      [words.baseUrl, location.origin],
      [words.corpId, corpId],
    ]),
    ...shown.flatMap(({ name, agentid, secret, description }) => [
      element('h3', {}, name),
      extent === 'everything' ? element('p.note', {}, words.apps[agentid] ?? description) : '',
      drawRows([
        [words.agentId, agentid],
        [words.secret, secret],
      ]),
    ]),
    ...(extent === 'everything'
      ? [element('h3', {}, words.contactsSync), drawRows([[words.secret, contactsSyncSecret]])]
      : []),
    element('h3', {}, words.robots),
    drawRows(robots.map(({ name, key }) => [name, `${location.origin}/cgi-bin/webhook/send?key=${key}`])),
  );
}

function drawRows(rows) {
  return element(
    'dl',
    {},
    ...rows.flatMap(([name, value]) => [element('dt', {}, name), drawValue(name, String(value))]),
  );
}

function drawValue(name, value) {
  const copy = element('button.copy', { type: 'button', title: `${words.copy}${words.colon}${name}` }, words.copy);
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(value);
    copy.textContent = words.copied;
    setTimeout(() => (copy.textContent = words.copy), COPIED_MS);
  });
  return element('dd', {}, element('code', {}, value), copy);
}
