import type { TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { type CsvCell, csvText } from '../../lib/report/csv.ts';
import { segmentText } from '../costs/update-text.ts';

/** A cost of a record in its tracker's currency: the former one, the ordered one, or the one read back. */
export function figureOf(
  { before, expected, seen }: JournalRecord,
  which: 'before' | 'after' | 'seen',
): number | null {
  return { before: before.cost, after: expected, seen }[which];
}

export const surfaceText = ({ confirmedOn }: JournalRecord): string =>
  confirmedOn ? t(`surface_${confirmedOn.surface}`) : '';

/** Records as CSV: times in ISO 8601, figures as plain numbers with their currency beside them. */
export function journalCsv(
  records: readonly JournalRecord[],
  of: {
    readonly trackers: readonly TrackerView[];
    nameOf(record: JournalRecord): string;
  },
): string {
  const columns: ReadonlyArray<readonly [string, (record: JournalRecord) => CsvCell]> = [
    [t('journal_time'), ({ createdAt }) => new Date(createdAt).toISOString()],
    [
      t('formTracker'),
      ({ tracker }) => of.trackers.find(({ id }) => id === tracker)?.name ?? tracker,
    ],
    [t('journal_connection'), of.nameOf],
    [t('journal_id'), ({ order }) => order.campaignId],
    [t('journal_campaign'), ({ order }) => order.campaignName],
    [t('range_from'), ({ order }) => order.range.from],
    [t('range_to'), ({ order }) => order.range.to],
    [t('journal_zone'), ({ order }) => order.range.zone],
    [t('journal_segment'), ({ order }) => segmentText(order)],
    [t('journal_currency'), ({ trackerCurrency }) => trackerCurrency],
    [t('journal_before'), (record) => figureOf(record, 'before')],
    [t('journal_after'), (record) => figureOf(record, 'after')],
    [t('journal_seen'), (record) => figureOf(record, 'seen')],
    [t('journal_state'), ({ state }) => t(`state_${state}`)],
    [t('journal_surface'), surfaceText],
  ];
  return csvText([
    columns.map(([title]) => title),
    ...records.map((record) => columns.map(([, cell]) => cell(record))),
  ]);
}
