export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180): CRLF, quotes where needed, no byte order mark. An apostrophe neutralises
 * text that a spreadsheet would run as a formula; numbers stay as they are. null = an empty cell.
 * Text with `;` or a tab is quoted too, since a spreadsheet may split cells at these.
 */
export function csvText(rows: ReadonlyArray<ReadonlyArray<CsvCell>>): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/**
 * What starts a formula, if need be after what a spreadsheet skips: blanks, control and zero-width
 * characters. Spreadsheets take the full-width and small forms of the signs for the signs.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;
const BLANK_START = /^[\t\r\n]/;

function cellText(cell: CsvCell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = cell ?? '';
  const safe = FORMULA.test(text) || BLANK_START.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
