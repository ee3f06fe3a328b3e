import { COMPANY_DOMAINS, TOP_LEVEL_DOMAINS } from './top-level-domains.ts';

/** A site as a text names it: a host, and a path where there is one. */
export interface Site {
  /** As written, but in lower case and without `www.`; an internationalised name keeps its letters. */
  readonly host: string;
  /** The host's ASCII form, the same however the name is written. */
  readonly ascii: string;
  /** From its first slash, as written, without a slash at the end; '' = the whole host. */
  readonly path: string;
  /** Query and fragment with their marks, as written. */
  readonly query: string;
}

const LABEL = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}\\p{M}_-]{0,61}[\\p{L}\\p{N}\\p{M}])?';
const TOP_LEVEL = '(?:xn--[a-z0-9-]{1,59}|\\p{L}[\\p{L}\\p{M}]{1,62})';
const ASCII_LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const ASCII_HOST = new RegExp(
  `^(?=.{4,253}$)(?:${ASCII_LABEL}\\.)+(?:xn--[a-z0-9-]{1,59}|[a-z]{2,63})$`,
);
const HOST = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+${TOP_LEVEL}$`, 'iu');
const ADDRESS = /^(?:https?:\/\/)?([^/?#\s]+)(\/[^?#\s]*)?([?#]\S*)?$/i;

/** Reads `https://www.Example.com/Path/?x=1`; null = not the address of a site. IP addresses and ports are none. */
export function readSite(text: string): Site | null {
  if (text !== last.text) last = { text, site: parseSite(text) };
  return last.site;
}

/** A source's rules read an id one after the other. */
let last: { readonly text: string; readonly site: Site | null } = { text: '', site: null };

function parseSite(text: string): Site | null {
  const [, written = '', path = '', query = ''] = ADDRESS.exec(text) ?? [];
  const host = written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^www\./, '');
  const ascii = ASCII_HOST.test(host) ? host : asciiOf(host);
  return ascii === null ? null : { host, ascii, path: path.replace(/\/+$/, ''), query };
}

/** The ASCII form of an internationalised name; names in ASCII alone have a pattern of their own. */
function asciiOf(host: string): string | null {
  if (/^[\x21-\x7e]*$/.test(host) || !HOST.test(host)) return null;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

/** Number of levels in a path: 2 in `/news/sport`. */
export const pathLevels = ({ path }: Site): number => path.split('/').length - 1;

/** The shape of an Android package's name: two labels or more, each of which begins with a letter. */
export const isPackageName = (text: string): boolean =>
  text.length <= 200 && /^[a-z]\w*(\.[a-z]\w*)+$/i.test(text);

/** Packages begin with these, and hardly a host does. */
const BEGINS_A_PACKAGE = /^(com|net|org|air)$/;
/** Packages begin with these, too, or with a country's domain; so do many hosts. */
const MAY_BEGIN_A_PACKAGE = /^(app|biz|dev|edu|gov|info)$/;
/** Hosts end with these or with a country's domain, and hardly a package does. */
const ENDS_A_HOST = /^(com|net|org|edu|gov|info|biz)$/;
/** Countries' domains that are words or short for one, so that packages end with them, too. */
const COUNTRY_WORD = /^(ai|fm|id|im|in|io|is|it|me|my|so|to|tv|us)$/;

const isCountry = (label: string): boolean => label.length === 2 && TOP_LEVEL_DOMAINS.has(label);

/**
 * Is a name without a scheme or path that of a site or of an Android package? A host ends with a
 * top-level domain, a package begins with one, and names such as `my.casino.games` and `sg.bigo.live`
 * do both: these may be either.
 */
export function kindOfName(text: string): 'site' | 'app' | 'either' {
  if (!isPackageName(text)) return 'site';
  const labels = text.toLowerCase().split('.');
  const [first = '', last = ''] = [labels[0], labels.at(-1)];
  const isLong = labels.length > 2;
  const beginsForSure = BEGINS_A_PACKAGE.test(first);
  const begins = beginsForSure || MAY_BEGIN_A_PACKAGE.test(first) || isCountry(first);
  if (COMPANY_DOMAINS.has(last)) return begins && isLong ? 'app' : 'either';
  if (!TOP_LEVEL_DOMAINS.has(last)) {
    if (begins) return isLong || beginsForSure ? 'app' : 'either';
    return isLong && TOP_LEVEL_DOMAINS.has(first) ? 'either' : 'site';
  }
  if (!begins || !isLong) return 'site';
  const endsForSure = ENDS_A_HOST.test(last) || (isCountry(last) && !COUNTRY_WORD.test(last));
  return endsForSure && !beginsForSure ? 'site' : 'either';
}
