/**
 * Where one visible character ends and the next begins: a family emoji, a flag or a letter with its accents
 * is one grapheme cluster of many code units.
 */

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

let segmenter: Intl.Segmenter | undefined;

/**
 * Characters that join neither the one before nor the one after (CRLF apart). Nearly all of Chinese and
 * Latin text is made of them, so that the segmenter, some hundred times slower, is seldom asked.
 */
export function isPlain(code: number): boolean {
  return (
    code < 0x300 ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3000 && code <= 0x3029) ||
    (code >= 0xff01 && code <= 0xff9d) ||
    (code >= 0x2010 && code <= 0x2027) ||
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a0 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x4dbf)
  );
}

/**
 * The last place at or before `position` where a grapheme cluster begins; never before `floor`, which has to be
 * such a place itself.
 */
export function graphemeStart(text: string, position: number, floor: number): number {
  let at = position;
  while (at > floor && at < text.length) {
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at);
    if (isPlain(before) && isPlain(after)) return before === CARRIAGE_RETURN && after === LINE_FEED ? at - 1 : at;
    // What stands before a plain character has no say in what follows it; the rules look one character ahead.
    let base = at - 1;
    while (base > floor && !isPlain(text.charCodeAt(base))) base -= 1;
    segmenter ??= new Intl.Segmenter('und');
    const { index } = segmenter.segment(text.slice(base, at + 2)).containing(at - base) as Intl.SegmentData;
    const start = base + index;
    if (start === at) return at;
    // The plain character may itself follow one that joins everything, such as an Arabic number sign.
    at = start;
  }
  return at;
}
