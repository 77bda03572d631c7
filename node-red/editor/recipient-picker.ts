import type { IdsOf } from '../../core/schema/field';
import { askRuntime, typedLogin, typedPassword } from './ask-runtime';
import type { Settings } from './ask-runtime';
import type { Translate } from './translate';

export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** More rows than this make a browser slow; nobody scrolls that far, and the search finds the others. */
const SHOWN = 200;

/** What the runtime calls the lists. */
const LISTS: Readonly<Record<IdsOf, string>> = { member: 'touser', department: 'toparty', tag: 'totag' };

interface Picking {
  readonly t: Translate;
  readonly idsOf: IdsOf;
  /** Whether several can be chosen. */
  readonly several: boolean;
  readonly title: string;
  /** Id of the config node that was chosen in the dialog. */
  readonly appId: string;
  readonly target: JQuery;
  /** The ids that stand in the field. */
  readonly ids: readonly string[];
  /** Gets the whole list as soon as it is there. */
  readonly listed: (choices: readonly Choice[]) => void;
  readonly chosen: (ids: string[]) => void;
}

/**
 * A list with check boxes and a search of those whom the app can reach, next to the button. What was ticked is taken
 * over by Done and by a click elsewhere; Cancel and Escape leave the field as it was.
 */
export function pickRecipients(picking: Picking): void {
  const { t, idsOf, title, appId, target, listed, chosen } = picking;
  const content = $('<div class="wecom-picker"></div>');
  $('<div class="wecom-picker-title"></div>').text(title).appendTo(content);
  const panel = RED.popover.panel(content);
  const body = $('<div class="wecom-picker-body"></div>').appendTo(content);
  const foot = $('<div class="wecom-picker-foot"></div>').appendTo(content);
  const count = $('<span class="wecom-hint"></span>').appendTo(foot);
  let checked: ReadonlyMap<string, string> | undefined;
  const take = () => {
    if (checked) chosen([...checked.values()]);
    checked = undefined;
  };
  const close = () => {
    checked = undefined;
    panel.hide();
    target.trigger('focus');
  };
  $('<button type="button" class="red-ui-button"></button>').text(t('pick.cancel')).on('click', close).appendTo(foot);
  const done = $('<button type="button" class="red-ui-button primary"></button>')
    .text(t('pick.done'))
    .prop('disabled', true)
    .on('click', () => {
      take();
      close();
    })
    .appendTo(foot);

  content.on('keydown', (event) => {
    // The editor's own shortcuts must not see keys whose target has left the page, nor submit the search as a form.
    if (event.key === 'Enter' && $(event.target).is('input[type=text]')) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  const say = (text: string, bad = false) =>
    body.empty().append($('<div class="wecom-picker-note"></div>').toggleClass('wecom-bad', bad).text(text));
  const settings = settingsOf(appId);
  say(t(settings ? 'pick.loading' : 'pick.noApp'), !settings);
  panel.show({ target, align: 'right', onclose: take });
  if (!settings) return;

  void askRuntime(`wecom-app/contacts/${LISTS[idsOf]}`, settings).then(
    ({ ok, choices = [], message = '' }) => (ok ? offer(choices) : say(message, true)),
    (error: Error) => say(t('pick.unreachable', { status: error.message }), true),
  );

  function offer(choices: readonly Choice[]): void {
    listed(choices);
    if (choices.length === 0 && picking.ids.length === 0) {
      say(t('pick.empty'));
      return;
    }
    checked = checkList(body.empty(), choices, { ...picking, count });
    done.prop('disabled', false);
  }
}

interface Listing extends Pick<Picking, 't' | 'title' | 'ids' | 'several'> {
  /** Says how many are checked. */
  readonly count: JQuery;
}

/**
 * Check boxes with a search; what is checked stands on top. Gives the checked ones, by their ids in lower case: WeCom
 * compares user IDs without case.
 */
function checkList(body: JQuery, choices: readonly Choice[], listing: Listing): Map<string, string> {
  const { t, title, ids, several, count } = listing;
  const checked = new Map(ids.map((id) => [id.toLowerCase(), id]));
  const known = new Set(choices.map(({ id }) => id.toLowerCase()));
  const all = [
    ...ids.filter((id) => !known.has(id.toLowerCase())).map((id) => ({ id, name: t('pick.typed') })),
    ...choices,
  ];
  const search = $<HTMLInputElement>('<input type="text">')
    .attr('placeholder', t('pick.search'))
    .appendTo($('<div class="wecom-picker-search"></div>').appendTo(body));
  const everyFound = $('<div class="wecom-picker-all"></div>').appendTo(body);
  const rows = $('<div class="wecom-picker-rows" role="group"></div>').attr('aria-label', title).appendTo(body);
  const note = (text: string) => rows.append($('<div class="wecom-picker-note"></div>').text(text));
  const tell = () => count.text(t('pick.chosen', { count: checked.size }));
  const isChecked = ({ id }: Choice) => checked.has(id.toLowerCase());
  const find = () => {
    const word = String(search.val() ?? '')
      .trim()
      .toLowerCase();
    return { word, found: all.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(word)) };
  };
  const drawRows = () => {
    const { found } = find();
    const ordered = [...found.filter(isChecked), ...found.filter((choice) => !isChecked(choice))];
    rows.empty();
    for (const choice of ordered.slice(0, SHOWN)) rows.append(checkRow(choice, checked, { several, changed: tell }));
    if (found.length === 0) note(t('pick.none'));
    if (found.length > SHOWN) note(t('pick.more', { count: found.length - SHOWN }));
    tell();
  };
  const draw = () => {
    const { word, found } = find();
    everyFound.empty();
    // Its own change leaves it there: the keyboard would lose its place.
    if (several && word !== '' && found.length > 1)
      everyFound.append(allOf(found, checked, { label: t('pick.all', { count: found.length }), changed: drawRows }));
    drawRows();
  };
  // The box tells of keys only; pasted text and input methods count as well.
  search.searchBox({ delay: 0, change: draw });
  search.on('input', draw);
  draw();
  search.trigger('focus');
  return checked;
}

/** One box for everything that a search has found. */
function allOf(
  found: readonly Choice[],
  checked: Map<string, string>,
  { label, changed }: { readonly label: string; readonly changed: () => void },
): JQuery {
  const box = $('<input type="checkbox">').prop(
    'checked',
    found.every(({ id }) => checked.has(id.toLowerCase())),
  );
  box.on('change', () => {
    for (const { id } of found) {
      if (box.prop('checked')) checked.set(id.toLowerCase(), id);
      else checked.delete(id.toLowerCase());
    }
    changed();
  });
  return $('<label class="wecom-picker-row"></label>').append(
    box,
    $('<span class="wecom-picker-name"></span>').text(label),
  );
}

function checkRow(
  { id, name }: Choice,
  checked: Map<string, string>,
  { several, changed }: { readonly several: boolean; readonly changed: () => void },
): JQuery {
  const key = id.toLowerCase();
  const box = $('<input>')
    .attr({ type: several ? 'checkbox' : 'radio', name: several ? null : 'wecom-picker' })
    .prop('checked', checked.has(key));
  box.on('change', () => {
    if (!several) checked.clear();
    if (box.prop('checked')) checked.set(key, id);
    else checked.delete(key);
    changed();
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
