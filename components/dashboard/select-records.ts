import type { JournalRecord } from '../../lib/journal/record.ts';

/** Which records to show; '' = all. */
export interface JournalFilter {
  /** Id of the connection whose tracker was changed. */
  readonly connection: string;
  /** Part of the campaign's name, or its id. */
  readonly campaign: string;
  readonly state: string;
  /** A day that the update covers. */
  readonly day: string;
  /** Where it was confirmed. */
  readonly surface: string;
}

/** The records that match a filter in every respect, in their order. */
export function selectRecords(
  records: readonly JournalRecord[],
  { connection, campaign, state, day, surface }: JournalFilter,
): JournalRecord[] {
  const part = campaign.trim().toLowerCase();
  return records.filter(({ order, ...record }) => {
    const { from, to } = order.range;
    return (
      (connection === '' || order.connection === connection) &&
      (part === '' ||
        order.campaignId.toLowerCase() === part ||
        order.campaignName.toLowerCase().includes(part)) &&
      (state === '' || record.state === state) &&
      (day === '' || (from <= day && day <= to)) &&
      (surface === '' || record.confirmedOn?.surface === surface)
    );
  });
}
