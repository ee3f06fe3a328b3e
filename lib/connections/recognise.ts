import { CrosstrackError, type Problem, problemOf } from '../errors.ts';
import type { Address, TrackerAdapter } from '../trackers/adapter.ts';
import type { Paths } from './connection.ts';
import { hostPatterns, plainHost } from './hosts.ts';
import { ownPaths } from './paths.ts';

export interface Recognised {
  /** Adapter ids that may own the address, likeliest first; empty = ask the user. */
  readonly trackers: readonly string[];
  /** The address, cleaned for the first (or the chosen) tracker; without one, its origin. */
  readonly address: {
    readonly api: string;
    readonly pages: readonly string[];
    readonly script: string | null;
    readonly removed: readonly string[];
    /** Match patterns of the hosts to ask permission for. */
    readonly hosts: readonly string[];
  } | null;
  /** Host that would be reached without encryption, which the user must accept. */
  readonly plainHost?: string;
  readonly problem: Problem | null;
}

/**
 * Parses a pasted address. A missing scheme means https.
 * @throws CrosstrackError `input` with the reason.
 */
export function parseAddress(pasted: string): URL {
  const text = pasted.trim();
  if (text === '') throw new CrosstrackError({ kind: 'input', text: 'address_empty' });
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) throw unreadable(text);
  const url = new URL(withScheme);
  const [, host = ''] = /:\/\/([^/?#]*)/.exec(withScheme) ?? [];
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new CrosstrackError({ kind: 'input', text: 'address_scheme', values: [url.protocol] });
  }
  if (url.username !== '' || url.password !== '') {
    throw new CrosstrackError({ kind: 'input', text: 'address_credentials' });
  }
  // Browsers differ about valid hosts: some encode what others reject.
  if (/[\s%*]/.test(host) || /[%*]|^\.|\.\.|\.$/.test(url.hostname)) throw unreadable(text);
  return url;
}

const unreadable = (text: string) =>
  new CrosstrackError({ kind: 'input', text: 'address_unreadable', values: [text] });

/**
 * Cleans a pasted address with an adapter.
 * @param plainHttp the user accepts that the key travels unencrypted
 * @param paths as typed
 * @throws CrosstrackError `input`: unreadable, a wrong path, or plain http on another machine.
 */
export function cleanAddress(
  adapter: Pick<TrackerAdapter, 'address' | 'paths'>,
  pasted: string,
  plainHttp = false,
  paths?: Paths,
): Address {
  const url = parseAddress(pasted);
  const { href } = url;
  const { login, click } = { ...adapter.paths, ...ownPaths(adapter.paths, paths) };
  let address = adapter.address(url);
  const whole = url.pathname.replace(/\/+$/, '');
  // Where one script is all, it may be the sign-in page too.
  const end = [click, login === address.script ? undefined : login]
    .map((path) => path && `/${encodeURI(path)}`)
    .find((path) => path && whole.endsWith(path));
  if (end) {
    const cut = url.pathname.slice(whole.length - end.length);
    url.pathname = whole.slice(0, -end.length);
    address = adapter.address(url);
    address = { ...address, removed: [cut, ...address.removed] };
  }
  const host = plainHost(address.api);
  if (host !== '' && !plainHttp) {
    throw new CrosstrackError({ kind: 'input', text: 'address_plain_http', values: [host] });
  }
  const place = (part: string) => href.lastIndexOf(part);
  return { ...address, removed: address.removed.toSorted((a, b) => place(a) - place(b)) };
}

/** An address of which only the origin is known to mean something. */
const ORIGIN_ALONE: Pick<TrackerAdapter, 'address'> = {
  address: ({ origin }) => ({ api: origin, pages: [], removed: [] }),
};

/**
 * The origin of a pasted address, before its tracker is known.
 * @throws CrosstrackError as `cleanAddress`
 */
export const originOf = (pasted: string, plainHttp?: boolean): string =>
  cleanAddress(ORIGIN_ALONE, pasted, plainHttp).api;

/** Guesses the tracker of a pasted address and cleans it, without a request. */
export function recogniseAddress(
  trackers: readonly TrackerAdapter[],
  pasted: string,
  chosen: string | null,
  paths?: Paths,
): Recognised {
  try {
    const url = parseAddress(pasted);
    const claimed = trackers.filter((tracker) => tracker.claims(url));
    const adapter = trackers.find(({ id }) => id === chosen) ?? claimed[0];
    const address = cleanAddress(adapter ?? ORIGIN_ALONE, pasted, true, paths);
    const host = plainHost(address.api);
    return {
      trackers: claimed.map(({ id }) => id),
      ...(host === '' ? {} : { plainHost: host }),
      address: { ...address, script: address.script ?? null, hosts: hostPatterns(address) },
      problem: null,
    };
  } catch (error) {
    return { trackers: [], address: null, problem: problemOf(error) };
  }
}
