/** `net.affise.com`, `api-net.affise.com`, and `api.net.affise.com` as in the old documents. */
const OWN_HOST = /^(api[-.])?([a-z0-9][a-z0-9-]*)\.affise\.com$/;
/** Affise's own sites and the hosts of tracking links (`offers-…`); none of them is a network's panel. */
const NOT_NETWORKS = /^(?:(?:www|api|help|help-center|support|docs|blog|status)$|offers(?:-|$))/;

/** The network that a host of Affise belongs to, and what it serves; null for other hosts. */
export function networkAt(host: string): { name: string; serves: 'api' | 'panel' } | null {
  const [, api, name = ''] = OWN_HOST.exec(host) ?? [];
  if (name === '' || NOT_NETWORKS.test(name)) return null;
  return { name, serves: api === undefined ? 'panel' : 'api' };
}
