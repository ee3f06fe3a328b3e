import { createModel } from '@preact/signals';
import type { Input } from '../../lib/contract/calls.ts';
import type { MarksRecord } from '../../lib/journal/marks-record.ts';
import type { QueryClient } from '../kit/query.ts';
import { writeModel } from '../kit/write-model.ts';

/** The list that is to be marked. */
export type MarksWanted = Input<'marks.preview'>;

/**
 * One change of marks.
 *
 * @param start what to preview, or a record of the journal
 */
export const MarksModel = createModel(
  (client: QueryClient, start: { readonly wanted: MarksWanted } | { readonly sent: MarksRecord }) =>
    writeModel(
      {
        send: (preview, at) => client.call('marks.send', { preview, at }),
        undo: (record) => client.call('marks.undo', { record }),
        settle: (record) => client.call('marks.settle', { record }),
        read: (record) => client.query('marks.read', { record }).value,
      },
      'sent' in start ? start : { preview: () => client.call('marks.preview', start.wanted) },
    ),
);
