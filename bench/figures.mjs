/** Statistics and tables for the bench. */

/** The median: one disturbed run on a shared machine does not move it. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rows of `{ what, value, unit, goal }` as a table; a missed goal is marked, not hidden. */
export function table(rows) {
  const cells = [
    ['what', 'measured', 'goal', ''],
    ...rows.map(({ what, value, unit, goal, met }) => [
      what,
      `${format(value)} ${unit}`.trim(),
      goal ?? '',
      met === undefined ? '' : met ? 'ok' : 'MISSED',
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function format(value) {
  return typeof value === 'number'
    ? value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
    : String(value);
}
