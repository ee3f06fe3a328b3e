import { type Metrics, sumMetrics } from '../report/metrics.ts';
import type { DimensionValue, NamedDimension, Report } from '../report/question.ts';
import { createCountryCodes } from './countries.ts';
import type { JoinedRow, Side } from './join.ts';
import { foldName } from './names.ts';

/** What the rows of a comparison can be; a placement is the token that a source template names. */
export const GROUPINGS = [
  'campaign',
  'offer',
  'source',
  'country',
  'deviceType',
  'os',
  'browser',
  'day',
  'hour',
  'placement',
] as const satisfies ReadonlyArray<NamedDimension | 'placement'>;
export type Grouping = (typeof GROUPINGS)[number];

/** Rows with names that people give; all others have values that the traffic itself gives. */
const NAMED: ReadonlySet<Grouping> = new Set<Grouping>(['campaign', 'offer', 'source']);
export const isNamed = (grouping: Grouping): boolean => NAMED.has(grouping);

/** Words by which trackers say that they do not know a value. */
const UNKNOWN: ReadonlySet<string> = new Set(['', '-', '–', 'unknown', 'n/a']);
/** One system under the names that its maker has given it. */
const RENAMED: Readonly<Record<string, string>> = { osx: 'macos', macosx: 'macos' };

let countryCodes: ReturnType<typeof createCountryCodes> | null = null;

/**
 * A value as all trackers write it: '' for one that is not known, a country by its ISO 3166 code,
 * devices, systems and browsers without case and separators. What is spelt in an unknown way stays
 * as it is.
 */
function commonId(grouping: Grouping, { id, name }: DimensionValue): string {
  if (UNKNOWN.has(name.trim().toLowerCase())) return '';
  switch (grouping) {
    case 'country':
      countryCodes ??= createCountryCodes();
      return countryCodes(id) ?? countryCodes(name) ?? foldName(name);
    case 'deviceType':
    case 'os':
    case 'browser': {
      const plain = foldName(name).replaceAll(/[ _]/g, '');
      return RENAMED[plain] ?? plain;
    }
    default:
      return id;
  }
}

/** How values are shown. */
export interface ValueTexts {
  /** BCP 47 tag. */
  readonly locale: string;
  /** Name of the value that is not known. */
  readonly unknown: string;
}

function nameOf(grouping: Grouping, id: string, written: string, texts: ValueTexts): string {
  if (id === '') return texts.unknown;
  if (grouping === 'hour') return `${id}:00`;
  // What is no country's code is folded, and has no capital letters.
  if (grouping !== 'country' || !/[A-Z]/.test(id)) return written;
  const name = new Intl.DisplayNames(texts.locale || 'en', { type: 'region' }).of(id);
  return `${name} (${id})`;
}

const UNTOLD: DimensionValue = { id: '', name: '' };

/** The rows of a report as a side of a comparison: values in the common form, each of them once. */
export function commonRows(
  grouping: Grouping,
  { rows }: Pick<Report, 'rows'>,
  texts: ValueTexts,
): Side['rows'] {
  if (isNamed(grouping)) {
    return rows.map(({ values: [{ id, name } = UNTOLD], metrics }) => ({ id, name, metrics }));
  }
  const parts = new Map<string, { name: string; metrics: Metrics; written: string[] }>();
  for (const { values, metrics } of rows) {
    const [value = UNTOLD] = values;
    const id = commonId(grouping, value);
    const part = parts.get(id);
    if (part) {
      part.metrics = sumMetrics([part.metrics, metrics]);
      part.written.push(value.id);
    } else {
      const name = nameOf(grouping, id, value.name, texts);
      parts.set(id, { name, metrics, written: [value.id] });
    }
  }
  return [...parts].map(([id, { name, metrics, written }]) => ({
    ...{ id, name, metrics },
    ...(written.length === 1 && written[0] === id ? {} : { written }),
  }));
}

/** Joins rows with the same value; `commonRows` gives each side's. */
export function joinValues(sides: readonly Side[]): JoinedRow[] {
  const found = new Map<string, { name: string; cells: JoinedRow['cells'][number][] }>();
  sides.forEach(({ rows }, side) => {
    for (const cell of rows) {
      const row = found.get(cell.id) ?? { name: cell.name, cells: sides.map(() => null) };
      row.cells[side] = cell;
      found.set(cell.id, row);
    }
  });
  return [...found].map(([id, { name, cells }]) => ({
    key: `value:${id}`,
    ...{ name, cells },
    by: cells.filter((cell) => cell !== null).length > 1 ? 'exact' : 'alone',
  }));
}
