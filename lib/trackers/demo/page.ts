import type { TrackerPage } from '../page.ts';

/** The demo has no pages: it is seen in the popup and the dashboard. */
export const page: TrackerPage = { tracker: 'demo', recognise: () => null };
