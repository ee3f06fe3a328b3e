import { type CampaignModel, nameIn, type SimulatorId } from './campaigns.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { chance } from './random.ts';
import type { Click, ConversionStatus, Traffic } from './traffic.ts';
import { createZone, type Zone } from './zones.ts';

/** What a tracker knows of the traffic: less than there was, in its own currency. */
export interface LedgerOptions {
  readonly id: SimulatorId;
  readonly traffic: Traffic;
  readonly campaigns: readonly CampaignModel[];
  readonly zone: string;
  readonly currency: string;
  /** Units of its currency for a dollar. */
  readonly rate: number;
  /** Share of clicks that never reach it, and of postbacks. */
  readonly lostClicks: number;
  readonly lostPostbacks: number;
  /** Its losses of what is clicked from a day on, as its own clocks show it. Default: the same. */
  readonly later?: {
    readonly from: string;
    readonly lostClicks?: number;
    readonly lostPostbacks?: number;
  };
  /** What it takes a conversion for, by the network's status; null = no postback of it comes. Default: the same. */
  readonly hears?: Partial<Readonly<Record<ConversionStatus, ConversionStatus | null>>>;
  /** Its own idea of the CPC, as a factor on the real one. */
  readonly cpcFactor: number;
  /** Do bot clicks cost anything there? */
  readonly botsCost: boolean;
  /** Counts only clicks that reached the offer (a network). */
  readonly offerClicksOnly: boolean;
  /** Counts a conversion on its own date instead of the click's. */
  readonly byConversionDate: boolean;
  /** Tells the instant after which nothing has happened yet (epoch ms); null = every day is whole. */
  readonly clock: (() => number) | null;
  /** Are cost updates applied one after the other, in the order in which they were taken? */
  readonly queuesCosts: boolean;
}

export interface Figures {
  clicks: number;
  uniqueClicks: number;
  bots: number;
  landerViews: number;
  landerClicks: number;
  conversions: number;
  leads: number;
  sales: number;
  rejected: number;
  hold: number;
  cost: number;
  revenue: number;
}

export const noFigures = (): Figures => ({
  clicks: 0,
  uniqueClicks: 0,
  bots: 0,
  landerViews: 0,
  landerClicks: 0,
  conversions: 0,
  leads: 0,
  sales: 0,
  rejected: 0,
  hold: 0,
  cost: 0,
  revenue: 0,
});

export interface Slice {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  /** Index of the campaign; null = all. */
  readonly campaign: number | null;
  readonly only?: (click: Click) => boolean;
}

const DAY_MS = 86_400_000;

export interface Ledger {
  /** Rows made for a question, kept until something changes: a big report is asked page by page. */
  remembered<Row>(question: string, make: () => Row[]): Row[];
  readonly options: LedgerOptions;
  readonly zone: Zone;
  /** Epoch ms on its clock. */
  now(): number;
  /** Figures by key; the key of each click is what `keyOf` says. */
  group(
    slice: Slice,
    keyOf: (click: Click, day: string, hour: number) => string,
  ): Map<string, Figures>;
  /** Clicks of a slice that this tracker has, in order of time. */
  clicks(slice: Slice): Click[];
  costOf(click: Click): number;
  /** Money of the tracker for a conversion. */
  payoutOf(click: Click): number;
  /** Conversion as this tracker has it, or null. */
  conversionOf(click: Click): Click['conversion'];
  /** Clicks whose conversion is dated within a slice, in order of the conversion. */
  converted(slice: Slice): Array<Click & { conversion: NonNullable<Click['conversion']> }>;
  /** A conversion handed over from outside; false when the click is not known. Money in the tracker's currency. */
  upload(
    clickId: string,
    conversion: { at: number; status: ConversionStatus; payout: number },
  ): boolean;
  /**
   * Takes a cost update: spreads a total evenly over the clicks of a slice, at once or after the delay
   * of `jobs`. In the tracker's currency; no click, no cost.
   */
  setCost(slice: Slice & { readonly campaign: number }, totalOf: (clicks: number) => number): void;
  /** Cost updates that it took. */
  readonly jobs: Jobs;
  reset(): void;
}

/** A look-up in a map that mostly is empty: to hash the id of each click is the dearest part of a report. */
const lookUp = <Value>(map: ReadonlyMap<string, Value>, { id }: Click): Value | undefined =>
  map.size > 0 ? map.get(id) : undefined;

