/** What a status says besides its words: counts, times, a sentence in both languages. */
export type StatusValues = Readonly<Record<string, string | number>>;

/**
 * The text of a status as it travels to editors, each of which has to say it in its own language: a key of the
 * catalogue, and behind it what the words are filled with. Node-RED translates keys, but has no place for values.
 */
export function statusText(key: string, values: StatusValues): string {
  return Object.keys(values).length === 0 ? key : `${key} ${JSON.stringify(values)}`;
}

/** The other way round; undefined for what is no such text. */
export function readStatusText(text: string): { readonly key: string; readonly values: StatusValues } | undefined {
  const [, key, json] = /^(wecom-send\.status\.[\w-]+) (\{.*\})$/.exec(text) ?? [];
  if (key === undefined || json === undefined) return undefined;
  try {
    return { key, values: JSON.parse(json) as StatusValues };
  } catch {
    return undefined;
  }
}
