/** Tells of everything that the browser held against the page's own policy. */
const WITNESS = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => loot.push(effectiveDirective + ' ' + blockedURI), true);`;

const FEATURES = ['clipboard-read', 'clipboard-write', 'fullscreen', 'autoplay', 'storage-access'];

/** What pages of trackers tell the browser of themselves, at its strictest, and the script that comes with it. */
export const POLICIES = {
  /** Nothing may load but the page's own scripts and what they ask of their server. */
  'strict-csp': {
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'; img-src 'self'; frame-src 'none'; child-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    },
    script: WITNESS,
  },
  /** Cross-origin isolated: every frame would have to agree to be there. */
  isolated: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Origin-Agent-Cluster': '?1',
    },
    script: WITNESS,
  },
  'no-features': {
    headers: { 'Permissions-Policy': FEATURES.map((name) => `${name}=()`).join(', ') },
    script: WITNESS,
  },
} as const satisfies Record<string, { headers: Record<string, string>; script: string }>;
