/** Markdown within a line: common Markdown becomes WeCom's, everything outside of inline code, which stays as it is. */
export function adaptInline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : adaptProse(part)))
    .join('');
}

// Texts come from anywhere and are of any length: each of these reads a text in proportion to it. What begins one piece
// ends the search for the piece before, or where the next end is gets remembered.
function adaptProse(text: string): string {
  return withoutUnderlinedBold(
    withoutTitles(withoutPictures(text))
      .replace(/<br\s*\/?>/gi, '\n')
      .replace(/<(https?:\/\/[^<>\s]+)>/g, '[$1]($1)')
      .replace(/~~(.+?)~~/g, '$1')
      .replace(/\*\*\*(.+?)\*\*\*/g, '**$1**'),
  )
    .replace(/(^|[^*\\])\*(?![*\s])([^*\n]+?)\*(?!\*)/g, '$1$2')
    .replace(/(^|[^\w_\\])_(?![_\s])([^_\n]+?)_(?![\w_])/g, '$1$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!>|~])/g, '$1');
}

/** `![alt](target "title")` becomes a link. */
function withoutPictures(text: string): string {
  return replaceLinks(text, '![', (label, target) => `[${label || target}](${target})`);
}

/** `[label](target "title")` loses its title: WeCom would show it. */
function withoutTitles(text: string): string {
  return replaceLinks(text, '[', (label, target, title) =>
    label === '' || title === '' ? undefined : `[${label}](${target})`,
  );
}

/**
 * Replaces what begins with `opening` and goes on as `label](target)` or `label](target "title")`; undefined leaves it.
 */
function replaceLinks(
  text: string,
  opening: '[' | '![',
  written: (label: string, target: string, title: string) => string | undefined,
): string {
  const targetEnd = nextOf(text, /[\s)]/g);
  const titleBehind = titleReader(text);
  let out = '';
  let done = 0;
  for (let opens = text.indexOf(opening); opens !== -1;) {
    const labelStart = opens + opening.length;
    const labelEnd = text.indexOf(']', labelStart);
    if (labelEnd === -1) break;
    // What opens before the same "]" has the same end, good or bad.
    let next = labelEnd + 1;
    if (text[next] === '(') {
      const target = text.slice(labelEnd + 2, targetEnd(labelEnd + 2));
      const titleStart = labelEnd + 2 + target.length;
      const end = target === '' ? -1 : text[titleStart] === ')' ? titleStart + 1 : titleBehind(titleStart);
      const replacement =
        end === -1 ? undefined : written(text.slice(labelStart, labelEnd), target, text.slice(titleStart, end - 1));
      if (replacement !== undefined) {
        out += text.slice(done, opens) + replacement;
        done = next = end;
      }
    }
    opens = text.indexOf(opening, next);
  }
  return out + text.slice(done);
}

/**
 * Answers where a title in quotation marks and the `)` behind it end, if nothing but blanks stands before them; else
 * -1.
 */
function titleReader(text: string): (at: number) => number {
  const word = nextOf(text, /\S/g);
  const quote = nextOf(text, /"/g);
  return (at) => {
    const begins = word(at);
    if (text[begins] !== '"') return -1;
    const ends = quote(begins + 1);
    return text[ends + 1] === ')' ? ends + 2 : -1;
  };
}

/** `__bold__` is `**bold**`; the underscores of a word are not. */
function withoutUnderlinedBold(text: string): string {
  const begin = nextOf(text, /(?<!\w)__/g);
  const end = nextOf(text, /__(?!\w)/g);
  let out = '';
  let done = 0;
  for (;;) {
    const begins = begin(done);
    // There is a character at least between the signs.
    const ends = end(begins + 3);
    if (ends === Infinity) return out + text.slice(done);
    out += `${text.slice(done, begins)}**${text.slice(begins + 2, ends)}**`;
    done = ends + 2;
  }
}

/**
 * Where a pattern is found next from a place on, Infinity if nowhere. Asked from left to right it reads the text once,
 * however often it is asked.
 */
function nextOf(text: string, pattern: RegExp): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      pattern.lastIndex = from;
      found = from < text.length ? (pattern.exec(text)?.index ?? Infinity) : Infinity;
    }
    return found;
  };
}
