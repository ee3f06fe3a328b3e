/**
 * Match pattern of the host of an address, for permissions and content scripts.
 * Patterns have no port: Firefox does not know them there; the origin is
 * checked again, port and all, wherever it matters.
 */
export function hostPattern(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/** Patterns of everything a connection has to reach or sit on, without repeats; a made-up one has none. */
export function hostPatterns(of: {
  api: string;
  pages: readonly string[];
  demo?: true | undefined;
}): string[] {
  if (of.demo) return [];
  return [...new Set([of.api, ...of.pages].map(hostPattern))];
}

/** Plain http is only taken from this machine: there is nobody between to read the key. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d+){3}$/.test(host)
  );
}

/** Host that an address reaches without encryption, other than this machine; '' = none. */
export function plainHost(address: string): string {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && !isLoopback(url) ? url.host : '';
}
