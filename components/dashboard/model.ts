import { computed, createModel } from '@preact/signals';
import { presetOf, type Range } from '../../lib/report/range.ts';
import { realOrDemo } from '../kit/connections.ts';
import { followHash } from '../kit/hash.ts';
import type { QueryClient } from '../kit/query.ts';
import { type PageState, rangeIn, readState, writeState } from './page-state.ts';

/**
 * The dashboard's shell: the state in the URL hash and the connections it applies to.
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
  /** Demo and real connections never share a table. */
  const isWithBase = ({ demo }: { readonly demo?: boolean | undefined }) =>
    demo === base.value?.demo;
  const change = (patch: Partial<PageState>): void => {
    location.hash = writeState({ ...state.value, ...patch });
    // The event comes later: what is changed until then must not undo this.
    hash.value = location.hash;
  };

  return {
    state,
    listed,
    connections,
    base,
    compared: computed(() => connections.value?.filter(isWithBase) ?? []),
    /** A connection that cannot share a table with the base. */
    separate: computed(() => connections.value?.find((one) => !isWithBase(one)) ?? null),
    trackers: computed(() => client.query('trackers.list', {}).value),
    /** The date range in the base's time zone. */
    range: computed(() => base.value && rangeIn(state.value, now(), base.value.zone)),
    /** Changes the view. Back restores the previous one. */
    change,
    /** Filters by text, without an entry in the browser history. */
    search(text: string): void {
      hash.value = writeState({ ...state.value, search: text });
      history.replaceState(null, '', hash.value);
    },
    chooseDays(range: Range): void {
      // Prefer a preset, so that a bookmark of "today" always means today.
      change({ days: presetOf(range, now()) ?? { from: range.from, to: range.to } });
    },
    refresh: client.refresh,
    openSettings: () => void client.call('options.open', {}),
  };
});
