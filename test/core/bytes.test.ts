import { formatBytes } from '../../core';
import { byteLength, fitsBytes } from '../../core/schema/bytes';

describe('bytes', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['中文', 6],
    ['😀', 4],
  ])('of %j are those of UTF-8: %i', (text, bytes) => {
    expect(byteLength(text)).toBe(bytes);
  });

  it.each([
    ['abc', 3],
    ['é', 2],
    ['中文', 6],
    ['中文 ok', 9],
    ['😀', 4],
    ['\uD800', 3],
  ])('%j fits into %i, and not into one less', (text, bytes) => {
    expect([fitsBytes(text, bytes * 3), fitsBytes(text, bytes), fitsBytes(text, bytes - 1)]).toEqual([
      true,
      true,
      false,
    ]);
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
