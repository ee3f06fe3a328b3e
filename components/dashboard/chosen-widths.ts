import { computed, signal } from '@preact/signals';
import type { Sizing } from '../kit/column-widths.ts';
import type { QueryClient } from '../kit/query.ts';

const NONE: Sizing['chosen'] = {};

/**
 * The widths that the user gave to the columns of a table, kept with the settings.
 *
 * @param prefix of the columns' ids where they are kept, by which tables are told apart
 */
export function createChosenWidths(client: QueryClient, prefix: string) {
  const kept = computed(() => client.query('settings.read', {}).value?.columnWidths ?? NONE);
  /** As chosen here: the settings may not have them yet. null = as wide as its cells need. */
  const changed = signal<Readonly<Record<string, number | null>>>({});
  const all = computed(() => {
    const widths = Object.entries({ ...kept.value, ...changed.value });
    return widths.flatMap(([id, width]) => (width === null ? [] : [[id, width] as const]));
  });
  return computed(
    (): Sizing => ({
      chosen: Object.fromEntries(
        all.value.flatMap(([id, width]) =>
          id.startsWith(prefix) ? [[id.slice(prefix.length), width]] : [],
        ),
      ),
      onChoose(column, width) {
        changed.value = { ...changed.value, [prefix + column]: width };
        const columnWidths = Object.fromEntries(all.value);
        void client.call('settings.write', { columnWidths }).catch(() => {});
      },
    }),
  );
}
