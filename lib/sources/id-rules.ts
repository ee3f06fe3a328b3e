import type { MessageKey } from '../i18n.ts';
import { isPackageName, kindOfName, pathLevels, readSite, type Site } from './sites.ts';

/** What an id stands for. Ids of two kinds never share a list. */
export const ID_KINDS = [
  'zone',
  'subzone',
  'spot',
  'widget',
  'publisher',
  'section',
  'target',
  'source',
  'siteId',
  'site',
  'app',
  'video',
  'page',
  'network',
  'other',
] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** An id as the source wants it. */
export interface ReadId {
  readonly id: string;
  /** The same for ids that the source cannot tell apart. */
  readonly key: string;
}

/** Why an id of the right kind cannot go out. */
export interface Refused {
  readonly why: MessageKey;
  readonly key: string | null;
}

/** How a source writes one kind of id. */
export interface IdRule {
  readonly kind: IdKind;
  /** What such ids look like. */
  readonly form: MessageKey;
  /**
   * null = not of this kind. What comes out never covers more than what went in.
   *
   * @param told does the token's macro tell that it is of this kind?
   */
  read(text: string, told?: boolean): ReadId | Refused | null;
  /** Keys of all ids that block this one: its own, and those above it. */
  blockers(key: string): readonly string[];
}

const wider = (key: string | null): Refused => ({ why: 'rejected_wider', key });
/** Of a name that could be a site's or an app's. */
const unclear = (key: string): Refused => ({ why: 'rejected_unclear', key });

const plain =
  (pattern: RegExp): IdRule['read'] =>
  (text) =>
    pattern.test(text) ? { id: text, key: text } : null;
const itself = (key: string): readonly string[] => [key];
const byPattern = (kind: IdKind, form: MessageKey, pattern: RegExp): IdRule => ({
  kind,
  form,
  read: plain(pattern),
  blockers: itself,
});

/** Blocking `a` blocks `a` + separator + anything: for `a:b:c`, `a`, `a:b` and `a:b:c`. */
const startsOf = (text: string, separator: string): string[] => {
  const parts = text.split(separator);
  return parts.map((_, index) => parts.slice(0, index + 1).join(separator));
};

export const digits = (kind: IdKind): IdRule => byPattern(kind, 'form_digits', /^\d{1,20}$/);
export const hash32 = (kind: IdKind): IdRule => byPattern(kind, 'form_hash', /^[0-9a-f]{32}$/i);
export const hex = (kind: IdKind): IdRule => byPattern(kind, 'form_hex', /^[0-9a-f]{6,64}$/i);
export const word = (kind: IdKind): IdRule =>
  byPattern(kind, 'form_word', /^[a-z0-9][a-z0-9_-]{0,99}$/i);

