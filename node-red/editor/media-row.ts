import type { PanelField } from '../panel/panel-field';
import type { MediaSource, StoredValue } from '../panel/stored-value';
import { isTypedEmpty, typedText } from '../panel/stored-value';
import { isTemplate } from '../panel/template-text';
import { TEXT_ENCODINGS } from '../panel/text-encodings';
import type { TextEncoding } from '../panel/text-encodings';
import { rowFrame } from './row';
import type { Place, Row } from './row';
import type { Translate } from './translate';
import { FROM_THE_FLOW } from './typed-row';

const SOURCES: readonly MediaSource[] = ['data', 'text', 'base64', 'path', 'media_id'];

/** What can be the file of a field: no picture is a text, and what travels inside the message has no `media_id`. */
function sourcesOf({ media, inline }: PanelField): readonly MediaSource[] {
  return SOURCES.filter((source) => !(source === 'text' && media !== 'file') && !(source === 'media_id' && inline));
}

/**
 * A row for a file: bytes, a text, base64, the path of a file on the server or the `media_id` of an upload, and the
 * name that members see. Where a path names it, `data-path` of the row says `typed`, or `flow` for one that is not
 * known before.
 */
export function mediaRow(field: PanelField, stored: StoredValue | undefined, place: Place): Row {
  const { row, control, show } = rowFrame(field, place);
  const { t } = place;
  const source = $('<select class="wecom-media-source"></select>').attr('aria-label', t('source.file'));
  for (const value of sourcesOf(field))
    source.append(
      $('<option></option>')
        .val(value)
        .text(t(`source.${value}`)),
    );
  source.val(stored?.source ?? 'data').appendTo(control);
  const value = $('<input type="text" style="width: 100%" class="wecom-media-value">').appendTo(control);
  // Bytes are nothing one types, so the flow comes first for them.
  value.typedInput({
    default: stored ? String(stored.type) : 'msg',
    types: ['msg', 'flow', 'global', 'jsonata', 'env', typedHere(t)],
  });
  value.typedInput('type', stored ? String(stored.type) : 'msg');
  value.typedInput('value', typedText(stored?.value));

  const { nameRow, name, unnamed } = nameInput(control, stored, t);
  const { encodingRow, encoding } = encodingChoice(control, stored, t);

  const follow = () => {
    nameRow.toggle(source.val() !== 'media_id');
    unnamed.text(t(source.val() === 'path' ? 'hint.filenameInPath' : 'hint.filename'));
    encodingRow.toggle(source.val() === 'text');
    const isKnown = value.typedInput('type') === 'str' && !isTemplate(value.typedInput('value'));
    row.attr('data-path', source.val() !== 'path' ? null : isKnown ? 'typed' : 'flow');
    place.changed();
  };
  source.on('change', follow);
  value.on('change', follow);
  follow();
  return {
    element: row,
    show,
    read() {
      const now: StoredValue = {
        type: value.typedInput('type') as StoredValue['type'],
        value: value.typedInput('value'),
        source: source.val() as MediaSource,
      };
      // An untouched optional file is no file; only the principal one stands for msg.payload when empty.
      if (now.value === '' && !field.principal) return undefined;
      const chosen = encoding.val() as TextEncoding;
      const file = now.source === 'text' && chosen !== TEXT_ENCODINGS[0] ? { ...now, encoding: chosen } : now;
      const filename: StoredValue = {
        type: name.typedInput('type') as StoredValue['type'],
        value: name.typedInput('value'),
      };
      return now.source === 'media_id' || isTypedEmpty(filename) ? file : { ...file, filename };
    },
  };
}

/** The name that members see. */
function nameInput(control: JQuery, stored: StoredValue | undefined, t: Translate) {
  const nameRow = $('<div class="wecom-media-name"></div>').appendTo(control);
  $('<label></label>').text(t('label.filename')).appendTo(nameRow);
  const nameBox = $('<div></div>').appendTo(nameRow);
  const name = $('<input type="text" style="width: 100%">').appendTo(nameBox);
  name.typedInput({ default: 'str', types: [typedHere(t), ...FROM_THE_FLOW] });
  name.typedInput('type', String(stored?.filename?.type ?? 'str'));
  name.typedInput('value', typedText(stored?.filename?.value));
  const unnamed = $('<div class="wecom-hint"></div>').appendTo(nameBox);
  return { nameRow, name, unnamed };
}

/** The character encoding of a file that is made of a text. */
function encodingChoice(control: JQuery, stored: StoredValue | undefined, t: Translate) {
  const encodingRow = $('<div class="wecom-media-name"></div>').appendTo(control);
  $('<label></label>').text(t('label.encoding')).appendTo(encodingRow);
  const encoding = $('<select class="wecom-media-encoding"></select>')
    .attr('aria-label', t('label.encoding'))
    .appendTo($('<div></div>').appendTo(encodingRow));
  for (const entry of TEXT_ENCODINGS)
    encoding.append(
      $('<option></option>')
        .val(entry)
        .text(t(`encoding.${entry}`)),
    );
  encoding.val(stored?.encoding ?? TEXT_ENCODINGS[0]);
  return { encodingRow, encoding };
}

function typedHere(t: Translate) {
  return { value: 'str', label: t('source.str'), icon: 'red/images/typedInput/az.svg' };
}
