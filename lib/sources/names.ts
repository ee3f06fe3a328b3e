import { formats, type SourceFormat } from './formats.ts';

/** Names of sources, in lower case without spaces and marks, by format. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  propellerads: ['propeller', 'propellerads'],
  richads: ['richads', 'richpush'],
  hilltopads: ['hilltop', 'hilltopads'],
  evadav: ['evadav'],
  kadam: ['kadam'],
  mgid: ['mgid'],
  taboola: ['taboola'],
  outbrain: ['outbrain'],
  zeropark: ['zeropark'],
  popads: ['popads'],
  popcash: ['popcash'],
  exoclick: ['exoclick', 'exoads'],
  bidvertiser: ['bidvertiser'],
  mondiad: ['mondiad'],
  ppcmate: ['ppcmate'],
  admachine: ['admachine'],
  traffco: ['traffco'],
  mintegral: ['mintegral'],
  googleads: ['google', 'googleads', 'adwords', 'gdn', 'youtube', 'гугл'],
  meta: ['meta', 'metaads', 'facebook', 'facebookads', 'fb', 'fbads', 'instagram', 'фейсбук'],
  microsoftads: ['microsoft', 'microsoftads', 'bing', 'bingads', 'msn'],
  yandexdirect: ['yandex', 'yandexdirect', 'яндекс', 'яндексдирект'],
  tiktok: ['tiktok', 'tiktokads', 'тикток'],
  adsterra: ['adsterra'],
  clickadu: ['clickadu'],
  trafficstars: ['trafficstars'],
  trafficjunky: ['trafficjunky'],
  galaksion: ['galaksion'],
  rollerads: ['rollerads'],
  revcontent: ['revcontent'],
};

/** Names that begin as a source's does, but are another's: "Meta Trader". */
const OTHERS = ['metatrader', 'metamask', 'googleplay'];

const LONGEST = 3;

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([id, names]) =>
    names.flatMap((name) => {
      const format = formats.find((one) => one.id === id);
      return format ? [[name, format] as const] : [];
    }),
  ),
);

/**
 * The format of a traffic source by its name in a tracker: "Propeller Ads #2", "FB | DE", "Яндекс".
 * Only whole words count. null = unknown, or two sources in one name.
 */
export function guessSource(name: string): SourceFormat | null {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    // "mgid2" is the second account at MGID.
    .map((word) => word.replace(/(?<=\p{L})\d+$/u, ''));
  const found = new Set<SourceFormat>();
  for (let start = 0; start < words.length; ) {
    const joined = Array.from({ length: LONGEST }, (_, more) =>
      words.slice(start, start + LONGEST - more).join(''),
    );
    const at = joined.findIndex((one) => BY_NAME.has(one) || OTHERS.includes(one));
    const format = BY_NAME.get(joined[at] ?? '');
    if (format) found.add(format);
    start += at < 0 ? 1 : LONGEST - at;
  }
  const [only = null] = found;
  return found.size === 1 ? only : null;
}
