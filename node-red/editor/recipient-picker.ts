import { askRuntime, typedLogin, typedPassword } from './ask-runtime';
import type { Settings } from './ask-runtime';
import type { Translate } from './translate';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** More rows than this make a browser slow; nobody scrolls that far, and the search finds the others. */
const SHOWN = 200;

interface Picking {
  readonly t: Translate;
  /** `touser`, `toparty` or `totag`. */
  readonly field: string;
  readonly title: string;
  /** Id of the config node that was chosen in the dialog. */
  readonly appId: string;
  readonly target: JQuery;
  /** The ids that stand in the field. */
  readonly ids: readonly string[];
  readonly chosen: (ids: string[]) => void;
}

/** A list with check boxes and a search of those whom the app can reach, next to the button. */
export function pickRecipients({ t, field, title, appId, target, ids, chosen }: Picking): void {
  const content = $('<div class="wecom-picker"></div>');
  $('<div class="wecom-picker-title"></div>').text(title).appendTo(content);
  const panel = RED.popover.panel(content);
  const body = $('<div class="wecom-picker-body"></div>').appendTo(content);
  const foot = $('<div class="wecom-picker-foot"></div>').appendTo(content);
  const count = $('<span class="wecom-hint"></span>').appendTo(foot);
  $('<button type="button" class="red-ui-button"></button>')
    .text(t('pick.cancel'))
    .on('click', () => panel.hide())
    .appendTo(foot);
  const done = $('<button type="button" class="red-ui-button primary"></button>')
    .text(t('pick.done'))
    .prop('disabled', true)
    .appendTo(foot);

  content.on('keydown', (event) => {
    // The editor's own shortcuts must not see keys whose target has left the page, nor submit the search as a form.
    if (event.key === 'Enter' && $(event.target).is('input[type=text]')) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    panel.hide();
    target.trigger('focus');
  });
  const say = (text: string, bad = false) =>
    body.empty().append($('<div class="wecom-picker-note"></div>').toggleClass('wecom-bad', bad).text(text));
  const settings = settingsOf(appId);
  say(t(settings ? 'pick.loading' : 'pick.noApp'), !settings);
  panel.show({ target, align: 'right' });
  if (!settings) return;

  void askRuntime(`wecom-app/contacts/${field}`, settings).then(
    ({ ok, choices = [], message = '' }) => (ok ? offer(choices) : say(message, true)),
    (error: Error) => say(t('pick.unreachable', { status: error.message }), true),
  );

  function offer(choices: readonly Choice[]): void {
    if (choices.length === 0 && ids.length === 0) {
      say(t('pick.empty'));
      return;
    }
    const checked = checkList(body.empty(), choices, { t, title, ids, count });
    done.prop('disabled', false).on('click', () => {
      chosen([...checked.values()]);
      panel.hide();
    });
  }
}

interface Listing extends Pick<Picking, 't' | 'title' | 'ids'> {
  /** Says how many are checked. */
  readonly count: JQuery;
}

/**
 * Check boxes with a search. Gives the checked ones, by their ids in lower case: WeCom compares user IDs without case.
 */
function checkList(body: JQuery, choices: readonly Choice[], { t, title, ids, count }: Listing): Map<string, string> {
  const checked = new Map(ids.map((id) => [id.toLowerCase(), id]));
  const known = new Set(choices.map(({ id }) => id.toLowerCase()));
  const all = [
    ...ids.filter((id) => !known.has(id.toLowerCase())).map((id) => ({ id, name: t('pick.typed') })),
    ...choices,
  ];
  const search = $<HTMLInputElement>('<input type="text">')
    .attr('placeholder', t('pick.search'))
    .appendTo($('<div class="wecom-picker-search"></div>').appendTo(body));
  const rows = $('<div class="wecom-picker-rows" role="group"></div>').attr('aria-label', title).appendTo(body);
  const note = (text: string) => rows.append($('<div class="wecom-picker-note"></div>').text(text));
  const tell = () => count.text(t('pick.chosen', { count: checked.size }));
  const draw = () => {
    const word = String(search.val() ?? '')
      .trim()
      .toLowerCase();
    const found = all.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(word));
    rows.empty();
    for (const choice of found.slice(0, SHOWN)) rows.append(checkRow(choice, checked, tell));
    if (found.length === 0) note(t('pick.none'));
    if (found.length > SHOWN) note(t('pick.more', { count: found.length - SHOWN }));
  };
  // The box tells of keys only; pasted text and input methods count as well.
  search.searchBox({ delay: 0, change: draw });
  search.on('input', draw);
  draw();
  tell();
  search.trigger('focus');
  return checked;
}

function checkRow({ id, name }: Choice, checked: Map<string, string>, tell: () => void): JQuery {
  const key = id.toLowerCase();
  const box = $('<input type="checkbox">').prop('checked', checked.has(key));
  box.on('change', () => {
    if (box.prop('checked')) checked.set(key, id);
    else checked.delete(key);
    tell();
  });
  return $('<label class="wecom-picker-row"></label>').append(
    box,
    $('<span class="wecom-picker-name"></span>').text(name),
    $('<code></code>').text(id),
  );
}

/** The settings of an app as the editor has them, deployed or not. */
function settingsOf(appId: string): Settings | undefined {
  const app = RED.nodes.node(appId);
  if (!app) return undefined;
  const { corpId, agentId, baseUrl, proxy, timeout, credentials } = app;
  const { secret, proxyUser, proxyPassword } = credentials ?? {};
  const login = { ...(proxyUser !== undefined && { proxyUser }), ...typedLogin(proxyPassword) };
  return { id: app.id, corpId, agentId, baseUrl, proxy, timeout, ...typedPassword('secret', secret), ...login };
}
