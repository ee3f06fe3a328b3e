/** `net.affise.com`, `api-net.affise.com`, and `api.net.affise.com` as the old documents write it. */
const OWN_HOST = /^(api[-.])?([a-z0-9][a-z0-9-]*)\.affise\.com$/;
/** Affise's own sites, and the hosts of tracking links (`offers-…`); no network's panel is called so. */
const NOT_NETWORKS = /^(?:(?:www|api|help|help-center|support|docs|blog|status)$|offers(?:-|$))/;

/** The network that a host of Affise belongs to, and what answers there; null on other hosts. */
export function networkAt(host: string): { name: string; serves: 'api' | 'panel' } | null {
  const [, api, name = ''] = OWN_HOST.exec(host) ?? [];
  if (name === '' || NOT_NETWORKS.test(name)) return null;
  return { name, serves: api === undefined ? 'panel' : 'api' };
}
