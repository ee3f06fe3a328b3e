import type { Address } from '../adapter.ts';

/** The click entry, pasted by mistake: it answers visitors, not the API. */
const CLICK = /^click(\.php)?$/i;

/**
 * `https://t.example/index.php?page=Campaigns` → base and script. The script's
 * name is the owner's choice and is kept; the click entry is taken off.
 */
export function address(pasted: URL): Address {
  const parts = pasted.pathname.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const removed: string[] = [];
  let script: string | undefined;
  if (CLICK.test(last)) {
    parts.pop();
    removed.push(`/${last}`);
  } else if (/\.php$/i.test(last)) {
    parts.pop();
    script = last;
  } else if (pasted.pathname.length > 1 && pasted.pathname.endsWith('/')) {
    removed.push('/');
  }
  if (pasted.search !== '') removed.push(pasted.search);
  if (pasted.hash !== '') removed.push(pasted.hash);
  const folder = parts.map((part) => `/${part}`).join('');
  return {
    api: `${pasted.origin}${folder}`,
    pages: [pasted.origin],
    ...(script ? { script } : {}),
    removed,
  };
}

/** Pages of the panel are one script with `page=`; the click entry is Binom's own too. */
export function claims(pasted: URL): boolean {
  const last = pasted.pathname.split('/').at(-1) ?? '';
  return /^click\.php$/i.test(last) || (/\.php$/i.test(last) && pasted.searchParams.has('page'));
}
