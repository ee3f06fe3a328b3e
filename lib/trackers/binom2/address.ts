import type { Address } from '../adapter.ts';

/** Where API, panel, documentation, sign-in or click entry begin in a pasted path. */
const ROUTE = /\/(?:public\/api|api\/doc|panel|login|click|[^/]+\.php)(?:\/.*)?$/i;

/**
 * `https://t.example/panel/campaigns` → `https://t.example`. A folder in front
 * of the panel is kept.
 */
export function address(pasted: URL): Address {
  const path = pasted.pathname;
  const folder = path.replace(ROUTE, '').replace(/\/+$/, '');
  const cut = path.slice(folder.length);
  const removed = [cut === '/' && folder === '' ? '' : cut, pasted.search, pasted.hash];
  return {
    api: `${pasted.origin}${folder}`,
    pages: [pasted.origin],
    removed: removed.filter((part) => part !== ''),
  };
}

/** Only v2 has these paths of its panel, its API and its documentation. */
export function claims({ pathname }: URL): boolean {
  return /\/(?:public\/api\/v\d|panel|api\/doc)(?:\/|$)/i.test(pathname);
}
