import {
  type CampaignModel,
  OFFERS,
  type PlacementKind,
  type PlacementModel,
  placementsOf,
} from './campaigns.ts';
import { drawerOf, hash, randomFrom } from './random.ts';

export type ConversionStatus = 'sale' | 'lead' | 'rejected' | 'hold';

export interface Click {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly campaign: number;
  readonly offer: number;
  readonly placement: string;
  readonly sourceCampaign: string;
  readonly ad: string;
  readonly country: string;
  readonly device: string;
  readonly os: string;
  readonly browser: string;
  readonly unique: boolean;
  readonly bot: boolean;
  /** Did it go on from the lander to the offer? */
  readonly landerClick: boolean;
  readonly conversion: {
    readonly at: number;
    readonly status: ConversionStatus;
    /** USD. */
    readonly payout: number;
  } | null;
  /** For what else is drawn of this click. */
  readonly seed: number;
}

const DAY_MS = 86_400_000;
const HOURS = [3, 2, 2, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 9, 8, 8, 9, 10, 11, 12, 11, 9, 7, 5];
const DEVICES = ['mobile', 'desktop', 'tablet'];
const SYSTEMS = ['Android', 'iOS', 'Windows', 'OS X'];
const BROWSERS = ['Chrome Mobile', 'Chrome', 'Safari', 'Samsung Browser'];
const drawHour = drawerOf(HOURS);
const drawDevice = drawerOf([7, 2, 1]);
const drawSystem = drawerOf([6, 2, 2, 1]);
const drawBrowser = drawerOf([6, 3, 2, 1]);
const OTHER_COUNTRIES = ['US', 'GB', 'AT', 'CH', 'PL'];

/** How a kind of placement converts against the usual, and how often its visitors leave the lander. */
const KINDS: Readonly<Record<PlacementKind, { rate: number; landerCtr: number }>> = {
  good: { rate: 2, landerCtr: 0.34 },
  usual: { rate: 1, landerCtr: 0.28 },
  bad: { rate: 0.12, landerCtr: 0.18 },
  bot: { rate: 0, landerCtr: 0 },
};

export interface Traffic {
  /** Clicks of a campaign on a UTC day (days since 1970), in order of time. */
  clicksOf(campaign: number, day: number): readonly Click[];
  placements(campaign: number): readonly PlacementModel[];
}

/**
 * Traffic that depends on the seed and the calendar alone; made when it is asked for.
 * @param many placements of which campaign 0 has a click each beside its own, every fourth day
 */
export function createTraffic(
  seed: number,
  campaigns: readonly CampaignModel[],
  many = 0,
): Traffic {
  const days = new Map<string, readonly Click[]>();
  const placements = new Map<number, readonly PlacementModel[]>();
  const placementsIn = (campaign: number): readonly PlacementModel[] => {
    let list = placements.get(campaign);
    if (!list) {
      const model = campaigns[campaign];
      list = model ? placementsOf(model, campaign) : [];
      placements.set(campaign, list);
    }
    return list;
  };
  return {
    placements: placementsIn,
    clicksOf(campaign, day) {
      const key = `${campaign}:${day}`;
      let clicks = days.get(key);
      if (!clicks) {
        const model = campaigns[campaign];
        clicks = model ? makeDay(seed, campaign, model, day, placementsIn(campaign)) : [];
        if (many > 0 && campaign === 0 && day % 4 === 0) {
          clicks = [...clicks, ...clickOfEach(many, day)];
        }
        days.set(key, clicks);
      }
      return clicks;
    },
  };
}

/** One click at noon for each of many placements. */
const clickOfEach = (placements: number, day: number): Click[] =>
  Array.from({ length: placements }, (_, n) => ({
    id: `h${day.toString(36)}n${n.toString(36)}`,
    at: day * DAY_MS + DAY_MS / 2,
    campaign: 0,
    offer: 0,
    placement: String(30_000_000 + n),
    sourceCampaign: '880000',
    ad: '5000',
    country: 'DE',
    device: 'mobile',
    os: 'Android',
    browser: 'Chrome',
    unique: true,
    bot: false,
    landerClick: n % 4 === 0,
    conversion: null,
    seed: hash(`h${n}`),
  }));

function makeDay(
  seed: number,
  campaign: number,
  model: CampaignModel,
  day: number,
  placements: readonly PlacementModel[],
): readonly Click[] {
  const random = randomFrom(hash(`${seed}:${campaign}:${day}`));
  const count = Math.round(model.clicksADay * (0.85 + 0.3 * random()));
  const drawPlacement = drawerOf(placements.map(({ weight }) => weight));
  const clicks: Click[] = [];
  for (let n = 0; n < count; n++) {
    const hour = drawHour(random());
    const at = day * DAY_MS + Math.floor((hour + random()) * 3_600_000);
    const placement = placements[drawPlacement(random())];
    const kind = KINDS[placement?.kind ?? 'usual'];
    const offer = model.offers[Math.floor(random() * model.offers.length)] ?? 0;
    const landerClick = random() < kind.landerCtr;
    const converts = landerClick && random() < (model.rate * kind.rate) / kind.landerCtr;
    const fate = random();
    const delay = 60_000 + -Math.log(1 - random()) * 4 * 3_600_000;
    clicks.push({
      id: `c${campaign}d${day.toString(36)}n${n.toString(36)}x${Math.floor(random() * 1e9).toString(36)}`,
      at,
      campaign,
      offer,
      placement: placement?.id ?? '',
      sourceCampaign: String(880_000 + campaign),
      ad: String(5_000 + Math.floor(random() * 6)),
      country:
        random() < 0.93
          ? model.country
          : (OTHER_COUNTRIES[Math.floor(random() * OTHER_COUNTRIES.length)] ?? 'US'),
      device: DEVICES[drawDevice(random())] ?? 'mobile',
      os: SYSTEMS[drawSystem(random())] ?? 'Android',
      browser: BROWSERS[drawBrowser(random())] ?? 'Chrome',
      unique: random() < 0.88,
      bot: placement?.kind === 'bot' && random() < 0.5,
      landerClick,
      conversion: converts
        ? {
            at: at + delay,
            status: fate < 0.82 ? 'sale' : fate < 0.9 ? 'hold' : fate < 0.95 ? 'lead' : 'rejected',
            payout: OFFERS[offer]?.payout ?? 1,
          }
        : null,
      seed: hash(`${campaign}:${day}:${n}:${seed}`),
    });
  }
  return clicks.sort((a, b) => a.at - b.at);
}
