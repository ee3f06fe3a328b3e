import type { Address } from '../adapter.ts';

const API = 'https://api.redtrack.io';
const APP = 'https://app.redtrack.io';

/** Is this one of RedTrack's own hosts, rather than a lookalike? */
export function ownHost(host: string): boolean {
  return host === 'redtrack.io' || host.endsWith('.redtrack.io');
}

/**
 * Cleans a pasted address. All of RedTrack's own hosts lead to its one API,
 * always by https: the key is in the query, although the old document says http.
 * On a white-label domain the web app calls `/api` of the same origin, which
 * accepts the key as well.
 */
export function address(pasted: URL): Address {
  const own = ownHost(pasted.hostname);
  const path = own ? pasted.pathname : pasted.pathname.replace(/^\/api(?=\/|$)/, '');
  const removed = [
    own && pasted.protocol === 'http:' ? 'http://' : '',
    own && pasted.port !== '' ? `:${pasted.port}` : '',
    path === '/' ? '' : path,
    pasted.search,
    pasted.hash,
  ].filter((part) => part !== '');
  return own
    ? { api: API, pages: [APP], removed }
    : { api: `${pasted.origin}/api`, pages: [pasted.origin], removed };
}
