import { createHash } from 'node:crypto';

import type { InputIssue } from '../outcome/errors';
import type { Field } from '../schema/field';
import { formatPath } from '../schema/input-issues';
import type { MediaFile } from '../schema/media';

const BASE64 = /^[A-Za-z0-9+/\s][A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

/**
 * A picture of a group robot as the API writes it (doc 99110): base64 and the md5 of its bytes. It becomes the file
 * that stands for both here, so that it is checked like any other.
 */
export function takeInlineFile(
  fileFields: readonly Field[],
  content: Record<string, unknown>,
  root: readonly string[],
  issues: InputIssue[],
): void {
  const { base64, md5 } = content;
  const field = fileFields.find(({ inline }) => inline);
  if (!field || field.name in content || typeof base64 !== 'string') return;
  delete content['base64'];
  delete content['md5'];
  const data = Buffer.from(base64, 'base64');
  if (!BASE64.test(base64))
    issues.push({
      path: formatPath([...root, 'base64']),
      label: field.label,
      message: { en: 'is not base64', zh: '不是有效的 base64' },
    });
  else if (
    md5 !== undefined &&
    (typeof md5 === 'string' ? md5.toLowerCase() : '') !== createHash('md5').update(data).digest('hex')
  ) {
    issues.push({
      path: formatPath([...root, 'md5']),
      label: field.label,
      message: {
        en: 'is not the md5 of these bytes, before base64, in hexadecimal',
        zh: '与图片内容（base64 编码前）的 md5（十六进制）不一致',
      },
    });
  }
  content[field.name] = { filename: field.media === 'image' ? 'image' : 'file', data } satisfies MediaFile;
}
