import { campaignAt, campaignIdOf, offerIdOf, sourceIdOf } from '../model/campaigns.ts';
import type { Ledger } from '../model/ledger.ts';
import { chance } from '../model/random.ts';
import type { Click } from '../model/traffic.ts';
import type { Answered } from '../server.ts';
import type { Mode } from '../start.ts';

export const idOf = campaignIdOf.redtrack;
export const nameOf = (index: number) => campaignAt(index)?.names.redtrack ?? null;
export const sourceOf = (click: Click) => campaignAt(click.campaign)?.source ?? 0;

export const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const SUBS: Readonly<Record<string, 'ad' | 'sourceCampaign' | 'placement'>> = {
  sub1: 'ad',
  sub2: 'sourceCampaign',
  sub3: 'placement',
};
export const SUB_NAMES = Array.from({ length: 20 }, (_, index) => `sub${index + 1}`);
export const subValue = (click: Click, sub: string): string => {
  const field = SUBS[sub];
  return field ? click[field] : '';
};

export const FILTERS: Readonly<Record<string, (click: Click) => string>> = {
  campaign_id: (click) => idOf(click.campaign),
  offer_id: (click) => offerIdOf.redtrack(click.offer),
  source_id: (click) => sourceIdOf.redtrack(sourceOf(click)),
};

/** What the calls of this simulator share. */
export interface Parts {
  readonly ledger: Ledger;
  readonly modes: ReadonlySet<Mode>;
  refuse(status: number, error: string): Answered;
}

/** The account's conversion types: the default one, one with money of its own, one without. */
export const TYPES = { default_type: 'Conversion', type1: 'Upsell', type2: 'AddToCart' } as const;
export type Type = keyof typeof TYPES;

/** Share of a sale's payout that comes with its upsell. */
const UPSELL = 0.4;

/**
 * Conversions of a click by type. Its money is the ledger's: a part of some
 * sales comes as an upsell, so that no single type has all of it.
 */
export function typesOf(ledger: Ledger, click: Click): Array<{ type: Type; payout: number }> {
  const conversion = ledger.conversionOf(click);
  const cart = click.landerClick && chance(click.seed, 41) < 0.2;
  const upsell = conversion?.status === 'sale' && chance(click.seed, 43) < 0.5;
  const payout = ledger.payoutOf(click);
  return [
    ...(conversion
      ? [{ type: 'default_type', payout: upsell ? payout * (1 - UPSELL) : payout } as const]
      : []),
    ...(upsell ? [{ type: 'type1', payout: payout * UPSELL } as const] : []),
    ...(cart ? [{ type: 'type2', payout: 0 } as const] : []),
  ];
}
