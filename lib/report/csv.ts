export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180): CRLF, quotes where needed, no byte order mark. An apostrophe neutralises
 * text that a spreadsheet would run as a formula; numbers stay as they are. null = an empty cell.
 */
export function csvText(rows: ReadonlyArray<ReadonlyArray<CsvCell>>): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
