import { type Metrics, sumMetrics } from '../report/metrics.ts';
import type { DimensionValue, NamedDimension, Report } from '../report/question.ts';
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

/**
 * A value as all trackers write it: '' for one that is not known, a country by its ISO 3166 code,
 * devices, systems and browsers without case and separators. What is spelt in an unknown way stays
 * as it is.
 */
function commonId(grouping: Grouping, { id, name }: DimensionValue): string {
  if (UNKNOWN.has(name.trim().toLowerCase())) return '';
  switch (grouping) {
    case 'country':
      return codeOf(id) ?? codeOf(name) ?? foldName(name);
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
  if (grouping !== 'country' || !/^[A-Z]{2}$/.test(id)) return written;
  const name = new Intl.DisplayNames(texts.locale || 'en', { type: 'region' }).of(id);
  return `${name} (${id})`;
}

/** The rows of a report as a side of a comparison: values in the common form, each of them once. */
export function commonRows(
  grouping: Grouping,
  { rows }: Pick<Report, 'rows'>,
  texts: ValueTexts,
): Side['rows'] {
  if (isNamed(grouping)) {
    return rows.map(({ values: [value], metrics }) => ({
      ...{ id: value?.id ?? '', name: value?.name ?? '' },
      metrics,
    }));
  }
  const parts = new Map<string, { name: string; metrics: Metrics[]; written: string[] }>();
  for (const { values, metrics } of rows) {
    const value = values[0] ?? { id: '', name: '' };
    const id = commonId(grouping, value);
    const part = parts.get(id);
    if (part) {
      part.metrics.push(metrics);
      part.written.push(value.id);
    } else {
      const name = nameOf(grouping, id, value.name, texts);
      parts.set(id, { name, metrics: [metrics], written: [value.id] });
    }
  }
  return [...parts].map(
    ([
      id,
      {
        name,
        metrics: [first, ...more],
        written,
      },
    ]) => ({
      id,
      name,
      ...(written.length === 1 && written[0] === id ? {} : { written }),
      metrics: first && more.length === 0 ? first : sumMetrics(first ? [first, ...more] : more),
    }),
  );
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

let codes: Map<string, string> | null = null;

/** The ISO 3166 code of a country that is written as its code or an English name of it; null = neither. */
function codeOf(written: string): string | null {
  codes ??= namesOfCountries();
  return codes.get(written.trim().toLowerCase().replaceAll('’', "'")) ?? null;
}

/** Codes of CLDR that are no country's. */
const NO_COUNTRIES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Short names of ISO 3166 and former names that CLDR does not use; UK is reserved for GB. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  BN: ['brunei darussalam'],
  BO: ['bolivia (plurinational state of)', 'bolivia, plurinational state of'],
  CD: ['congo, democratic republic of the', 'congo, the democratic republic of the'],
  CI: ['ivory coast'],
  CV: ['cabo verde'],
  CZ: ['czech republic'],
  GB: ['uk', 'united kingdom of great britain and northern ireland'],
  IR: ['iran (islamic republic of)', 'iran, islamic republic of'],
  KR: ['korea, republic of', 'republic of korea'],
  LA: ["lao people's democratic republic"],
  MD: ['moldova, republic of', 'republic of moldova'],
  MK: ['macedonia'],
  PS: ['palestine, state of'],
  RU: ['russian federation'],
  SY: ['syrian arab republic'],
  SZ: ['swaziland'],
  TR: ['turkey'],
  TW: ['taiwan, province of china'],
  TZ: ['tanzania, united republic of', 'united republic of tanzania'],
  US: ['united states of america', 'usa'],
  VE: ['venezuela (bolivarian republic of)', 'venezuela, bolivarian republic of'],
  VN: ['viet nam'],
};

function namesOfCountries(): Map<string, string> {
  const styles = (['long', 'short'] as const).map(
    (style) => new Intl.DisplayNames('en', { type: 'region', fallback: 'none', style }),
  );
  const found = new Map<string, string>();
  for (let at = 0; at < 26 * 26; at++) {
    const code = String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26));
    // Withdrawn codes bear the names of their successors ("DD" is Germany).
    const lives = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
    if (!lives || NO_COUNTRIES.has(code)) continue;
    const names = styles.flatMap((style) => style.of(code) ?? []);
    for (const name of names.length > 0 ? [code, ...names] : []) {
      found.set(name.toLowerCase().replaceAll('’', "'"), code);
    }
  }
  for (const [code, names] of Object.entries(OTHER_NAMES)) {
    for (const name of names) found.set(name, code);
  }
  return found;
}
