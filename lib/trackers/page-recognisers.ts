import type { PageRecogniser } from './page-recogniser.ts';

const modules = import.meta.glob<PageRecogniser>('./*/page.ts', { eager: true, import: 'page' });

/** Page recognition of every tracker; separate from the adapters so that pages load no schema. */
export const pageRecognisers: readonly PageRecogniser[] = Object.values(modules);
