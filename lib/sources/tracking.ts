import type { Source } from '../trackers/adapter.ts';
import type { RoleSlots } from './template.ts';

export interface TrackingParameter {
  /** As the tracker's address names it, encoded. */
  readonly name: string;
  /** The source's macro, ready for the address; null = not known, to be filled in. */
  readonly value: string | null;
}

/** What stands for a macro that is not known: it must be seen, and must not pass for a value. */
export const GAP = '___';

/** How sources write what they replace: {x} {{x}} ${x} [x] ##x## #x# %x% %%x%% $x$ __X__ <x>. */
const MACRO =
  /\$?\{\{?[^{}]*\}\}?|\[[^[\]]*\]|##?[A-Za-z_]\w*##?|%%?[A-Za-z_]\w*%%?|\$[A-Za-z_]\w*\$|__[A-Z][A-Z_]*__|<[A-Za-z_]\w*>/g;

/** Encodes a value for an address, but for its macros: the source has to recognise them. */
function encodeAround(value: string): string {
  const macros = value.match(MACRO) ?? [];
  return value
    .split(MACRO)
    .map((text, index) => encodeURIComponent(text) + (macros[index] ?? ''))
    .join('');
}

/**
 * The parameters to paste at the source, in the order of the tracker's slots:
 * every token with a macro, and those of the template even without one. Those
 * whose names the tracker does not tell are left out: a made-up one would be lost there.
 */
export function trackingParameters(
  tokens: Source['tokens'],
  template: RoleSlots,
): TrackingParameter[] {
  const { campaign, adSet, ad, placement } = template;
  const wanted = new Set([campaign, adSet, ad, placement]);
  return tokens
    .filter(({ slot, macro, parameter }) => parameter !== null && (macro || wanted.has(slot)))
    .sort((a, b) => a.slot - b.slot)
    .map(({ name, parameter, macro }) => ({
      name: encodeURIComponent((parameter ?? name).trim()),
      value: macro ? encodeAround(macro.trim()) : null,
    }));
}

/** `zone={zoneid}&campaign=___`, without a leading mark. */
export const trackingText = (parameters: readonly TrackingParameter[]): string =>
  parameters.map(({ name, value }) => `${name}=${value ?? GAP}`).join('&');
