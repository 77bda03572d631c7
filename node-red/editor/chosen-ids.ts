import { splitIds } from '../../core/schema/ids';
import type { PanelField } from '../panel/panel-field';
import type { StoredValue } from '../panel/stored-value';
import { typedText } from '../panel/stored-value';
import { pickRecipients } from './recipient-picker';
import type { Choice } from './recipient-picker';
import { word } from './row';
import type { Place } from './row';

/** Names of people, departments and tags, by their ids in lower case. */
type Names = Map<string, string>;

interface Chosen {
  readonly input: JQuery;
  readonly control: JQuery;
  readonly stored: StoredValue | undefined;
  readonly appId: () => string;
}

/** Names stand below a field for so many ids; a list of thousands would be the whole dialog. */
const NAMED = 20;

/**
 * A button that lists whom the app can reach, beside a field of ids, and below it the names of those that stand in it.
 * Gives the names that are to be kept with the ids.
 */
export function chosenIds(
  field: PanelField,
  place: Place,
  { input, control, stored, appId }: Chosen,
): () => Readonly<Record<string, string>> | undefined {
  const names: Names = new Map(Object.entries(stored?.names ?? {}).map(([id, name]) => [id.toLowerCase(), name]));
  const shown = $('<div class="wecom-names"></div>').insertAfter(control);
  const typed = () => (input.typedInput('type') === 'str' ? splitIds(input.typedInput('value')) : []);
  const show = () => shown.text(namesOf(typed(), names, place));
  const button = $('<button type="button" class="red-ui-button wecom-pick"></button>')
    .text(place.t('pick.button'))
    .appendTo(control.addClass('wecom-with-button'));
  button.on('click', () =>
    pickRecipients({
      t: place.t,
      idsOf: field.idsOf ?? 'member',
      several: field.control === 'ids' || field.several === true,
      title: word(place, field, 'label'),
      appId: appId(),
      target: button,
      ids: typed(),
      listed(choices) {
        learn(names, choices);
        show();
      },
      chosen(ids) {
        input.typedInput('type', 'str');
        input.typedInput('value', ids.join(', '));
      },
    }),
  );
  input.on('change', show);
  show();
  return () => {
    const kept = typed().flatMap((id) => {
      const name = names.get(id.toLowerCase());
      return name === undefined ? [] : [[id, name] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };
}

/** What the list says counts: people change their names. Where WeCom gives none, the id stands for it. */
function learn(names: Names, choices: readonly Choice[]): void {
  for (const { id, name } of choices) if (name !== id) names.set(id.toLowerCase(), name);
}

function namesOf(ids: readonly string[], names: Names, { t }: Place): string {
  const named = ids.flatMap((id) => {
    const name = names.get(id.toLowerCase());
    return name === undefined ? [] : [`${name} (${id})`];
  });
  const rest = ids.length - Math.min(named.length, NAMED);
  const list = named.slice(0, NAMED).join(t('problem.comma'));
  return named.length === 0 || rest === 0 ? list : t('pick.andMore', { list, count: rest });
}

/** The ids that were typed, for a field whose names are of no use to anybody but the dialog. */
export function withNames(value: StoredValue, names: Readonly<Record<string, string>> | undefined): StoredValue {
  return names === undefined || value.type !== 'str' || typedText(value.value) === '' ? value : { ...value, names };
}
