import { typedText } from '../../panel/stored-value';
import { TEXT_ENCODINGS } from '../../panel/text-encodings';
import type { TextEncoding } from '../../panel/text-encodings';
import { UnreadableValue } from './unreadable-value';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The bytes of a text file. Nothing (undefined, null, empty text) stays nothing: core then says that the file is
 * missing.
 *
 * @param encoding one of `TEXT_ENCODINGS`; UTF-8 if absent
 * @throws UnreadableValue for what is no text, and for a text that the encoding cannot hold
 */
export function textFile(value: unknown, encoding: unknown = 'utf8'): Uint8Array | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'object')
    throw new UnreadableValue({
      en: 'is not a text; for a Buffer choose that as the source',
      zh: '不是文本；如果是 Buffer，请选择相应的来源',
    });
  const text = typedText(value);
  if (!isTextEncoding(encoding))
    throw new UnreadableValue({
      en: `has an encoding that is not one of ${TEXT_ENCODINGS.join(', ')}`,
      zh: `编码无效；可用值：${TEXT_ENCODINGS.join('、')}`,
    });
  if (encoding === 'utf8-bom')
    return Buffer.from(text.startsWith(BYTE_ORDER_MARK) ? text : BYTE_ORDER_MARK + text, 'utf8');
  const foreign = encoding === 'latin1' ? /[^\u0000-\u00FF]/u.exec(text)?.[0] : undefined;
  if (foreign !== undefined)
    throw new UnreadableValue({
      en: `has characters that Latin-1 does not have, such as "${foreign}"`,
      zh: `含有 Latin-1 编码没有的字符，例如“${foreign}”`,
    });
  return Buffer.from(text, encoding);
}

function isTextEncoding(value: unknown): value is TextEncoding {
  return (TEXT_ENCODINGS as readonly unknown[]).includes(value);
}
