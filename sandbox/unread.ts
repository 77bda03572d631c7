/** In whatever way: nobody misses it. */
export function saysNothing(value: unknown): boolean {
  return (
    value === '' ||
    value === null ||
    value === undefined ||
    (typeof value === 'object' && Object.values(value).every(saysNothing))
  );
}

/** A value, and which of its keys nobody has read so far. */
export interface Watched {
  readonly value: unknown;
  /** Paths such as `textcard.titel` or `news.articles[0].appid`; what stands inside of them is not named again. */
  readonly unread: () => string[];
}

/** WeCom ignores what it does not know without a word; here it can be found out. */
export function watched(root: unknown): Watched {
  const unread = new Set<string>();
  const watch = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((entry, index) => watch(entry, `${path}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    const at = (key: string) => (path === '' ? key : `${path}.${key}`);
    const inner = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, watch(entry, at(key))]));
    // What says nothing cannot be overlooked.
    for (const [key, entry] of Object.entries(value)) if (!saysNothing(entry)) unread.add(at(key));
    return new Proxy(inner, {
      get(target, key) {
        if (typeof key === 'string') unread.delete(at(key));
        return target[key as string];
      },
    });
  };
  return {
    value: watch(root, ''),
    unread: () => [...unread].filter((path) => !parents(path).some((parent) => unread.has(parent))),
  };
}

function parents(path: string): string[] {
  return [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index));
}
