import { computed, createModel, signal } from '@preact/signals';
import type { PausePreviewed } from '../../lib/contract/pauses.ts';
import { type Problem, problemOf } from '../../lib/errors.ts';
import type { PauseRecord } from '../../lib/journal/pause-record.ts';
import type { Box } from '../../lib/page/protocol.ts';
import type { QueryClient } from '../kit/query.ts';

/** What to pause or to resume. */
export interface PauseWanted {
  readonly connection: string;
  readonly campaignId: string;
  /** true resumes, false pauses. */
  readonly active: boolean;
}

/**
 * One pause or resumption from its preview to its status, and back by undo.
 *
 * @param start what to preview, or a record of the journal
 */
export const PauseModel = createModel(
  (
    client: QueryClient,
    start: { readonly wanted: PauseWanted } | { readonly sent: PauseRecord },
  ) => {
    const preview = signal<PausePreviewed | null>(null);
    const sent = signal<PauseRecord | null>('sent' in start ? start.sent : null);
    const busy = signal(false);
    const problem = signal<Problem | null>(null);

    const run = async (action: () => Promise<void>): Promise<void> => {
      busy.value = true;
      problem.value = null;
      try {
        await action();
      } catch (error) {
        problem.value = problemOf(error);
      } finally {
        busy.value = false;
      }
    };
    const ask = (): Promise<void> =>
      run(async () => {
        if ('wanted' in start) preview.value = await client.call('pauses.preview', start.wanted);
      });
    void ask();

    return {
      /** What is to be confirmed; null = nothing, or not known yet. */
      preview,
      /** What was sent, as it is now; null = nothing yet. */
      record: computed(
        () =>
          sent.value &&
          (client.query('pauses.read', { record: sent.value.id }).value ?? sent.value),
      ),
      busy,
      problem,
      /** Previews once more, after a problem. */
      retry: () => void ask(),
      /** @param at the box of the pressed button */
      send(at: Box): void {
        const shown = preview.value;
        if (!shown) return;
        void run(async () => {
          sent.value = await client.call('pauses.send', { preview: shown.id, at });
          preview.value = null;
        });
      },
      /** Previews what undoes the record. */
      undo(): void {
        const done = sent.value;
        if (!done) return;
        void run(async () => {
          preview.value = await client.call('pauses.undo', { record: done.id });
        });
      },
      /** Reads the campaign's state back once more. */
      check(): void {
        const done = sent.value;
        if (done)
          void run(async () => void (await client.call('pauses.settle', { record: done.id })));
      },
    };
  },
);
