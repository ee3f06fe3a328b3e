import type { TrackerPage } from '../page.ts';

/** Placeholder shape of the panel's routes. */
export const page: TrackerPage = {
  tracker: 'binom2',
  recognise: () => null,
};
