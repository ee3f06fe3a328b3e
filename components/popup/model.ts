import { computed, createModel, signal } from '@preact/signals';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { Stats } from '../../lib/contract/figures.ts';
import type { Problem } from '../../lib/errors.ts';
import type { Preset } from '../../lib/report/range.ts';
import { blocksQueries, realOrDemo } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { totalsOf } from './totals.ts';

export const CHOICES = ['today', 'yesterday', 'last7'] as const satisfies readonly Preset[];

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
  const preset = signal<(typeof CHOICES)[number]>('today');
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
        counted.value.map(({ tracker, stats }) => ({ side: tracker?.side ?? 'tracker', stats })),
      ),
    ),
    /** How many trackers, as opposed to networks, could be in a total. */
    summed: computed(
      () => counted.value.filter(({ tracker }) => tracker?.side !== 'network').length,
    ),
    extremes: computed(() =>
      (['best', 'worst'] as const).flatMap((which): Extreme[] => {
        const found = counted.value.flatMap(({ stats }): Extreme[] => {
          const one = stats?.[which];
          return stats && one ? [{ which, ...one, currency: stats.currency }] : [];
        });
        found.sort((a, b) => (which === 'best' ? b.profit - a.profit : a.profit - b.profit));
        return found.slice(0, 1);
      }),
    ),
    choose(wanted: string): void {
      preset.value = CHOICES.find((one) => one === wanted) ?? 'today';
    },
    refresh: client.refresh,
    unlock: (passphrase: string) => client.call('keys.unlock', { passphrase }),
    lock: () => void client.call('keys.lock', {}),
    openSettings: () => void client.call('options.open', {}),
    openDashboard: () => void client.call('dashboard.open', { view: null }),
  };
});
