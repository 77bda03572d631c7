import type { PanelField } from '../panel/panel-field';
import type { StoredValues } from '../panel/stored-value';
import { pickRecipients } from './recipient-picker';
import { inside } from './problem';
import type { Place, Rows } from './row';
import { word } from './row';
import { typedRow } from './typed-row';

/** The separators that core reads between IDs. */
const SEPARATORS = /[\s|,;，；、]+/u;

interface Recipients {
  readonly container: JQuery;
  readonly fields: readonly PanelField[];
  readonly values: StoredValues;
  readonly place: Place;
  /** Id of the config node that is chosen in the dialog now. */
  readonly appId: () => string;
}

/** The rows that name recipients; each has a button that lists whom the app can reach. */
export function renderRecipients({ container, fields, values, place, appId }: Recipients): Rows {
  const rows = fields.map((field) => {
    const row = typedRow(field, values[field.name], place);
    const control = row.element.find('> .wecom-control').addClass('wecom-with-button');
    const input = control.find('> input').first();
    const button = $('<button type="button" class="red-ui-button wecom-pick"></button>')
      .text(place.t('pick.button'))
      .appendTo(control);
    button.on('click', () =>
      pickRecipients({
        t: place.t,
        field: field.name,
        title: word(place, field, 'label'),
        appId: appId(),
        target: button,
        ids:
          input.typedInput('type') === 'str'
            ? input
                .typedInput('value')
                .split(SEPARATORS)
                .filter((id) => id !== '')
            : [],
        chosen(ids) {
          input.typedInput('type', 'str');
          input.typedInput('value', ids.join(', '));
        },
      }),
    );
    container.append(row.element);
    return [field.name, row] as const;
  });
  return {
    read: () =>
      Object.fromEntries(
        rows.flatMap(([name, row]) => {
          const value = row.read();
          return value === undefined ? [] : [[name, value] as const];
        }),
      ),
    show(problems) {
      for (const [name, row] of rows) row.show(inside(problems, name));
    },
  };
}
