import { computed, createModel, signal } from '@preact/signals';
import { type Problem, problemOf } from '../../lib/errors.ts';
import type { SavedView } from '../../lib/settings/saved-views.ts';
import type { QueryClient } from '../kit/query.ts';

/** The saved views of the comparison, in the order of their names. */
export const ViewsModel = createModel((client: QueryClient) => {
  /** As last written here; null = not written yet. */
  const written = signal<readonly SavedView[] | null>(null);
  const problem = signal<Problem | null>(null);
  const views = computed(
    () => written.value ?? client.query('settings.read', {}).value?.savedViews ?? [],
  );
  /** Changes what is stored, which another tab may have changed. */
  const change = async (edit: (views: readonly SavedView[]) => readonly SavedView[]) => {
    try {
      const { savedViews = [] } = await client.call('settings.read', {});
      const sorted = [...edit(savedViews)].sort((a, b) => a.name.localeCompare(b.name));
      await client.call('settings.write', { savedViews: sorted });
      written.value = sorted;
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  const without = (all: readonly SavedView[], ...names: readonly string[]) =>
    all.filter(({ name }) => !names.includes(name));

  return {
    views,
    problem,
    /** Saves a hash by a name; a view of that name is replaced. */
    save: (name: string, hash: string) => change((all) => [...without(all, name), { name, hash }]),
    /** A view that has the new name already is replaced. */
    rename: (name: string, next: string) =>
      change((all) =>
        all.flatMap((view) =>
          view.name === name ? [{ ...view, name: next }] : without([view], next),
        ),
      ),
    remove: (name: string) => change((all) => without(all, name)),
  };
});
