import { formatBytes } from '../../core';
import { byteLength } from '../../core/bytes';

describe('bytes', () => {
  it.each([['', 0], ['abc', 3], ['中文', 6], ['😀', 4]])('of %j are those of UTF-8: %i', (text, bytes) => {
    expect(byteLength(text)).toBe(bytes);
  });

  const MB = 1024 * 1024;

  it.each([
    [0, '0 bytes', '0 字节'],
    [1, '1 byte', '1 字节'],
    [2, '2 bytes', '2 字节'],
    [999, '999 bytes', '999 字节'],
    [2048, '2,048 bytes', '2,048 字节'],
    [MB - 1, '1,048,575 bytes', '1,048,575 字节'],
    [MB, '1 MB', '1 MB'],
    [MB + 1, '1,048,577 bytes', '1,048,577 字节'],
    [20 * MB, '20 MB', '20 MB'],
  ])('%i are read as %j and %j', (bytes, en, zh) => {
    expect(formatBytes(bytes)).toEqual({ en, zh });
  });
});
