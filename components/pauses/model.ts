import { createModel } from '@preact/signals';
import type { PauseRecord } from '../../lib/journal/pause-record.ts';
import type { QueryClient } from '../kit/query.ts';
import { writeModel } from '../kit/write-model.ts';

/** What to pause or to resume. */
export interface PauseWanted {
  readonly connection: string;
  readonly campaignId: string;
  /** true resumes, false pauses. */
  readonly active: boolean;
}

/**
 * One pause or resumption.
 *
 * @param start what to preview, or a record of the journal
 */
export const PauseModel = createModel(
  (client: QueryClient, start: { readonly wanted: PauseWanted } | { readonly sent: PauseRecord }) =>
    writeModel(
      {
        send: (preview, at) => client.call('pauses.send', { preview, at }),
        undo: (record) => client.call('pauses.undo', { record }),
        settle: (record) => client.call('pauses.settle', { record }),
        read: (record) => client.query('pauses.read', { record }).value,
      },
      'sent' in start ? start : { preview: () => client.call('pauses.preview', start.wanted) },
    ),
);
