/**
 * Finds the ISO 3166 code of a country that is written as its code or an English name of it; null =
 * neither. To create this takes the names of all countries.
 */
export function createCountryCodes(): (written: string) => string | null {
  const styles = (['long', 'short'] as const).map(
    (style) => new Intl.DisplayNames('en', { type: 'region', fallback: 'none', style }),
  );
  const codes = new Map<string, string>();
  for (let at = 0; at < 26 * 26; at++) {
    const code = String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26));
    // Withdrawn codes bear the names of their successors ("DD" is Germany).
    const lives = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
    const names = styles.flatMap((style) => style.of(code) ?? []);
    if (!lives || NO_COUNTRIES.has(code) || names.length === 0) continue;
    for (const name of [code, ...names]) codes.set(plain(name), code);
  }
  for (const [code, names] of Object.entries(OTHER_NAMES)) {
    for (const name of names) codes.set(name, code);
  }
  return (written) => codes.get(plain(written)) ?? null;
}

const plain = (written: string): string => written.trim().toLowerCase().replaceAll('’', "'");

/** Codes of CLDR that are no country's. */
const NO_COUNTRIES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Short names of ISO 3166 and former names that CLDR does not use. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  BN: ['brunei darussalam'],
  BO: ['bolivia (plurinational state of)', 'bolivia, plurinational state of'],
  CD: ['congo, democratic republic of the', 'congo, the democratic republic of the'],
  CI: ['ivory coast'],
  CV: ['cabo verde'],
  CZ: ['czech republic'],
  GB: ['united kingdom of great britain and northern ireland'],
  IR: ['iran (islamic republic of)', 'iran, islamic republic of'],
  KR: ['korea, republic of', 'republic of korea'],
  LA: ["lao people's democratic republic"],
  MD: ['moldova, republic of', 'republic of moldova'],
  MK: ['macedonia'],
  PS: ['palestine, state of'],
  RU: ['russian federation'],
  SY: ['syrian arab republic'],
  SZ: ['swaziland'],
  TR: ['turkey'],
  TW: ['taiwan, province of china'],
  TZ: ['tanzania, united republic of', 'united republic of tanzania'],
  US: ['united states of america', 'usa'],
  VE: ['venezuela (bolivarian republic of)', 'venezuela, bolivarian republic of'],
  VN: ['viet nam'],
};
