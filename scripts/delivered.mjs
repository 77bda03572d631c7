/** What arrived in the sandbox, as a table for a terminal. */

/** @returns {Promise<import('../sandbox/index').SandboxMessage[]>} newest last */
export async function deliveredMessages(sandboxUrl) {
  const response = await fetch(`${sandboxUrl}/sandbox/messages`);
  if (!response.ok) throw new Error(`GET ${sandboxUrl}/sandbox/messages: ${response.status}`);
  return response.json();
}

/** One line per message: type, who got it, and the beginning of what they see. */
export function deliveredTable(messages) {
  const rows = messages.map(({ msgtype, delivered_to: to, shown }) => [msgtype, recipients(to), beginning(shown)]);
  return table(['type', 'delivered to', 'content'], rows);
}

function recipients(userids) {
  if (userids.length === 0) return 'nobody';
  return userids.length > 3 ? `${userids.slice(0, 2).join(', ')} and ${userids.length - 2} more` : userids.join(', ');
}

function beginning(shown) {
  const words = [...textsOf(shown)].join(' · ').replace(/\s+/g, ' ');
  const characters = [...words];
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : words;
}

function* textsOf(value) {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object') for (const part of Object.values(value)) yield* textsOf(part);
}

function table(titles, rows) {
  const all = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => columnsOf(row[column]))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(widths[column] - columnsOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Chinese characters are two columns wide in a terminal. */
function columnsOf(text) {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
}
