import { computed, createModel } from '@preact/signals';
import { PRESETS, presetRange, type Range } from '../../lib/report/range.ts';
import { realOrDemo } from '../kit/connections.ts';
import { followHash } from '../kit/hash.ts';
import type { QueryClient } from '../kit/query.ts';
import { type PageState, rangeIn, readState, writeState } from './page-state.ts';

/**
 * The dashboard around its views: what the address says, and the connections that it is about.
 *
 * @param now epoch ms
 */
export const DashboardModel = createModel((client: QueryClient, now: () => number) => {
  const hash = followHash();
  const state = computed(() => readState(hash.value));
  const listed = computed(() => client.query('connections.list', {}));
  const connections = computed(() => listed.value.value?.filter(({ off }) => !off) ?? null);
  /** The connection that gaps are measured from. */
  const base = computed(() => {
    const all = connections.value ?? [];
    return all.find(({ id }) => id === state.value.base) ?? realOrDemo(all)[0] ?? null;
  });
  /** Made-up figures and real ones are never in one table. */
  const isWithBase = ({ demo }: { readonly demo?: boolean | undefined }) =>
    demo === base.value?.demo;
  const change = (patch: Partial<PageState>): void => {
    location.hash = writeState({ ...state.value, ...patch });
  };

  return {
    state,
    listed,
    connections,
    base,
    together: computed(() => connections.value?.filter(isWithBase) ?? []),
    /** One of those that cannot be in a table with the base. */
    apart: computed(() => connections.value?.find((one) => !isWithBase(one)) ?? null),
    trackers: computed(() => client.query('trackers.list', {}).value),
    /** The days to look at, in the base's zone. */
    range: computed(() => base.value && rangeIn(state.value, now(), base.value.zone)),
    /** Shows something else; Back brings back what was shown before. */
    change,
    /** Searches; Back leads past all that was typed. */
    search(text: string): void {
      hash.value = writeState({ ...state.value, search: text });
      history.replaceState(null, '', hash.value);
    },
    chooseDays: ({ from, to, zone }: Range): void => {
      // A preset where the days are one, so that a bookmark of "today" stays today.
      const preset = PRESETS.find((one) => {
        const days = presetRange(one, now(), zone);
        return days.from === from && days.to === to;
      });
      change({ days: preset ?? { from, to } });
    },
    refresh: client.refresh,
    openSettings: () => void client.call('options.open', {}),
  };
});