/** Ids of a source that the user described. */
export function idsOf({
  digits: numbers,
  letters,
  signs,
  shortest,
  longest,
}: {
  readonly digits: boolean;
  readonly letters: boolean;
  readonly signs: string;
  readonly shortest: number;
  readonly longest: number;
}): IdRule {
  const escaped = [...signs].map((sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  const characters = [numbers && '0-9', letters && 'A-Za-z', ...escaped].filter(Boolean).join('');
  const pattern = new RegExp(`^[${characters}]{${shortest},${longest}}$`, 'u');
  return byPattern('other', 'form_own', pattern);
}

/** An account's name (`example-news`), which has letters; its number is another id. */
export const slug = (kind: IdKind): IdRule =>
  byPattern(kind, 'form_slug', /^(?=.*[a-z])[a-z0-9][a-z0-9_-]{1,99}$/i);

export const mtgApp: IdRule = byPattern('app', 'form_mtg', /^mtg\d{1,20}$/i);

/** `123`, or a sub-source of it: `123s456`. */
export const widgetUid: IdRule = {
  ...byPattern('widget', 'form_widget', /^\d{1,20}(s\d{1,20})?$/),
  blockers: (key) => startsOf(key, 's'),
};

const PART = String.raw`[a-z0-9_][\w.-]{0,99}`;
const TRIPLE = new RegExp(`^[a-z0-9][\\w.-]{0,99}:(${PART})?:${PART}$`, 'i');
const IN_PARTS = new RegExp(`^[a-z0-9][\\w.-]{0,99}(:(${PART})?){0,2}$`, 'i');

/**
 * `publisher:site:placement`, each a number, a domain or a bundle; without a site it stands for the
 * publisher's blank domains. With fewer parts the source takes it for another thing, of all publishers:
 * `blogspot.com` for `*:blogspot.com:*`.
 */
export const triple: IdRule = {
  kind: 'source',
  form: 'form_triple',
  read: (text) =>
    TRIPLE.test(text) ? { id: text, key: text } : IN_PARTS.test(text) ? wider(text) : null,
  blockers: itself,
};

/** Names of whole networks of other companies, which stand where sites do. */
export const networkName: IdRule = byPattern(
  'network',
  'form_network',
  /^\p{Lu}[\p{L}\p{N}]*([ -][\p{L}\p{N}]+){0,3}$/u,
);

export const androidApp: IdRule = {
  kind: 'app',
  form: 'form_package',
  read: (text) => (kindOfName(text) === 'app' ? { id: text, key: text } : null),
  blockers: itself,
};

/** An app by its package or by its number in the App Store, whose addresses have `id` before it. */
export const app: IdRule = {
  kind: 'app',
  form: 'form_app',
  read(text) {
    const number = /^(?:id)?(\d{6,12})$/.exec(text)?.[1];
    if (number) return { id: number, key: number };
    const kind = kindOfName(text);
    if (kind === 'either') return unclear(text);
    return kind === 'app' ? { id: text, key: text } : null;
  },
  blockers: itself,
};

const keyOf = ({ ascii, path, query }: Site): string => ascii + path + query;

/** A host covers its sub-domains, and an address what is below it. */
function addressBlockers(key: string): string[] {
  const place = key.replace(/[?#].*/, '');
  const labels = place.replace(/\/.*/, '').split('.');
  const hosts = labels.map((_, index) => labels.slice(index).join('.'));
  return [...hosts, ...startsOf(place, '/'), key];
}

/**
 * Sites, with as many levels of path as the source takes. A deeper path or a query is never cut
 * off: the list would block more than what was judged.
 */
export const site = ({ levels = 0 }: { levels?: number } = {}): IdRule => ({
  kind: 'site',
  form: levels > 0 ? 'form_site_path' : 'form_site',
  read(text, told = false) {
    const found = readSite(text);
    const kind = kindOfName(text);
    if (!found || kind === 'app') return null;
    if (kind === 'either' && !told) return unclear(keyOf(found));
    if (found.query !== '' || pathLevels(found) > levels) return wider(keyOf(found));
    return { id: found.host + found.path, key: keyOf(found) };
  },
  blockers: addressBlockers,
});

const isHost = (host: string, of: string): boolean => host === of || host.endsWith(`.${of}`);

/** Channels and videos of YouTube: `youtube.com/channel/UC…`, `youtube.com/video/…`. */
export const youtube: IdRule = {
  kind: 'video',
  form: 'form_youtube',
  read(text) {
    const found = readSite(text);
    if (!found || !isHost(found.host, 'youtube.com')) return null;
    const place = found.path + found.query;
    const [, what, name] = /^\/(channel\/|video\/|watch\?v=)([\w-]{6,64})$/.exec(place) ?? [];
    if (!name) return wider(null);
    const id = `youtube.com/${what === 'channel/' ? 'channel' : 'video'}/${name}`;
    return { id, key: id };
  },
  blockers: itself,
};

/** Apps as Google writes them: `mobileapp::2-com.example.game`, `mobileapp::1-123456789`. */
export const googleApp: IdRule = {
  kind: 'app',
  form: 'form_google_app',
  read(text) {
    const number = /^mobileapp::1-(\d{6,12})$/i.exec(text)?.[1];
    if (number) return appOf(1, number);
    const name = /^mobileapp::2-(.*)$/i.exec(text)?.[1];
    if (name !== undefined) return isPackageName(name) ? appOf(2, name) : null;
    return kindOfName(text) === 'app' ? appOf(2, text) : null;
  },
  blockers: itself,
};

function appOf(store: 1 | 2, name: string): ReadId {
  const id = `mobileapp::${store}-${name}`;
  return { id, key: id };
}

/** A rule that refuses the ids of a host. */
export const without = (rule: IdRule, host: string): IdRule => ({
  ...rule,
  read(text, told) {
    const found = readSite(text);
    return found && isHost(found.host, host)
      ? { why: 'rejected_refused', key: null }
      : rule.read(text, told);
  },
});

const STORES = ['play.google.com', 'apps.apple.com', 'itunes.apple.com'];
const PAGE_HOSTS = ['facebook.com', 'fb.com'];

/** A whole web address of one kind, kept as it is. */
const addressOf = (kind: IdKind, form: MessageKey, fits: (found: Site) => boolean): IdRule => ({
  kind,
  form,
  read(text) {
    const found = readSite(text);
    const name = kindOfName(text);
    if (!found || name === 'app' || !fits(found)) return null;
    if (name === 'either') return unclear(keyOf(found));
    const id = text.replace(/^(https?:\/\/)?[^/?#]*/i, (host) => host.toLowerCase());
    return { id, key: keyOf(found) };
  },
  blockers: addressBlockers,
});

/** Addresses of Facebook Pages; Facebook itself is none. */
export const pageAddress: IdRule = addressOf(
  'page',
  'form_page',
  ({ host, path }) => PAGE_HOSTS.includes(host) && path !== '',
);
/** Addresses of apps in the stores. */
export const storeAddress: IdRule = addressOf(
  'app',
  'form_store',
  ({ host, path, query }) => STORES.includes(host) && path + query !== '',
);
/** All other web addresses. */
export const webAddress: IdRule = addressOf(
  'site',
  'form_address',
  ({ host }) => !STORES.includes(host) && !PAGE_HOSTS.some((one) => isHost(host, one)),
);

/** Whatever another source takes, in one word. */
export const anyWord: IdRule = byPattern('other', 'form_any', /^[^\s,;"'{}<>]{1,300}$/u);
