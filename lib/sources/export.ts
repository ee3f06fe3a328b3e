import type { ScoredPlacement } from '../blacklist/placement.ts';
import type { MessageKey } from '../i18n.ts';
import { csvText } from '../report/csv.ts';
import type { SourceFormat } from './formats.ts';

export interface ExportedList {
  /** Ids in order, split into chunks of the source's limit. */
  readonly chunks: readonly (readonly string[])[];
  /** Each chunk in the source's format, without a header or trailing separator. */
  readonly texts: readonly string[];
  readonly rejected: ReadonlyArray<{ readonly id: string; readonly why: MessageKey }>;
  readonly duplicates: number;
  readonly protected: number;
}

const SEPARATORS = { newline: '\n', comma: ',' } as const;

/**
 * Formats a list for its source. Ids that do not match the source's pattern are rejected and
 * reported; protected ids and duplicates are left out. The order stays.
 */
export function exportList(
  ids: readonly string[],
  format: SourceFormat,
  options: {
    readonly protectedIds: ReadonlySet<string>;
    readonly separator?: 'newline' | 'comma';
  },
): ExportedList {
  const separator = SEPARATORS[options.separator ?? format.separator];
  const rejected: Array<{ id: string; why: MessageKey }> = [];
  const kept = new Set<string>();
  let duplicates = 0;
  let held = 0;
  for (const raw of ids) {
    const id = format.domains ? bareDomain(raw) : raw.trim();
    if (id === '') rejected.push({ id: raw, why: 'rejected_empty' });
    else if (!format.pattern.test(id)) rejected.push({ id: raw, why: 'rejected_kind' });
    else if (options.protectedIds.has(id) || options.protectedIds.has(raw)) held += 1;
    else if (kept.has(id)) duplicates += 1;
    else kept.add(id);
  }
  const all = [...kept];
  const size = format.limit ?? Math.max(1, all.length);
  const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
  return {
    chunks,
    texts: chunks.map((chunk) => chunk.join(separator)),
    rejected,
    duplicates,
    protected: held,
  };
}

/** A bare domain: no scheme, `www.`, path or port. */
function bareDomain(text: string): string {
  return text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^www\./i, '')
    .toLowerCase();
}

/** The list with its figures as CSV. Money in `currency`, confidence 0–1. */
export function exportCsv(
  rows: readonly ScoredPlacement[],
  { currency }: { readonly currency: string },
): string {
  return csvText([
    [
      'placement',
      'clicks',
      `cost_${currency}`,
      'conversions',
      `revenue_${currency}`,
      'verdict',
      'confidence',
    ],
    ...rows.map(({ id, clicks, cost, conversions, revenue, verdict }) => [
      id,
      clicks,
      round(cost),
      conversions,
      round(revenue),
      verdict.kind,
      round(verdict.loser),
    ]),
  ]);
}

const round = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;