export function createLedger(options: LedgerOptions): Ledger {
  const zone = createZone(options.zone);
  let costs = new Map<string, number>();
  const purpose = options.id.length * 31 + options.id.charCodeAt(0);
  const now = options.clock ?? Date.now;
  const jobs = createJobs(now, options.queuesCosts);
  const isDirect = ({ campaign }: Click): boolean => options.campaigns[campaign]?.direct === true;
  const lossOf = (click: Click, of: 'lostClicks' | 'lostPostbacks'): number => {
    const { later } = options;
    const isLater = later !== undefined && zone.local(click.at).day >= later.from;
    return (isLater ? later[of] : undefined) ?? options[of];
  };
  const counts = (click: Click): boolean =>
    chance(click.seed, purpose) >= lossOf(click, 'lostClicks') &&
    (!options.offerClicksOnly || click.landerClick || isDirect(click));
  const days = new Map<string, readonly Click[]>();
  /** The clicks of a campaign and a UTC day that this tracker counts. */
  const countedOn = (campaign: number, day: number): readonly Click[] => {
    const key = `${campaign}:${day}`;
    const counted = days.get(key) ?? options.traffic.clicksOf(campaign, day).filter(counts);
    days.set(key, counted);
    return counted;
  };
  let uploads = new Map<string, NonNullable<Click['conversion']>>();
  const conversionOf = (click: Click): Click['conversion'] => {
    const uploaded = lookUp(uploads, click);
    if (uploaded) return uploaded;
    const { conversion } = click;
    if (!conversion || chance(click.seed, purpose + 7) < lossOf(click, 'lostPostbacks'))
      return null;
    if (options.clock !== null && conversion.at > options.clock()) return null;
    const status = options.hears?.[conversion.status];
    return status === undefined ? conversion : status && { ...conversion, status };
  };
  const costOf = (click: Click): number =>
    options.offerClicksOnly || (click.bot && !options.botsCost)
      ? 0
      : (lookUp(costs, click) ??
        (options.campaigns[click.campaign]?.cpc ?? 0) * options.cpcFactor * options.rate);
  const payoutOf = (click: Click): number => (conversionOf(click)?.payout ?? 0) * options.rate;

  function* seen(slice: Slice, wide = 0): Generator<Click> {
    const until = options.clock?.() ?? Number.POSITIVE_INFINITY;
    const first = Date.parse(`${slice.from}T00:00Z`) / DAY_MS - 1 - wide;
    const last = Date.parse(`${slice.to}T00:00Z`) / DAY_MS + 1;
    const campaigns =
      slice.campaign === null ? options.campaigns.map((_, at) => at) : [slice.campaign];
    for (const campaign of campaigns) {
      if (options.id !== 'affise' && !nameIn(options.id, options.campaigns[campaign])) continue;
      for (let day = first; day <= last; day++) {
        for (const click of countedOn(campaign, day)) {
          if (click.at > until) continue;
          if (!slice.only || slice.only(click)) yield click;
        }
      }
    }
  }
  const inside = (slice: Slice, day: string) => day >= slice.from && day <= slice.to;

  const count = (figures: Figures, click: Click): void => {
    figures.clicks += 1;
    if (!isDirect(click)) figures.landerViews += 1;
    if (click.unique) figures.uniqueClicks += 1;
    if (click.bot) figures.bots += 1;
    if (click.landerClick && !isDirect(click)) figures.landerClicks += 1;
    figures.cost += costOf(click);
  };
  const countConversion = (figures: Figures, click: Click, status: string): void => {
    figures.conversions += 1;
    if (status === 'sale') figures.sales += 1;
    if (status === 'lead') figures.leads += 1;
    if (status === 'rejected') figures.rejected += 1;
    if (status === 'hold') figures.hold += 1;
    if (status !== 'rejected') figures.revenue += payoutOf(click);
  };

  const clicksIn = (slice: Slice): Click[] =>
    [...seen(slice)].filter((click) => inside(slice, slice.zone.local(click.at).day));

  const kept = new Map<string, unknown[]>();
  let keptAt = now();
  return {
    remembered<Row>(question: string, make: () => Row[]): Row[] {
      // What moves with the clock is not kept.
      if (options.clock && keptAt !== now()) kept.clear();
      keptAt = now();
      const known = kept.get(question);
      if (known) return known as Row[];
      const rows = make();
      if (kept.size > 3) kept.clear();
      kept.set(question, rows);
      return rows;
    },
    options,
    zone,
    now,
    jobs,
    costOf,
    payoutOf,
    conversionOf,
    group(slice, keyOf) {
      const groups = new Map<string, Figures>();
      const at = (key: string): Figures => {
        let figures = groups.get(key);
        if (!figures) {
          figures = noFigures();
          groups.set(key, figures);
        }
        return figures;
      };
      // Conversions come days after their click.
      for (const click of seen(slice, options.byConversionDate ? 3 : 0)) {
        const { day, hour } = slice.zone.local(click.at);
        const conversion = conversionOf(click);
        if (inside(slice, day)) {
          const figures = at(keyOf(click, day, hour));
          count(figures, click);
          if (conversion && !options.byConversionDate) {
            countConversion(figures, click, conversion.status);
          }
        }
        if (conversion && options.byConversionDate) {
          const own = slice.zone.local(conversion.at);
          if (inside(slice, own.day)) {
            countConversion(at(keyOf(click, own.day, own.hour)), click, conversion.status);
          }
        }
      }
      return groups;
    },
    clicks: clicksIn,
    converted: (slice) =>
      [...seen(slice, 3)]
        .flatMap((click) => {
          const conversion = conversionOf(click);
          return conversion && inside(slice, slice.zone.local(conversion.at).day)
            ? [{ ...click, conversion }]
            : [];
        })
        .sort((a, b) => a.conversion.at - b.conversion.at),
    upload(clickId, { at, status, payout }) {
      // A click's id names its campaign and day.
      const [, campaign, day] = /^c(\d+)d([0-9a-z]+)n/.exec(clickId) ?? [];
      if (campaign === undefined || day === undefined) return false;
      const clicks = options.traffic.clicksOf(Number(campaign), Number.parseInt(day, 36));
      const click = clicks.find(({ id }) => id === clickId);
      if (!click || !counts(click)) return false;
      kept.clear();
      uploads.set(clickId, { at, status, payout: payout / options.rate });
      return true;
    },
    setCost(slice, totalOf) {
      jobs.add(slice.campaign, (at) => {
        const clicks = clicksIn(slice).filter((click) => options.clock === null || click.at <= at);
        const total = totalOf(clicks.length);
        for (const click of clicks) costs.set(click.id, total / clicks.length);
        kept.clear();
        return { total, clicks: clicks.length };
      });
    },
    reset() {
      jobs.reset();
      kept.clear();
      costs = new Map();
      uploads = new Map();
    },
  };
}
