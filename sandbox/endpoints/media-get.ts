import { Refusal } from '../errors';
import { FileAnswer, type Endpoint } from './endpoint';

/** Doc 90254. One byte range is served with 206. */
export const mediaGet: Endpoint = {
  path: 'media/get',
  method: 'GET',
  caller: 'app',
  answer({ state, query, range }) {
    const { bytes, contentType, filename } = state.media.get(query['media_id']);
    const headers = {
      'content-type': contentType,
      // Raw UTF-8 bytes, as the real server sends them; Node writes header strings as Latin-1.
      'content-disposition': `attachment; filename="${Buffer.from(filename, 'utf8').toString('latin1')}"`,
      'accept-ranges': 'bytes',
    };
    if (range === undefined) return new FileAnswer(200, headers, bytes);
    const [start, end] = readRange(range, bytes.length);
    const contentRange = `bytes ${start}-${end}/${bytes.length}`;
    return new FileAnswer(206, { ...headers, 'content-range': contentRange }, bytes.subarray(start, end + 1));
  },
};

/**
 * First and last position of a `Range` header.
 * @throws Refusal 40146 when it is not one range within the file
 */
function readRange(range: string, size: number): [number, number] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') throw new Refusal(40146);
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new Refusal(40146);
  return [start, end];
}
