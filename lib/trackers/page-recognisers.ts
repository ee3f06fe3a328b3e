import type { PageRecogniser } from './page-recogniser.ts';

const modules = import.meta.glob<PageRecogniser>('./*/page.ts', { eager: true, import: 'page' });

/** The page recogniser of every tracker; separate from the adapters, so that the detector loads no schema. */
export const pageRecognisers: readonly PageRecogniser[] = Object.values(modules);
