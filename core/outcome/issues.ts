import type { Language, Wording } from './wording';

/** One wrong field. */
export interface InputIssue {
  /** Where in the message, in the API's names: `textcard.title`, `news.articles[2].url`. */
  readonly path: string;
  /** What the panels call the field. */
  readonly label?: Wording;
  /** What is wrong, without the name of the field: "is 130 bytes long, at most 128 bytes fit". */
  readonly message: Wording;
  /** The limit and the actual value in the same unit, where the issue is about a measure. */
  readonly limit?: number;
  /** The actual value, in the unit of `limit`. */
  readonly actual?: number;
}

/** No list of a form has more entries; a list of 100,000 recipients has, and is one mistake. */
export const MOST_ENTRIES = 20;
/** Code units. */
const LONGEST_TEXT = 1000;
const LONGEST_PATH = 300;

/**
 * The issues that are told: those of all fields, but of each list only those of the first wrong entries, and no text
 * without end. Nobody reads an error of megabytes, and logs and flows would carry it.
 */
export function bounded(issues: readonly InputIssue[]): readonly InputIssue[] {
  const lists = new Map<string, List>();
  const told: InputIssue[] = [];
  for (const issue of issues) {
    const entries = entriesOf(issue.path.slice(0, LONGEST_PATH));
    const full = entries.find(({ list, entry }) => isFull(listOf(lists, list), entry));
    if (full) {
      listOf(lists, full.list).others.add(full.entry);
      continue;
    }
    for (const { list, entry } of entries) {
      const known = listOf(lists, list);
      known.told.add(entry);
      known.last = told.length;
    }
    told.push({
      ...issue,
      path: quoted(issue.path, LONGEST_PATH),
      message: { en: quoted(issue.message.en), zh: quoted(issue.message.zh) },
    });
  }
  for (const { last, others } of lists.values()) {
    const issue = told[last];
    if (others.size > 0 && issue) told[last] = andMore(issue, others.size);
  }
  return told;
}

/** The last that is told of several. */
export function andMore(issue: InputIssue, others: number): InputIssue {
  const { en, zh } = issue.message;
  return { ...issue, message: { en: `${en} (and ${others} more)`, zh: `${zh}（另有 ${others} 处问题）` } };
}

/** These issues as one sentence. */
export function describeIssues(issues: readonly InputIssue[], language: Language): string {
  const sentences = issues.map((issue) => {
    const name = issue.label
      ? language === 'zh'
        ? `${issue.label.zh}（${issue.path}）`
        : `${issue.label.en} (${issue.path})`
      : issue.path;
    return language === 'zh' ? `${name}：${issue.message.zh}` : `${name} ${issue.message.en}`;
  });
  return sentences.join(language === 'zh' ? '；' : '; ') + (language === 'zh' ? '。' : '.');
}

/** The wrong entries of one list, and of those of the same name in all entries of a list around it. */
interface List {
  readonly told: Set<string>;
  readonly others: Set<string>;
  /** Which of the told issues is the last of them. */
  last: number;
}

function listOf(lists: Map<string, List>, name: string): List {
  let list = lists.get(name);
  if (!list) {
    list = { told: new Set(), others: new Set(), last: 0 };
    lists.set(name, list);
  }
  return list;
}

function isFull({ told }: List, entry: string): boolean {
  return told.size >= MOST_ENTRIES && !told.has(entry);
}

/**
 * `select_list[1].option_list[4].text`: the entry 1 of `select_list`, and in it an entry of
 * `select_list[].option_list`.
 */
function entriesOf(path: string): readonly { readonly list: string; readonly entry: string }[] {
  return [...path.matchAll(/\[\d+\]/g)].map(({ 0: index, index: at }) => ({
    list: path.slice(0, at).replace(/\[\d+\]/g, '[]'),
    entry: path.slice(0, at + index.length),
  }));
}

// Ends of lines, commands to terminals, and what turns the direction of a text.
const UNPRINTED = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text that others have written, as it may stand in a log: short, and without a line or a colour of its own. */
export function quoted(text: string, longest = LONGEST_TEXT): string {
  const start = text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
  return start.replace(UNPRINTED, ' ');
}
