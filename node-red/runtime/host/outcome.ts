/** What the flow gets as `msg.payload`: the result of sending, of an update or of another operation. */
export type Outcome = Readonly<Record<string, unknown>>;

const UNDELIVERED = ['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'];

/** Who was named and did not get the message or the new card; operations without recipients have nobody. */
export function undelivered(outcome: Outcome): string[] {
  const ids: string[] = [];
  for (const list of UNDELIVERED) ids.push(...texts(outcome[list]));
  return ids;
}

export function warningsOf(outcome: Outcome): string[] {
  return texts(outcome['warnings']);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
