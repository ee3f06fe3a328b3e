import { hash, randomFrom } from './random.ts';

export type SimulatorId = 'keitaro' | 'binom' | 'binom2' | 'redtrack' | 'affise';

export interface SourceModel {
  readonly name: string;
  /** Makes the id of its n-th placement. */
  placement(n: number): string;
}

export interface OfferModel {
  readonly name: string;
  /** USD for a conversion. */
  readonly payout: number;
}

export interface CampaignModel {
  /** Name in each tracker; null = it is not there. */
  readonly names: Readonly<Record<'keitaro' | 'binom' | 'redtrack', string | null>>;
  readonly source: number;
  readonly offers: readonly number[];
  readonly clicksADay: number;
  readonly placements: number;
  readonly country: string;
  /** Conversions per click that is no bot and of a usual placement. */
  readonly rate: number;
  /** USD a click. */
  readonly cpc: number;
  readonly active: boolean;
  /** Do its clicks go straight to the offer, without a lander? */
  readonly direct?: boolean;
}

const hex = (text: string, length: number): string => {
  let out = '';
  for (let part = 0; out.length < length; part++) {
    out += hash(`${text}:${part}`).toString(16).padStart(8, '0');
  }
  return out.slice(0, length);
};

export const objectId = (text: string): string => hex(text, 24);

export const SOURCES: readonly SourceModel[] = [
  { name: 'PropellerAds', placement: (n) => String(2_000_000 + (hash(`prop${n}`) % 7_999_999)) },
  { name: 'RichAds', placement: (n) => hex(`rich${n}`, 32) },
  { name: 'MGID', placement: (n) => String(50_000 + (hash(`mgid${n}`) % 900_000)) },
];

export const OFFERS: readonly OfferModel[] = [
  { name: 'Sweeps iPhone DE – SOI', payout: 3.1 },
  { name: 'Nutra Keto FR', payout: 18 },
  { name: 'VPN Pro Worldwide', payout: 1.4 },
  { name: 'Dating Match ES', payout: 2.2 },
  { name: 'Casino Royal <b>VIP</b>', payout: 65 },
];

const same = (name: string) => ({ keitaro: name, binom: name, redtrack: name });

const LONG =
  `Very long campaign name ${'with geo and creative and landing and bid '.repeat(4)}v17`.slice(
    0,
    160,
  );

/** Names as people write them, and as the malicious do. */
export const CAMPAIGNS: readonly CampaignModel[] = [
  {
    names: same('Summer push DE'),
    source: 0,
    offers: [0],
    clicksADay: 6000,
    placements: 250,
    country: 'DE',
    rate: 0.019,
    cpc: 0.033,
    active: true,
  },
  {
    names: { keitaro: 'Nutra FR native', binom: 'NUTRA  FR - native', redtrack: 'nutra_fr_native' },
    source: 2,
    offers: [1],
    clicksADay: 1500,
    placements: 120,
    country: 'FR',
    rate: 0.003,
    cpc: 0.061,
    active: true,
  },
  {
    names: { keitaro: 'VPN WW pops', binom: 'Pops worldwide (vpn)', redtrack: 'VPN WW pops' },
    source: 0,
    offers: [2],
    clicksADay: 4000,
    placements: 400,
    country: 'US',
    rate: 0.004,
    cpc: 0.0041,
    active: true,
  },
  {
    names: same('<b>Push</b> & "Pop" <img src=x onerror=alert(1)>'),
    source: 1,
    offers: [3],
    clicksADay: 300,
    placements: 40,
    country: 'ES',
    rate: 0.012,
    cpc: 0.02,
    active: true,
  },
  {
    names: same('=HYPERLINK("http://evil.example","click")'),
    source: 1,
    offers: [3],
    clicksADay: 120,
    placements: 20,
    country: 'ES',
    rate: 0.01,
    cpc: 0.015,
    active: true,
  },
  {
    names: same('מבצע קיץ \u202Etxt.exe عرض الصيف'),
    source: 2,
    offers: [2],
    clicksADay: 90,
    placements: 15,
    country: 'IL',
    rate: 0.01,
    cpc: 0.01,
    active: true,
  },
  {
    names: same(LONG),
    source: 0,
    offers: [1, 2],
    clicksADay: 60,
    placements: 10,
    country: 'PL',
    rate: 0.01,
    cpc: 0.05,
    active: true,
  },
  {
    names: { keitaro: 'Казино RU 🎰 пуш', binom: null, redtrack: null },
    source: 0,
    offers: [4],
    clicksADay: 200,
    placements: 30,
    country: 'RU',
    rate: 0.0005,
    cpc: 0.03,
    active: true,
  },
  {
    names: same('Paused in spring'),
    source: 1,
    offers: [3],
    clicksADay: 0,
    placements: 5,
    country: 'IT',
    rate: 0.01,
    cpc: 0.01,
    active: false,
  },
];

