import type { Address } from '../adapter.ts';

/** Where the admin panel or its API begins in a pasted path. */
const PANEL = /\/(?:admin_api|admin)(?:\/.*)?$|\/(?:index\.php|click\.php)$/i;

/**
 * `https://t.example/admin/#!/campaigns/12` → `https://t.example`. A folder in
 * front of `/admin` is kept, because Keitaro may be installed in one.
 */
export function address(pasted: URL): Address {
  const removed: string[] = [];
  if (pasted.hash !== '') removed.push(pasted.hash);
  if (pasted.search !== '') removed.push(pasted.search);
  const path = pasted.pathname;
  const folder = path.replace(PANEL, '').replace(/\/+$/, '');
  const cut = path.slice(folder.length);
  if (cut !== '' && path !== '/') removed.unshift(cut);
  return { api: `${pasted.origin}${folder}`, pages: [pasted.origin], removed };
}

/** Only Keitaro has these paths of its panel and its API. */
export function claims({ pathname }: URL): boolean {
  return /\/admin_api(\/|$)/i.test(pathname) || /\/admin(\/(index\.php)?)?$/i.test(pathname);
}
