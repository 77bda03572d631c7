interface Books {
  readonly wrong: Readonly<Record<string, number>>;
  sending(member: number): number;
  wasSent(index: number, parts: number): void;
  failed(index: number, error: { readonly code: string | number; readonly cause: object }): void;
  arrives(message: { readonly text: string; readonly delivered_to: string[]; readonly dropped_for: string[] }): void;
  close(): void;
}

const { Books, longText, memberId, shortText } = jest.requireActual<{
  Books: new (most: { messages: number; members: number }) => Books;
  longText(index: number): string;
  memberId(member: number): string;
  shortText(index: number): string;
}>('../../scripts/soak/books.mjs');

/** A soak of three messages to one member, the last of them in three parts, that goes as it should. */
function soaked(
  change: (events: {
    arrivals: { text: string; delivered_to: string[]; dropped_for: string[] }[];
    told: (() => void)[];
    books: Books;
  }) => void = () => undefined,
) {
  const books = new Books({ messages: 10, members: 10 });
  for (let count = 0; count < 3; count += 1) books.sending(4);
  const lines = longText(2).split('\n');
  const texts = [shortText(0), shortText(1), ...[0, 18, 36].map((line) => lines.slice(line, line + 18).join('\n'))];
  const events = {
    books,
    arrivals: texts.map((text) => ({ text, delivered_to: [memberId(4)], dropped_for: [] as string[] })),
    told: [() => books.wasSent(0, 1), () => books.wasSent(1, 1), () => books.wasSent(2, 3)],
  };
  change(events);
  for (const message of events.arrivals) books.arrives(message);
  for (const tell of events.told) tell();
  books.close();
  return Object.fromEntries(Object.entries(books.wrong).filter(([, count]) => count > 0));
}

describe('the books of the soak', () => {
  it('find nothing where nothing is wrong', () => {
    expect(soaked()).toEqual({});
  });

  it.each<[string, Parameters<typeof soaked>[0], object]>([
    ['a lost message', ({ arrivals }) => void arrivals.splice(1, 1), { lost: 1 }],
    ['a lost part', ({ arrivals }) => void arrivals.pop(), { lost: 1 }],
    ['a message that arrives twice', ({ arrivals }) => void arrivals.unshift(arrivals[0]!), { duplicated: 1 }],
    ['a part that arrives twice', ({ arrivals }) => void arrivals.push(arrivals.at(-1)!), { duplicated: 1 }],
    [
      'messages in another order',
      ({ arrivals }) => void arrivals.unshift(arrivals.splice(1, 1)[0]!),
      { 'wrong order': 1 },
    ],
    ['parts in another order', ({ arrivals }) => void arrivals.push(...arrivals.splice(3, 1)), { 'wrong order': 1 }],
    ['a message that nobody hears of', ({ told }) => void told.pop(), { unreported: 1 }],
    ['a message that is reported twice', ({ told }) => void told.push(told[0]!), { untrue: 1 }],
    [
      '"not sent" of a message that arrived',
      ({ told, books }) => void (told[0] = () => books.failed(0, { code: 60020, cause: {} })),
      { untrue: 1 },
    ],
    [
      'two parts that arrive after doubt about the first',
      ({ told, books }) =>
        void (told[2] = () => books.failed(2, { code: 'ETIMEDOUT', cause: { delivery: 'unknown' } })),
      { untrue: 1 },
    ],
    [
      'a message to somebody else',
      ({ arrivals }) => void (arrivals[0]!.delivered_to = [memberId(5)]),
      { untrue: 1, lost: 1 },
    ],
  ])('notice %s', (_, change, wrong) => {
    expect(soaked(change)).toEqual(wrong);
  });
});