export interface AccountSize {
  readonly campaigns: number;
  /** Placements that campaign 0 has beside its own; each has a click on every fourth day. */
  readonly placements: number;
}

export const HUGE: AccountSize = { campaigns: 10_000, placements: 100_000 };

/** Index of the campaign that has this id in a tracker; −1 where none has. */
export function indexById(
  campaigns: readonly CampaignModel[],
  idOf: (index: number) => string,
): (id: unknown) => number {
  const indexes = new Map(campaigns.map((_, index) => [idOf(index), index]));
  return (id) => indexes.get(String(id)) ?? -1;
}

const bulk = (index: number): CampaignModel => ({
  names: same(`Bulk campaign ${String(index).padStart(5, '0')}`),
  source: index % SOURCES.length,
  // The first offer is the first campaign's alone.
  offers: [1 + (index % (OFFERS.length - 1))],
  clicksADay: 1,
  placements: 1,
  country: 'US',
  rate: 0.01,
  cpc: 0.02,
  active: true,
});

/** A campaign by its index; beyond those above, one of a huge account. */
export const campaignAt = (index: number): CampaignModel | undefined =>
  CAMPAIGNS[index] ?? (index >= 0 && index < HUGE.campaigns ? bulk(index) : undefined);

/** The campaigns of a tracker: those above, and small ones up to the size of a huge account. */
export const campaignsOf = (huge?: AccountSize): readonly CampaignModel[] =>
  huge
    ? Array.from({ length: huge.campaigns }, (_, index) => CAMPAIGNS[index] ?? bulk(index))
    : CAMPAIGNS;

/** Both generations of Binom track the same campaigns. */
export const nameIn = (id: SimulatorId, campaign: CampaignModel | undefined): string | null =>
  campaign === undefined || id === 'affise' ? null : campaign.names[id === 'binom2' ? 'binom' : id];

/** Ids that each tracker gives its campaigns. */
export const campaignIdOf = {
  keitaro: (index: number) => String(12 + index),
  binom: (index: number) => String(7 + index),
  binom2: (index: number) => String(41 + index),
  redtrack: (index: number) => objectId(`campaign${index}`),
} as const;

export const offerIdOf = {
  keitaro: (index: number) => String(31 + index),
  binom: (index: number) => String(3 + index),
  binom2: (index: number) => String(61 + index),
  redtrack: (index: number) => objectId(`offer${index}`),
  affise: (index: number) => String(701 + index),
} as const;

/** The link that the network gives the buyer for an offer. */
export const offerLink = (index: number): string =>
  `https://simulated.g2afse.com/click?pid=14&offer_id=${offerIdOf.affise(index)}`;

/** What the buyer has entered in a tracker for it, with that tracker's macro of the click id. */
export const offerUrl = (index: number, clickId: string): string =>
  `${offerLink(index)}&sub1=${clickId}&sub2={sub2}`;

export const sourceIdOf = {
  keitaro: (index: number) => String(1 + index),
  binom: (index: number) => String(21 + index),
  binom2: (index: number) => String(81 + index),
  redtrack: (index: number) => objectId(`source${index}`),
} as const;

export type PlacementKind = 'good' | 'usual' | 'bad' | 'bot';

export interface PlacementModel {
  readonly id: string;
  readonly kind: PlacementKind;
  /** Share of the campaign's clicks, not normalised. */
  readonly weight: number;
}

/** Few placements sell most of the clicks; a tenth are bots, a third are bad. */
export function placementsOf(campaign: CampaignModel, index: number): PlacementModel[] {
  const random = randomFrom(hash(`placements${index}`));
  return Array.from({ length: campaign.placements }, (_, n) => {
    const draw = random();
    const kind: PlacementKind =
      draw < 0.15 ? 'good' : draw < 0.6 ? 'usual' : draw < 0.9 ? 'bad' : 'bot';
    return {
      id: SOURCES[campaign.source]?.placement(index * 1000 + n) ?? '',
      kind,
      weight: 1 / (n + 2) ** 0.8,
    };
  });
}

/** A short alias as in a campaign's address. */
export const hexAlias = (index: number): string => hex(`alias${index}`, 6);
