import { computed, createModel, signal } from '@preact/signals';
import { type Rate, rateBetween } from '../../lib/compare/rates.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { CountedOnce, Stats } from '../../lib/contract/figures.ts';
import type { Problem } from '../../lib/errors.ts';
import type { Preset } from '../../lib/report/range.ts';
import { blocksQueries, realOrDemo } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { totalsOf } from './totals.ts';

export const CHOICES = ['today', 'yesterday', 'last7'] as const satisfies readonly Preset[];

export const FIRST_PRESET = 'today' satisfies (typeof CHOICES)[number];

/** One connection with its figures; what is wrong with it stays in its row. */
export interface Row {
  readonly connection: ConnectionView;
  readonly tracker: TrackerView | undefined;
  readonly stats: Stats | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
}

/** A campaign that earned or lost most. Profit in `currency`. */
export interface Extreme {
  readonly which: 'best' | 'worst';
  readonly name: string;
  readonly profit: number;
  readonly currency: string;
}

/** What the popup shows: the figures of all connections over the days of a preset. */
export const PopupModel = createModel((client: QueryClient) => {
  const preset = signal<(typeof CHOICES)[number]>(FIRST_PRESET);
  const connections = computed(() => client.query('connections.list', {}));
  const trackers = computed(() => client.query('trackers.list', {}));
  const known = computed(() => client.query('stats.known', { preset: preset.value }));
  const rows = computed(() => {
    // Read before there are connections: all are asked at once.
    const { value: all } = trackers.value;
    const { value: stored, problem: unread } = known.value;
    const isLookedUp = stored !== null || unread !== null;
    return (connections.value.value ?? [])
      .filter(({ off }) => !off)
      .map((connection): Row => {
        const { id } = connection;
        // What is stored comes to the screen first: asking a tracker would hold it up.
        const mayAsk = isLookedUp && !blocksQueries(connection.problem);
        const { value, problem, busy } = client.query(
          'stats.read',
          mayAsk ? { connection: id, preset: preset.value } : null,
        );
        return {
          connection,
          tracker: all?.find((tracker) => tracker.id === connection.tracker),
          stats: value?.now ? value : (stored?.[id] ?? value),
          problem: connection.problem ?? problem ?? value?.problem ?? null,
          busy,
        };
      });
  });
  /** Made-up figures never go into a sum with real ones. */
  const counted = computed(() => {
    const together = new Set(realOrDemo(rows.value.map(({ connection }) => connection)));
    return rows.value.filter(({ connection }) => together.has(connection));
  });

  const trackersOf = computed(() =>
    counted.value.filter(({ tracker }) => tracker?.side !== 'network'),
  );
  /** What counted before, of the same days: it stays while newer figures are summed. */
  let before: { readonly preset: Preset; readonly once: Record<string, CountedOnce> } | null = null;
  const once = computed(() => {
    const of = trackersOf.value.map(({ stats }) => stats?.fetchedAt ?? 0);
    const asked = { preset: preset.value, of };
    // One tracker has each of its campaigns once.
    const { value } = client.query('stats.once', of.length > 1 ? asked : null);
    if (value) before = { preset: preset.value, once: value };
    return before?.preset === preset.value ? before.once : null;
  });
  const currencies = computed(
    () => new Set(counted.value.flatMap(({ stats }) => stats?.currency ?? [])).size,
  );
  const rates = computed(
    () => client.query('rates.list', currencies.value > 1 ? {} : null).value ?? [],
  );
  const onceOf = ({ connection: { id }, stats }: Row): CountedOnce | null => {
    if (trackersOf.value.length > 1) return once.value?.[id] ?? null;
    return stats?.now ? { ...stats, metrics: stats.now, campaigns: 0, whole: true } : null;
  };

  return {
    preset,
    connections,
    rows,
    keys: computed(() => client.query('keys.state', {}).value),
    /** The tracker that the page in the active tab looks like, where it is not connected. */
    guess: computed(() => client.query('page.guess', {}).value),
    /** When the oldest of the figures were fetched, in epoch ms; null = there are none. */
    oldest: computed(() => {
      const times = counted.value.flatMap(({ stats }) => stats?.fetchedAt ?? []);
      return times.length > 0 ? Math.min(...times) : null;
    }),
    totals: computed(() =>
      totalsOf(
        counted.value.map((row) => ({
          name: row.connection.name,
          side: row.tracker?.side ?? 'tracker',
          stats: row.stats,
          once: onceOf(row),
        })),
        rates.value,
      ),
    ),
    /** How many trackers, as opposed to networks, could be in a total. */
    summed: computed(() => trackersOf.value.length),
    extremes: computed(() =>
      extremesOf(
        trackersOf.value.flatMap((row) => {
          const [counts, currency] = [onceOf(row), row.stats?.currency];
          return counts && currency ? [{ ...counts, currency }] : [];
        }),
        rates.value,
      ),
    ),
    choose(wanted: string): void {
      preset.value = CHOICES.find((one) => one === wanted) ?? FIRST_PRESET;
    },
    refresh: client.refresh,
    unlock: (passphrase: string) => client.call('keys.unlock', { passphrase }),
    lock: () => void client.call('keys.lock', {}),
    openSettings: () => void client.call('options.open', {}),
    openDashboard: () => void client.call('dashboard.open', { view: null }),
    openLinks: () => void client.call('dashboard.open', { view: 'links' }),
  };
});

/**
 * The best and the worst campaign, each in its own currency. Money of two currencies is ranked
 * together only by a rate.
 */
function extremesOf(
  all: ReadonlyArray<Pick<Stats, 'best' | 'worst' | 'currency'>>,
  rates: readonly Rate[],
): Extreme[] {
  const first = all[0]?.currency ?? '';
  const ranked = all.map((stats) => {
    const rate = rateBetween(rates, stats.currency, first);
    return { stats, among: rate ? first : stats.currency, factor: rate?.rate ?? 1 };
  });
  return [...Map.groupBy(ranked, ({ among }) => among).values()].flatMap((those) =>
    (['best', 'worst'] as const).flatMap((which): Extreme[] => {
      const found = those.flatMap(({ stats, factor }) => {
        const one = stats[which];
        const { currency } = stats;
        return one ? [{ extreme: { which, ...one, currency }, rank: one.profit * factor }] : [];
      });
      found.sort((a, b) => (which === 'best' ? b.rank - a.rank : a.rank - b.rank));
      return found.slice(0, 1).map(({ extreme }) => extreme);
    }),
  );
}
