import type { PageRecogniser } from '../page-recogniser.ts';

/** The demo has no pages: it is seen in the popup and the dashboard. */
export const page: PageRecogniser = { tracker: 'demo', recognise: () => null };
