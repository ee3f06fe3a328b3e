import { computed, type ReadonlySignal } from '@preact/signals';

/** A computed list that stays the same object while its items do, so that nothing is computed from it in vain. */
export function computedList<T>(compute: () => readonly T[]): ReadonlySignal<readonly T[]> {
  let last: readonly T[] = [];
  return computed(() => {
    const list = compute();
    const same = list.length === last.length && list.every((one, at) => one === last[at]);
    if (!same) last = list;
    return last;
  });
}
