import { effect, signal } from '@preact/signals';
import { onTestFinished } from 'vitest';
import { CompareModel } from '../../../components/dashboard/compare-model.ts';
import { readState } from '../../../components/dashboard/page-state.ts';
import { isInner } from '../../../components/dashboard/table-rows.ts';
import { createQueryClient } from '../../../components/kit/query.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../../lib/contract/connections.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';
import { isDay } from '../../../lib/report/range.ts';

/** Figures of a connection's campaigns, by name; its id begins with the tracker's letter. */
export type Books = Readonly<Record<string, Readonly<Record<string, Partial<Metrics>>>>>;

const NOW = Date.parse('2026-08-20T12:00:00Z');
const ZONE = 'UTC';
const FIRST = '2026-08-01';

const connection = (id: string): ConnectionView =>
  ({
    ...{ id, tracker: id, name: `${id} main`, currency: 'USD', zone: ZONE, basis: 'visit' },
    problem: null,
  }) as ConnectionView;

const tracker = (id: string): TrackerView =>
  ({ id, side: id.startsWith('n') ? 'network' : 'tracker' }) as TrackerView;

export const reportOf = (rows: Readonly<Record<string, Partial<Metrics>>>): Report => ({
  rows: Object.entries(rows).map(([name, figures]) => ({
    values: [{ id: isDay(name) ? name : `#${name}`, name }],
    metrics: metricsOf(figures),
  })),
  counted: ['clicks', 'conversions', 'cost', 'revenue'],
  ...{ zone: ZONE, currency: 'USD', basis: 'visit', fetchedAt: NOW, complete: true },
});

/** What is within a row of the first level; 'off' = the connection does not answer. */
export type InnerBooks = (
  asked: Pick<Input<'campaigns.grouped'>, 'connection' | 'range' | 'by'> & {
    readonly ids: readonly string[];
  },
) => Readonly<Record<string, Partial<Metrics>>> | 'off' | 'part';

/**
 * The table over connections with these books, the first of which is the base.
 * @param before the books of the days before
 */
export async function openTable(
  books: Books,
  hash = '',
  {
    links = [],
    rejected = [],
    before = {},
    inner = () => ({}),
  }: {
    links?: readonly Link[];
    rejected?: readonly Rejection[];
    before?: Books;
    inner?: InnerBooks;
  } = {},
) {
  const compared = signal(Object.keys(books).map(connection));
  const state = signal(readState(hash));
  const asked: string[] = [];
  const client = createQueryClient({
    async call(name, input) {
      asked.push(name);
      if (name === 'links.list') return links as never;
      if (name === 'links.rejected') return rejected as never;
      const question = input as Input<'campaigns.grouped'>;
      const { connection: of, fresh, range, within } = question;
      if (!fresh) return { report: null, problem: null } as never;
      if (within) {
        const found = inner({ ...question, ids: within.ids });
        if (found === 'off') {
          return { report: null, problem: { kind: 'network' } } as never;
        }
        const rows = found === 'part' ? {} : found;
        const report = { ...reportOf(rows), complete: found !== 'part' };
        return { report, problem: null } as never;
      }
      const known = range.from < FIRST ? before : books;
      return { report: reportOf(known[of] ?? {}), problem: null } as never;
    },
    onChange: () => () => {},
  });
  const page = {
    ...{ state, compared },
    trackers: signal(Object.keys(books).map(tracker)),
    base: signal<ConnectionView | null>(compared.value[0] ?? null),
    range: signal({ from: FIRST, to: '2026-08-07', zone: ZONE }),
  };
  const model = new CompareModel(client, page, () => NOW);
  // As the view does: whatever is read is asked for.
  const stop = effect(() => {
    void [model.tableRows.value, model.asked.value, model.figures.value];
  });
  onTestFinished(() => {
    stop();
    model[Symbol.dispose]();
  });
  /** Until every answer has come. */
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await settle();
  return {
    model,
    page,
    asked,
    settle,
    go: (next: string) => {
      state.value = readState(next);
    },
    names: () => model.rows.value.map(({ name }) => name),
    /** What the table shows: names, those within an opened row behind a mark, and what is missing there. */
    shown: () =>
      model.tableRows.value.map((row) =>
        isInner(row) ? `> ${row.row?.name ?? row.part.notes.join('; ')}` : row.name,
      ),
    toggle: async (name: string) => {
      const row = model.rows.value.find((one) => one.name === name);
      if (!row) throw new Error(`no ${name}`);
      model.toggle(row);
      await settle();
    },
  };
}
