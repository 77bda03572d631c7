/**
 * What texts are made of that somebody writes to slow a reader down, or a language model by accident: signs that open
 * something and never close it, blanks and lines without end, characters that are none alone. Each is repeated.
 */
export const ODD_PIECES: readonly string[] = [
  // Blanks and line ends
  ' ', '\t', '\n', '\r', ' \n', '\u3000', '\u2028',
  // Markdown
  '![', '![](', '![a](b ', '[', ']', '[a](', '[a](b "', '](', ')', '`', '\n```', '\n~~~', '` `\n', '~~', '~~a', '*', '**', '***a\n', ' *a', ' __a', ' _a', '__a__b',
  '#', '\n# ', '- ', '\n- ', '1. ', '- [ ] ', '>', '\n> ', '|', '|-', '-|', '\n|-', 'a|b\n-|-\n', '\\', '\\|', ':-', '=',
  // HTML
  '<', '<a href=', '</a>', '<font color="info">', '<br', '<br ', '<@', '<!', '<div>', '<http://', '&', '&amp', '&#x1f600;',
  // Addresses, names and lists
  'http://', 'https://a/', '@all', ',', '、', '/', '/cgi-bin/webhook/', '?key=', '&access_token=', '%', 'data:', ';base64,', '.',
  // Placeholders, expressions and JSON
  '$', '$userName=', '$userName=a$', '${', '{{', '"', '\\"', "'", '[[', '{"a":', '1',
  // Characters that join others, are halves of others, or turn the line around
  '中', '。', '，中', '（', '😀', '👨‍👩‍👧‍👦', '\u200d', '🇨🇳', '\u0301', '\u0600', '\u0915\u094d', '\u1100', '\ud800', '\udc00', '\0', '\u202e',
  // Words
  'a', 'a. ', '!a', 'Zm9v\n',
];

/** A piece as often as fits into so many UTF-16 units. */
export function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** A piece that stands in the middle of words, so that neither the begin nor the end of the text is its own. */
export function betweenWords(piece: string, length: number): string {
  return `a${repeated(piece, length)}a`;
}
