/**
 * The match pattern of a URL's host, for permissions and content scripts. It has no port, which
 * Firefox does not support; code that depends on the port checks the origin itself.
 */
export function hostPattern(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/** Match patterns of a connection's API and web UI hosts, without duplicates; a demo has none. */
export function hostPatterns(of: {
  api: string;
  pages: readonly string[];
  demo?: true | undefined;
}): string[] {
  if (of.demo) return [];
  return [...new Set([of.api, ...of.pages].map(hostPattern))];
}

/** Plain http is safe on loopback, where nobody can read the key in transit. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d+){3}$/.test(host)
  );
}

/** The host of a plain-http URL, unless it is loopback; '' = none. */
export function plainHost(address: string): string {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && !isLoopback(url) ? url.host : '';
}
