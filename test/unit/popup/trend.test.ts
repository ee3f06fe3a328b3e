import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totalsOf } from '../../../components/popup/totals.ts';
import { createStats } from '../../../lib/background/campaigns/stats.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import type { Stats } from '../../../lib/contract/figures.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import { dayOf, hourOf, instantsOf } from '../../../lib/report/range.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** 15:30 in Madrid, 09:30 in New York. */
const NOW = Date.parse('2026-08-01T13:30:00Z');

interface Book {
  readonly name: string;
  readonly zone: string;
  /** The zone of its reports, if not that of its connection. */
  readonly reports?: string;
  /** Profit of the hour that begins at an instant. */
  readonly earns: (at: number) => number;
  readonly currency?: string;
  /** Does it report by hour? */
  readonly hourly?: boolean;
  /** When its report of a day was fetched, epoch ms; null = never. */
  readonly fetched?: (day: string) => number | null;
}

const ten = (name: string, zone: string, more: Partial<Book> = {}): Book => ({
  name,
  zone,
  earns: () => 10,
  ...more,
});
const MADRID = ten('Keitaro', 'Europe/Madrid');
const NEW_YORK = ten('RedTrack', 'America/New_York');
const KOLKATA = ten('Kolkata', 'Asia/Kolkata');
/** Binom v1: no hours of all campaigns together. */
const NO_HOURS = ten('Binom', 'Europe/Madrid', { hourly: false });

/** A tracker's answer out of its book: each hour that had begun when it was asked. */
function answer(book: Book, { range, groupBy }: Question, now: number): Report | null {
  const fetchedAt = book.fetched ? book.fetched(range.from) : now;
  if (fetchedAt === null) return null;
  const zone = book.reports ?? range.zone;
  const { start, end } = instantsOf({ ...range, zone });
  const hours = new Map<string, number>();
  for (let at = start; at < Math.min(end, fetchedAt); at += HOUR_MS) {
    const key = groupBy[0] === 'hour' ? String(hourOf(at, zone)) : '7';
    hours.set(key, (hours.get(key) ?? 0) + book.earns(at));
  }
  return {
    rows: [...hours].map(([id, revenue]) => ({
      values: [{ id, name: id }],
      metrics: metricsOf({ cost: 0, revenue }),
    })),
    counted: ['cost', 'revenue'],
    zone,
    currency: book.currency ?? 'USD',
    basis: 'visit',
    fetchedAt,
    complete: true,
  };
}

async function statsOf(
  books: readonly Book[],
  preset: 'today' | 'yesterday',
  now: number,
): Promise<Stats[]> {
  const bookOf = (id: string) => books.find(({ name }) => name === id) ?? MADRID;
  const connections = books.map(({ name, zone }) => ({
    ...{ id: name, tracker: name, zone, currency: 'USD' },
  }));
  const handlers = createStats({
    connections: { list: async () => connections },
    clients: {
      adapter: (id: string) => ({ capabilities: { hourlyTotals: bookOf(id).hourly ?? true } }),
    },
    reports: { known: async (id: string, asked: Question) => answer(bookOf(id), asked, now) },
    now: () => now,
  } as never);
  const known = await handlers['stats.known']({ preset }, {} as never);
  return books.flatMap(({ name }) => known[name] ?? []);
}

/** The popup's totals, no campaign being on two trackers. */
async function totals(
  books: readonly Book[],
  {
    preset = 'today',
    now = NOW,
    rates = [],
  }: {
    readonly preset?: 'today' | 'yesterday';
    readonly now?: number;
    readonly rates?: readonly Rate[];
  } = {},
) {
  const all = await statsOf(books, preset, now);
  return totalsOf(
    all.map((stats, at) => ({
      name: books[at]?.name ?? '',
      side: 'tracker',
      stats,
      once: { metrics: stats.now, campaigns: 1, whole: true, best: null, worst: null },
    })),
    rates,
  );
}

const of = (count: number, value: number | null) => Array(count).fill(value);

