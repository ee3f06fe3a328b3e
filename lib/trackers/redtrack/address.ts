import type { Address } from '../adapter.ts';

const API = 'https://api.redtrack.io';
const APP = 'https://app.redtrack.io';

/** Is this one of RedTrack's own hosts, and not a name that merely looks like one? */
export function ownHost(host: string): boolean {
  return host === 'redtrack.io' || host.endsWith('.redtrack.io');
}

/**
 * Cleans what was pasted. RedTrack's own hosts all lead to the one API, by
 * https (the old document says http; the key is in the query, so never that).
 * On a white-label domain the web app's own calls go to `/api` of the same
 * origin, and accept the key there.
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
