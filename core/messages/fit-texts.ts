import { byteLength, fitsBytes, formatBytes } from '../schema/bytes';
import type { Place } from '../schema/field-rules';
import { wellFormed } from '../schema/checks';
import type { Field } from '../schema/field';
import { formatPath } from '../schema/input-issues';
import { isRecord } from '../schema/record';
import type { TooLong } from '../schema/too-long';
import { splitText, truncateText } from '../long-text/split-text';
import type { Syntax } from '../long-text/split-text';
import type { Wording } from '../outcome/wording';

interface Fitting {
  readonly msgtype: string;
  readonly tooLong: TooLong;
  /** Whether the parts of a text begin with "(1/3)". */
  readonly numbered: boolean;
}

/**
 * Makes texts fit where the person who sends wants that: changes the values, adds a remark for each text it
 * shortened, and gives the further parts of a text that needs several messages. What does not fit
 * afterwards is for the schema to refuse.
 */
export function fitTexts(place: Place, fitting: Fitting): string[] {
  const { fields, values: content } = place;
  if (fitting.tooLong === 'refuse') return [];
  if (fitting.tooLong === 'truncate') {
    truncateTexts(place, fitting.msgtype);
    return [];
  }
  const field = fields.find(({ tooLong }) => tooLong === 'split');
  const given = field && content[field.name];
  if (field?.maxBytes === undefined || typeof given !== 'string') return [];
  // Measured as it will be sent: U+FFFD is longer than the NUL that it stands for.
  const text = wellFormed(given);
  if (fitsBytes(text, field.maxBytes)) return [];
  const options = { maxBytes: field.maxBytes, syntax: syntaxOf(field, fitting.msgtype) };
  let parts = splitText(text, { ...options, numbered: fitting.numbered });
  // The duplicate check of WeCom would drop the second of two equal parts.
  if (new Set(parts).size < parts.length) parts = splitText(text, { ...options, numbered: true });
  content[field.name] = parts[0];
  return parts.slice(1);
}

function syntaxOf({ control }: Field, msgtype: string): Syntax {
  if (control === 'markdown') return msgtype === 'markdown_v2' ? 'markdown_v2' : 'markdown';
  return control === 'html' ? 'html' : 'text';
}

function truncateTexts({ fields, values, path, findings }: Place, msgtype: string): void {
  for (const field of fields) {
    const value = values[field.name];
    const here = [...path, field.name];
    if (typeof value === 'string' && field.tooLong !== undefined) {
      const shortened = truncated(value, field, msgtype);
      if (shortened === undefined) continue;
      values[field.name] = shortened.text;
      findings.advice.push({ path: formatPath(here), label: field.label, message: shortened.remark });
    } else if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        if (isRecord(entry))
          truncateTexts({ fields: field.fields ?? [], values: entry, path: [...here, index], findings }, msgtype);
      });
    } else if (isRecord(value))
      truncateTexts({ fields: field.fields ?? [], values: value, path: here, findings }, msgtype);
  }
}

function truncated(
  given: string,
  field: Field,
  msgtype: string,
): { readonly text: string; readonly remark: Wording } | undefined {
  const text = wellFormed(given);
  const { maxBytes, maxCharacters } = field;
  if (maxBytes !== undefined && byteLength(text) > maxBytes) {
    const [from, to] = [formatBytes(byteLength(text)), formatBytes(maxBytes)];
    return {
      text: truncateText(text, { maxBytes, syntax: syntaxOf(field, msgtype) }),
      remark: { en: `was shortened from ${from.en} to ${to.en}`, zh: `已由 ${from.zh}截短至 ${to.zh}` },
    };
  }
  const characters = [...text];
  if (maxCharacters === undefined || characters.length <= maxCharacters) return undefined;
  return {
    text: firstCharacters(text, maxCharacters),
    remark: {
      en: `was shortened from ${characters.length} to ${maxCharacters} characters`,
      zh: `已由 ${characters.length} 个字符截短至 ${maxCharacters} 个`,
    },
  };
}

/** Ends in "…", and keeps together what people see as one character. */
function firstCharacters(text: string, maxCharacters: number): string {
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    count += [...segment].length;
    if (count > maxCharacters - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