describe('the line', () => {
  test('of trackers in two zones adds what they earned at the same time', async () => {
    const [total] = await totals([MADRID, NEW_YORK]);
    // 16 of Madrid's hours have begun. New York's first six of them are its last evening.
    expect(total?.hours).toEqual({ value: [...of(16, 20), ...of(8, null)], of: null });
    // New York's day: 9 of Madrid's hours are still to come when it begins at 06:00 there.
    const [other] = await totals([NEW_YORK, MADRID]);
    expect(other?.hours).toEqual({ value: [...of(10, 20), ...of(14, null)], of: null });
  });

  test('follows the zone of the reports, whatever the connection says', async () => {
    const moved = ten('Moved', 'Europe/Madrid', { reports: 'America/New_York' });
    const [total] = await totals([moved, MADRID]);
    expect(total?.hours).toEqual({ value: [...of(10, 20), ...of(14, null)], of: null });
    expect(total?.zones).toEqual(['America/New_York', 'Europe/Madrid']);
  });

  test('has a gap where a tracker’s yesterday is not known', async () => {
    const fetched = (day: string) => (day === '2026-08-01' ? NOW : null);
    const [total] = await totals([MADRID, { ...NEW_YORK, fetched }]);
    expect(total?.hours?.value).toEqual([...of(6, null), ...of(10, 20), ...of(8, null)]);
  });

  test('has a gap after an older report, from the hour that it cut', async () => {
    // 11:10 in Madrid: the hour from 11:00 is known for ten minutes only.
    const fetched = () => Date.parse('2026-08-01T09:10:00Z');
    const [total] = await totals([MADRID, ten('Old', 'Europe/Madrid', { fetched })]);
    expect(total?.hours).toEqual({ value: [...of(11, 20), ...of(13, null)], of: null });
  });

  test('leaves out, and so names, a tracker without hours or with hours between those of the first', async () => {
    for (const other of [NO_HOURS, KOLKATA]) {
      const [total] = await totals([MADRID, other]);
      expect(total?.hours).toEqual({ value: [...of(16, 10), ...of(8, null)], of: ['Keitaro'] });
    }
    const [total] = await totals([NO_HOURS, MADRID, NEW_YORK]);
    expect(total?.hours).toEqual({
      value: [...of(16, 20), ...of(8, null)],
      of: ['Keitaro', 'RedTrack'],
    });
    expect((await totals([NO_HOURS]))[0]?.hours).toBeNull();
  });

  test('is 0 in an hour without a row, and unknown in one to come', async () => {
    const [total] = await totals([ten('None', 'UTC', { earns: () => 0 })]);
    expect(total?.hours).toEqual({ value: [...of(14, 0), ...of(10, null)], of: null });
  });

  test('is in one currency', async () => {
    const rate = { from: 'EUR', to: 'USD', rate: 1.1, day: '2026-08-01' };
    const euro = ten('Euro', 'Europe/Madrid', { currency: 'EUR' });
    const [total] = await totals([MADRID, euro], { rates: [rate] });
    expect(total?.hours?.value.slice(0, 16)).toEqual(of(16, 21));
  });

  test('of a day on which the clocks go back has 24 hours, one of them twice as long', async () => {
    const now = Date.parse('2026-10-25T22:30:00Z');
    const utc = ten('Utc', 'UTC');
    // Madrid's hour from 2:00 comes twice: 20 of its own and 20 of UTC's.
    const [total] = await totals([MADRID, utc], { now });
    expect(total?.hours?.value).toEqual([20, 20, 40, ...of(21, 20)]);
    // Of these two hours one is Kolkata's, which is not all of them.
    const [half] = await totals([MADRID, KOLKATA], { now });
    expect(half?.hours?.of).toEqual(['Keitaro']);
    // UTC's day: Madrid does not tell its two hours from midnight to 02:00 apart.
    const [other] = await totals([utc, MADRID], { now });
    expect(other?.hours?.value).toEqual([null, null, ...of(21, 20), null]);
  });

  test('is what all of them earned within each hour, whatever their zones', async () => {
    const zone = fc.constantFrom(
      ...['Pacific/Honolulu', 'America/New_York', 'UTC', 'Europe/Madrid', 'Asia/Tokyo'],
      ...['Pacific/Kiritimati', 'Pacific/Pago_Pago'],
    );
    const books = fc.array(fc.tuple(zone, fc.nat(999)), { minLength: 1, maxLength: 4 });
    const minutes = fc.tuple(fc.nat(24 * 14), fc.integer({ min: 1, max: 59 }));
    await fc.assert(
      fc.asyncProperty(books, minutes, async (chosen, [hours, past]) => {
        const now = Date.parse('2026-07-01T00:00:00Z') + hours * HOUR_MS + past * MINUTE_MS;
        const all = chosen.map(([name, seed], at) => ({
          name: `${at}`,
          zone: name,
          earns: (hour: number) => (hour / HOUR_MS + seed) % 97,
        }));
        const [total] = await totals(all, { now });
        const first = all[0]?.zone ?? '';
        const day = dayOf(now, first);
        const { start } = instantsOf({ from: day, to: day, zone: first });
        const expected = Array.from({ length: 24 }, (_, hour) => {
          const at = start + hour * HOUR_MS;
          return at > now ? null : all.reduce((sum, { earns }) => sum + earns(at), 0);
        });
        expect(total?.hours?.of).toBeNull();
        expect(total?.hours?.value).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the change', () => {
  /** Earns ten an hour, and before a day's midnight in its zone less. */
  const grows = (name: string, zone: string, before: number, more: Partial<Book> = {}): Book => {
    const day = dayOf(NOW, zone);
    const { start } = instantsOf({ from: day, to: day, zone });
    return ten(name, zone, { earns: (at) => (at < start ? before : 10), ...more });
  };

  test('is of each tracker’s own day up to now, against the same hours of the day before', async () => {
    const [total] = await totals([
      grows('Keitaro', 'Europe/Madrid', 5),
      grows('RedTrack', 'America/New_York', 8),
    ]);
    // 15 × 10 + 9 × 10 = 240 against 15 × 5 + 9 × 8 = 147: +93.
    expect(total?.change).toEqual({ value: 93 / 147, of: null });
  });

  test('names its trackers where one has nothing to compare with', async () => {
    const [total] = await totals([grows('Keitaro', 'Europe/Madrid', 5), NO_HOURS]);
    expect(total?.change).toEqual({ value: 1, of: ['Keitaro'] });
    // Half hours hinder the line only.
    const [both] = await totals([grows('Keitaro', 'Europe/Madrid', 5), KOLKATA]);
    // 19:00 in Kolkata: 150 + 190 against 75 + 190.
    expect(both?.change).toEqual({ value: 75 / 265, of: null });
    expect(both?.hours?.of).toEqual(['Keitaro']);
  });

  test('of an older report is up to the hour that it has whole', async () => {
    const today = Date.parse('2026-08-01T09:10:00Z');
    const fetched = (day: string) => (day === '2026-08-01' ? today : NOW);
    const [total] = await totals([grows('Keitaro', 'Europe/Madrid', 8, { fetched })]);
    // 11 hours: 110 against 88.
    expect(total?.change).toEqual({ value: 0.25, of: null });
  });

  test('is unknown against a day of which a report knows less', async () => {
    // Fetched yesterday at 14:10, when it was today: its hour from 14:00 is cut.
    const early = Date.parse('2026-07-31T12:10:00Z');
    const fetched = (day: string) => (day === '2026-08-01' ? NOW : early);
    const [total] = await totals([MADRID, ten('Old', 'Europe/Madrid', { fetched })]);
    expect(total?.change).toEqual({ value: 0, of: ['Keitaro'] });
  });

  test.each(['2026-07-31', '2026-07-30'])(
    'of a day that is over needs both days whole: %s was fetched before it was over',
    async (cut) => {
      const { end } = instantsOf({ from: cut, to: cut, zone: 'Europe/Madrid' });
      const fetched = (day: string) => (day === cut ? end - MINUTE_MS : NOW);
      const old = ten('Old', 'Europe/Madrid', { fetched });
      const [total] = await totals([MADRID, old], { preset: 'yesterday' });
      expect(total?.change).toEqual({ value: 0, of: ['Keitaro'] });
    },
  );

  test('of a day that is over is of every tracker', async () => {
    const [total] = await totals([MADRID, NO_HOURS, KOLKATA], { preset: 'yesterday' });
    expect(total?.change).toEqual({ value: 0, of: null });
    expect(total?.hours).toBeNull();
  });
});

describe('days', () => {
  test('that begin at different times are told, each once', async () => {
    const paris = ten('Paris', 'Europe/Paris');
    const [total] = await totals([MADRID, NEW_YORK, paris]);
    expect(total?.zones).toEqual(['Europe/Madrid', 'America/New_York']);
    expect((await totals([MADRID, paris]))[0]?.zones).toEqual([]);
    expect((await totals([MADRID]))[0]?.zones).toEqual([]);
  });

  test('that only end at different times are told, too', async () => {
    // Madrid's clocks go back on this day.
    const now = Date.parse('2026-10-25T12:30:00Z');
    const south = ten('South', 'Africa/Johannesburg');
    const [total] = await totals([MADRID, south], { now });
    expect(total?.zones).toEqual(['Europe/Madrid', 'Africa/Johannesburg']);
    expect((await totals([MADRID, south]))[0]?.zones).toEqual([]);
  });

  test('are only those of what is in the sum', async () => {
    const euro = { ...NEW_YORK, currency: 'EUR' };
    const apart = await totals([MADRID, euro]);
    expect(apart.map(({ zones }) => zones)).toEqual([[], []]);
  });
});
