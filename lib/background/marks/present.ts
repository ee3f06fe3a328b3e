import { CrosstrackError } from '../../errors.ts';
import type { MarksRecord } from '../../journal/marks-record.ts';
import type { MarksQuestion, SeenMark } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';

/** A campaign's placements, by the token that holds them. */
export type MarksOf = Pick<MarksRecord, 'connection' | 'campaignId' | 'slot' | 'range'>;

/** What an adapter is asked. No filter is needed where marks can be written. */
export const marksQuestion = ({ campaignId, slot, range }: MarksOf): MarksQuestion => ({
  campaignId,
  slot,
  range,
  filter: null,
});

/** Marks that the tracker shows now, by value. */
export type ReadMarks = (
  of: MarksOf,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, SeenMark>>;

export const createReadMarks =
  ({ connections, clients }: Pick<Services, 'connections' | 'clients'>): ReadMarks =>
  async (of, signal) =>
    clients.run(await connections.get(of.connection), signal, async (client, adapter) => {
      if (!adapter.marks) throw new CrosstrackError({ kind: 'unsupported', tracker: adapter.name });
      return adapter.marks(client, marksQuestion(of));
    });
