import type { TokenRole } from '../trackers/adapter.ts';

/** Patterns in a token's name or macro that reveal what it holds; the first match decides. */
const WORDS: ReadonlyArray<readonly [TokenRole, RegExp]> = [
  [
    'placement',
    /(?<!time_?)zone|placement|publisher|^pub|site|widget|spot|source_?id|source_?sub|subid|domain|app_?id|bundle|teaser_?source|target(?!ing)|section/,
  ],
  ['adSet', /ad_?set|ad_?group|line_?item|flight|strategy/],
  ['campaign', /camp/],
  ['ad', /banner|creative|teaser|(?:^|_)ad(?:_?(?:id|name|title))?$|variant|material|image_?id/],
];

/** Macros whose names reveal nothing: one source's ad group and ad. */
const WHOLE: Readonly<Record<string, TokenRole>> = { __AID__: 'adSet', __CID__: 'ad' };

/**
 * What a source's macro holds, by the names that sources use:
 * `{zoneid}`, `{{campaign.id}}`, `[bannerid]`, `##WIDGET_ID##`, `$zone$`, `%site%`.
 * null = unknown.
 */
export function roleOfMacro(name: string, macro: string | null): TokenRole | null {
  for (const text of [macro, name]) {
    if (!text) continue;
    const whole = WHOLE[text];
    if (whole) return whole;
    const plain = text
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const found = WORDS.find(([, words]) => words.test(plain));
    if (found) return found[0];
  }
  return null;
}
