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

/** A package begins with these or with a country's domain; a host hardly begins with these. */
const BEGINS_A_PACKAGE = /^(com|net|org|air)\./;
const BEGINS_WITH_COUNTRY = /^[a-z]{2}\./;
const ENDS_A_HOST =
  /\.([a-z]{2}|app|biz|blog|club|com|dev|edu|gov|info|live|net|news|online|org|pro|shop|site|store|top|xyz)$/;

/**
 * Is it the name of an Android package, `com.example.game`? A host may look the same: it ends with
 * a top-level domain, a package begins with one.
 */
export function isPackage(text: string): boolean {
  if (text.length > 200 || !/^[a-z]\w*(\.[a-z]\w*)+$/i.test(text)) return false;
  const name = text.toLowerCase();
  if (BEGINS_A_PACKAGE.test(name) && name.split('.').length > 2) return true;
  return (BEGINS_A_PACKAGE.test(name) || BEGINS_WITH_COUNTRY.test(name)) && !ENDS_A_HOST.test(name);
}
