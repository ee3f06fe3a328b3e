import type { Source } from '../trackers/adapter.ts';
import { MACRO } from './macros.ts';
import type { RoleSlots } from './template.ts';

export interface TrackingParameter {
  /** Its name in the tracker's URL, encoded. */
  readonly name: string;
  /** The source's macro, encoded for the URL; null = unknown, to be filled in. */
  readonly value: string | null;
}

/** Placeholder for an unknown macro: visible, and not a plausible value. */
export const GAP = '___';

/** URL-encodes a value except for its macros, which the source must recognise. */
function encodeAround(value: string): string {
  const macros = value.match(MACRO) ?? [];
  return value
    .split(MACRO)
    .map((text, index) => encodeURIComponent(text) + (macros[index] ?? ''))
    .join('');
}

/**
 * The tracking parameters to paste at the source, in slot order: every token with a macro, and the
 * template's tokens even without one. Tokens with unknown parameter names are left out: the tracker
 * would ignore an invented one.
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

/** `zone={zoneid}&campaign=___`, without a leading `?` or `&`. */
export const trackingText = (parameters: readonly TrackingParameter[]): string =>
  parameters.map(({ name, value }) => `${name}=${value ?? GAP}`).join('&');
