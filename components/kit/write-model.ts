import { computed, signal } from '@preact/signals';
import { type Problem, problemOf } from '../../lib/errors.ts';
import type { Box } from '../../lib/page/protocol.ts';

/** The calls of a kind of write. */
export interface WriteCalls<P, R> {
  /** @param at the box of the pressed button */
  send(preview: string, at: Box): Promise<R>;
  undo(record: string): Promise<P>;
  /** Reads back once more. */
  settle(record: string): Promise<unknown>;
  /** The record as it is now, once that is known; read within a `computed`. */
  read(record: string): R | null;
}

/** What a write begins with: what it would do, or a record of the journal. */
type WriteStart<P, R> = { preview(): Promise<P> } | { readonly sent: R };

/** One write from its preview to its status, and back by undo. To be called where a model is created. */
export function writeModel<P extends { readonly id: string }, R extends { readonly id: string }>(
  calls: WriteCalls<P, R>,
  start: WriteStart<P, R>,
) {
  const preview = signal<P | null>(null);
  const sent = signal<R | null>('sent' in start ? start.sent : null);
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
      if ('preview' in start) preview.value = await start.preview();
    });
  void ask();

  return {
    /** What is to be confirmed; null = nothing, or not known yet. */
    preview,
    /** What was sent, as it is now; null = nothing yet. */
    record: computed(() => sent.value && (calls.read(sent.value.id) ?? sent.value)),
    busy,
    problem,
    /** Previews once more, after a problem. */
    retry: () => void ask(),
    /** @param at the box of the pressed button */
    send(at: Box): void {
      const shown = preview.value;
      if (!shown) return;
      void run(async () => {
        sent.value = await calls.send(shown.id, at);
        preview.value = null;
      });
    },
    /** Previews what undoes the record. */
    undo(): void {
      const done = sent.value;
      if (!done) return;
      void run(async () => {
        preview.value = await calls.undo(done.id);
      });
    },
    /** Reads back once more. */
    check(): void {
      const done = sent.value;
      if (done) void run(async () => void (await calls.settle(done.id)));
    },
  };
}

/** The model of a kind of write. */
export type WriteModel<
  P extends { readonly id: string },
  R extends { readonly id: string },
> = ReturnType<typeof writeModel<P, R>>;
