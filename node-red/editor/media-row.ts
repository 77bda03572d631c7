import type { PanelField } from '../panel/panel-field';
import type { MediaSource, StoredValue } from '../panel/stored-value';
import { isTypedEmpty, typedText } from '../panel/stored-value';
import { rowFrame } from './row';
import type { Place, Row } from './row';
import { FROM_THE_FLOW } from './typed-row';

const SOURCES: readonly MediaSource[] = ['data', 'path', 'media_id'];

/** A row for a file: bytes, the path of a file on the server or the `media_id` of an upload, and the name that members see. */
export function mediaRow(field: PanelField, stored: StoredValue | undefined, place: Place): Row {
  const { row, control } = rowFrame(field, place);
  const { t } = place;
  const text = { value: 'str', label: t('source.str'), icon: 'red/images/typedInput/az.svg' };
  const source = $('<select class="wecom-media-source"></select>').attr('aria-label', t('source.data'));
  for (const value of SOURCES.filter((entry) => !(field.inline && entry === 'media_id'))) source.append($('<option></option>').val(value).text(t(`source.${value}`)));
  source.val(stored?.source ?? 'data').appendTo(control);
  const value = $('<input type="text" style="width: 100%" class="wecom-media-value">').appendTo(control);
  // Bytes are nothing one types, so the flow comes first for them.
  value.typedInput({ default: stored ? String(stored.type) : 'msg', types: ['msg', 'flow', 'global', 'jsonata', 'env', text] });
  value.typedInput('type', stored ? String(stored.type) : 'msg');
  value.typedInput('value', typedText(stored?.value));

  const nameRow = $('<div class="wecom-media-name"></div>').appendTo(control);
  $('<label></label>').text(t('label.filename')).appendTo(nameRow);
  const nameBox = $('<div></div>').appendTo(nameRow);
  const name = $('<input type="text" style="width: 100%">').attr('placeholder', t('hint.filename')).appendTo(nameBox);
  name.typedInput({ default: 'str', types: [text, ...FROM_THE_FLOW] });
  name.typedInput('type', String(stored?.filename?.type ?? 'str'));
  name.typedInput('value', typedText(stored?.filename?.value));

  const follow = () => {
    nameRow.toggle(source.val() !== 'media_id');
    place.resized();
  };
  source.on('change', follow);
  follow();
  return {
    element: row,
    read() {
      const now: StoredValue = { type: value.typedInput('type') as StoredValue['type'], value: value.typedInput('value'), source: source.val() as MediaSource };
      // An untouched optional file is no file; only the principal one stands for msg.payload when empty.
      if (now.value === '' && !field.principal) return undefined;
      const filename: StoredValue = { type: name.typedInput('type') as StoredValue['type'], value: name.typedInput('value') };
      return now.source === 'media_id' || isTypedEmpty(filename) ? now : { ...now, filename };
    },
  };
}
