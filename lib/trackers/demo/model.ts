/** A campaign of the made-up buyer; the network has an offer of the same name for each. */
export interface MadeUpCampaign {
  readonly name: string;
  readonly country: string;
  readonly source: string;
  /** Clicks of an average day. */
  readonly clicks: number;
  /** USD. */
  readonly cpc: number;
  readonly payout: number;
  /** Conversions per click on an average placement. */
  readonly rate: number;
}

const made = (
  name: string,
  country: string,
  source: string,
  clicks: number,
  cpc: number,
  payout: number,
  rate: number,
): MadeUpCampaign => ({ name, country, source, clicks, cpc, payout, rate });

export const CAMPAIGNS: readonly MadeUpCampaign[] = [
  made('Sweeps iPhone DE', 'DE', 'PropellerAds', 7800, 0.031, 2.4, 0.0202),
  made('VPN Android BR', 'BR', 'PropellerAds', 15600, 0.006, 0.55, 0.0147),
  made('Antivirus FR', 'FR', 'HilltopAds', 5400, 0.022, 3.1, 0.0068),
  made('Finance leads GB', 'GB', 'PopAds', 2700, 0.058, 14, 0.0064),
  made('Dating smartlink US', 'US', 'HilltopAds', 9300, 0.027, 1.9, 0.0129),
  made('Game install IN', 'IN', 'PropellerAds', 22200, 0.0021, 0.19, 0.0163),
  made('Insurance CA', 'CA', 'PopAds', 1950, 0.09, 38, 0.0036),
  made('Coupons PL', 'PL', 'PropellerAds', 4500, 0.011, 0.8, 0.0141),
];

/** A number from 0 to 1 that is always the same for the same text. */
export function chance(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  // Texts that end alike differ in the low bits alone until they are mixed.
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export interface MadeUpPlacement {
  readonly id: string;
  readonly banner: string;
  /** Its part of the campaign's clicks. */
  readonly share: number;
  /** How much better than average it converts; a quarter of them hardly do. */
  readonly quality: number;
}

/** 40 to 200 placements: few with many clicks, many with few. */
export function placementsOf(campaign: MadeUpCampaign): MadeUpPlacement[] {
  const { name } = campaign;
  const count = 40 + Math.floor(chance(name) * 161);
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 3));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, rank) => {
    const luck = chance(`${name} ${rank}`);
    return {
      id: String(1_000_000 + Math.floor(luck * 8_999_999)),
      banner: String(Math.floor(luck * 3000) % 3),
      share: weight / all,
      quality: luck < 0.25 ? luck : 0.5 + luck,
    };
  });
}

const TURN = (2 * Math.PI) / 24;

/** Part of a day's traffic that has come by an hour 0–24: little at night, most in the afternoon. */
export function partBy(hour: number): number {
  return hour / 24 - (0.1 * (Math.sin(TURN * (hour - 3)) + Math.sin(TURN * 3))) / (TURN * 4);
}
