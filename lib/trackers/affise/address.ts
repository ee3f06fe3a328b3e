import { CrosstrackError } from '../../errors.ts';
import type { Address } from '../adapter.ts';
import { networkAt } from './hosts.ts';

/** Where the API (`/3.0`, `/3.1`) or the panel (`/v2`) begins in a path. */
const ROUTE = /\/(?:\d\.\d|v2)(?=\/|$)/;

/**
 * Cleans a pasted address of a panel or an API. On affise.com a network's API is
 * `api-{network}`, by https. On a network's own domain, API and panel are assumed
 * to share the origin; a sub-folder before `/3.0` or `/v2` is kept.
 *
 * @throws CrosstrackError `input` for Affise's own sites
 */
export function address(pasted: URL): Address {
  const network = networkAt(pasted.hostname)?.name ?? null;
  const own = /(^|\.)affise\.com$/.test(pasted.hostname);
  if (own && network === null) {
    throw new CrosstrackError({
      kind: 'input',
      text: 'affise_address',
      values: [pasted.hostname],
    });
  }
  const begins = own ? 0 : (ROUTE.exec(pasted.pathname)?.index ?? 0);
  const folder = pasted.pathname.slice(0, begins);
  const path = pasted.pathname.slice(begins);
  const removed = [
    own && pasted.protocol === 'http:' ? 'http://' : '',
    own && pasted.port !== '' ? `:${pasted.port}` : '',
    path === '/' ? '' : path,
    pasted.search,
    pasted.hash,
  ].filter((part) => part !== '');
  return network === null
    ? { api: `${pasted.origin}${folder}`, pages: [pasted.origin], removed }
    : {
        api: `https://api-${network}.affise.com`,
        pages: [`https://${network}.affise.com`],
        removed,
      };
}

/** Is it an address of Affise, or one with a path of its API? */
export function claims(pasted: URL): boolean {
  return (
    networkAt(pasted.hostname) !== null ||
    /\/3\.[01]\/(partner|offers?|stats|balance|admin)(\/|$)/.test(pasted.pathname)
  );
}
