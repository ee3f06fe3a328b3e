import type { Address } from '../adapter.ts';

/** The click entry, often pasted by mistake: it serves visitors, not the API. */
const CLICK = /^click(\.php)?$/i;

/**
 * `https://t.example/index.php?page=Campaigns` → base and script. The script's
 * name is the owner's choice and is kept; the click entry is removed.
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

/** All pages of the panel are one script with `page=`; the click entry has a name of Binom's own too. */
export function claims(pasted: URL): boolean {
  const last = pasted.pathname.split('/').at(-1) ?? '';
  return /^click\.php$/i.test(last) || (/\.php$/i.test(last) && pasted.searchParams.has('page'));
}
