import type { TrackerPage } from './page.ts';

const modules = import.meta.glob<TrackerPage>('./*/page.ts', { eager: true, import: 'page' });

/** Page recognition of every tracker; separate from the adapters so that pages load no schema. */
export const pages: readonly TrackerPage[] = Object.values(modules);
