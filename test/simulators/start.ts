import { affiseSimulator } from './affise/simulator.ts';
import { type Awkwardness, awkwardPage } from './awkward.ts';
import { binomSimulator } from './binom/simulator.ts';
import { binom2Simulator } from './binom2/simulator.ts';
import { type Hostility, hostilePage } from './hostile/page.ts';
import { keitaroSimulator } from './keitaro/simulator.ts';
import {
  type AccountSize,
  type CampaignModel,
  campaignsOf,
  type SimulatorId,
} from './model/campaigns.ts';
import type { Booking } from './model/jobs.ts';
import {
  createLedger,
  type Figures,
  type Ledger,
  type LedgerOptions,
  noFigures,
} from './model/ledger.ts';
import { createTraffic, type Traffic } from './model/traffic.ts';
import { createZone } from './model/zones.ts';
import { redtrackSimulator } from './redtrack/simulator.ts';
import {
  type Answered,
  type Asked,
  type Fault,
  type Mode,
  type RecordedRequest,
  startServer,
} from './server.ts';
import { bulkyPage } from './web.ts';

export type { SimulatorId } from './model/campaigns.ts';
export { MODES, type Mode } from './server.ts';

export interface SimulatorsOptions {
  readonly seed?: number;
  /** Epoch ms after which nothing has happened yet, or what tells it. Default: every day is whole. */
  readonly clock?: number | (() => number);
  readonly ports?: Partial<Record<SimulatorId, number>>;
  readonly currencies?: Partial<Record<SimulatorId, string>>;
  /** Does the web UI show its app without a sign-in? Default true. */
  readonly loggedIn?: boolean;
  /** Documented rate limits. Default true. */
  readonly limits?: boolean;
  /** Trackers named by `all`; every one is started. Default: every one. */
  readonly trackers?: readonly SimulatorId[];
  readonly modes?: Partial<Record<SimulatorId, readonly Mode[]>>;
  /** What an answer takes in mode `slow`, in milliseconds. Default 3,000. */
  readonly slowMs?: number;
  /** Other facts of trackers than their usual ones: zone, losses, idea of the CPC … */
  readonly facts?: Partial<Readonly<Record<SimulatorId, Partial<BookFacts>>>>;
  /** The tracker whose campaign id the buyer passes to the network in `sub4`. Default: none. */
  readonly campaignSub?: Exclude<SimulatorId, 'affise'>;
  /** Share of the usual traffic that there is. Default 1. */
  readonly traffic?: number;
  /** Indexes of campaigns without a lander: their clicks go straight to the offer. */
  readonly direct?: readonly number[];
  /** Other names of campaigns in Binom v1, by their index. */
  readonly renamed?: Readonly<Record<number, string>>;
  /** Size of the account, where it is to be a large one. */
  readonly huge?: AccountSize;
}

export interface Truth {
  /** null = all campaigns. */
  readonly campaignIndex: number | null;
  /** Inclusive days. */
  readonly from: string;
  readonly to: string;
  /** Default: the tracker's own. */
  readonly zone?: string;
  /** Only clicks of this placement. */
  readonly placement?: string;
  /** Only clicks of the offer with this index. */
  readonly offer?: number;
}

export interface Simulator {
  readonly id: SimulatorId;
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  readonly zone: string;
  readonly currency: string;
  /** Id that this tracker gives a campaign (a network: the campaign's first offer). */
  campaignId(campaignIndex: number): string;
  campaignPage(campaignIndex: number, range?: { from: string; to: string }): string;
  listPage(): string;
  loginPage(): string;
  /** Every API request since the last reset. */
  readonly requests: RecordedRequest[];
  fail(fault: Fault): void;
  clearFaults(): void;
  /** Switches a way of being difficult on or off; a reset leaves those it was started with. */
  setMode(mode: Mode, on: boolean): void;
  setLoggedIn(on: boolean): void;
  /** Wants this parameter (`name=value`) beside the key; null = as before. Binom v1 only. */
  setSecret(secret: string | null): void;
  /** Conversions that this tracker has, past its API. */
  conversions(
    of: Omit<Truth, 'placement' | 'offer'>,
  ): Array<{ clickId: string; status: string; payout: number }>;
  /** Makes the web pages attack the extension; null = as before. The API stays honest. */
  setHostile(hostility: Hostility | null): void;
  /** Makes the web pages hard to live with; null = as before. */
  setAwkward(awkwardness: Awkwardness | null): void;
  /** Adds as many elements to every web page; 0 = none, as before. */
  setBulk(elements: number): void;
  /** What this tracker holds, past its API. */
  truth(of: Truth): Figures;
  truthByPlacement(of: Omit<Truth, 'placement' | 'offer'>): Array<Figures & { id: string }>;
  /** By the hours, 0 to 23, of each day. */
  truthByHour(
    of: Omit<Truth, 'placement' | 'offer'>,
  ): Array<{ day: string; hour: number; figures: Figures }>;
  /** What cost updates take to be applied from now on (ms). */
  setDelay(ms: number): void;
  /** Marks of placements by value, as it stores them, past its API; empty where it has none. */
  marks(campaignIndex: number): Record<string, string>;
  /** Marks a placement as its user does in the web UI; null takes the mark away. */
  setMark(campaignIndex: number, value: string, mark: string | null): void;
  /** Cost updates that it took, past its API. */
  readonly books: readonly Booking[];
  /** Moves the clock of the rate limits, and of cost updates that wait. */
  advance(ms: number): void;
}

export interface Simulators extends Record<SimulatorId, Simulator> {
  readonly all: readonly Simulator[];
  /** Undoes cost updates, faults, logs and counters. */
  reset(): void;
  stop(): Promise<void>;
}

/** What a tracker's folder provides: its API and its web UI over a ledger. */
export interface TrackerSimulator {
  isApi(asked: Asked): boolean;
  answer(asked: Asked): Answered;
  reset(): void;
  advance(ms: number): void;
  setLoggedIn(on: boolean): void;
  setSecret?(secret: string | null): void;
  campaignId(index: number): string;
  campaignPath(index: number, range?: { from: string; to: string }): string;
  readonly listPath: string;
  readonly loginPath: string;
  /** Marks by value of the placements' token in a campaign, where it stores any. */
  marksOf?(index: number): Map<string, string>;
  /** Is this request one that changes something? */
  isWrite(asked: Asked): boolean;
  /** What a key that may only read gets for it. */
  readonly denied: Answered;
}

export interface MakeContext {
  readonly ledger: Ledger;
  readonly apiKey: string;
  readonly options: SimulatorsOptions;
  readonly modes: ReadonlySet<Mode>;
}

/** What makes a tracker's books differ from the traffic, and from other trackers' books. */
type BookFacts = Pick<
  LedgerOptions,
  | 'zone'
  | 'lostClicks'
  | 'lostPostbacks'
  | 'later'
  | 'hears'
  | 'cpcFactor'
  | 'botsCost'
  | 'offerClicksOnly'
  | 'byConversionDate'
  | 'queuesCosts'
>;
type Facts = BookFacts & { apiKey: string; make(context: MakeContext): TrackerSimulator };

/** Each tracker's own losses, zone and idea of the CPC, so that gaps are real and known. */
const FACTS: Readonly<Record<SimulatorId, Facts>> = {
  keitaro: {
    zone: 'Europe/Madrid',
    lostClicks: 0.005,
    lostPostbacks: 0.01,
    cpcFactor: 1,
    botsCost: false,
    offerClicksOnly: false,
    byConversionDate: false,
    queuesCosts: true,
    apiKey: 'keitaro-canary-7f3a9c1e5b2d4860',
    make: keitaroSimulator,
  },
  binom: {
    zone: 'Etc/GMT-3',
    lostClicks: 0.03,
    lostPostbacks: 0.02,
    cpcFactor: 0.97,
    botsCost: true,
    offerClicksOnly: false,
    byConversionDate: false,
    queuesCosts: false,
    apiKey: 'binomcanary9000001a768088356b26',
    make: binomSimulator,
  },
  binom2: {
    zone: 'Europe/Kyiv',
    lostClicks: 0.012,
    lostPostbacks: 0.015,
    cpcFactor: 0.99,
    botsCost: true,
    offerClicksOnly: false,
    byConversionDate: false,
    queuesCosts: true,
    apiKey: 'binom2-canary-51c0ffee9d3ab7',
    make: binom2Simulator,
  },
  redtrack: {
    zone: 'America/New_York',
    lostClicks: 0.015,
    lostPostbacks: 0.005,
    cpcFactor: 1.02,
    botsCost: true,
    offerClicksOnly: false,
    byConversionDate: false,
    queuesCosts: true,
    apiKey: 'redtrackcanary4Zq8Lw2Nv',
    make: redtrackSimulator,
  },
  affise: {
    zone: 'Europe/Berlin',
    lostClicks: 0,
    lostPostbacks: 0,
    cpcFactor: 0,
    botsCost: false,
    offerClicksOnly: true,
    byConversionDate: true,
    queuesCosts: false,
    apiKey: 'affisecanary23df424b0a53b0899f78',
    make: affiseSimulator,
  },
};

/** Units of a currency for a dollar, fixed so that every run is the same. */
export const RATES: Readonly<Record<string, number>> = { USD: 1, EUR: 0.9, RUB: 80, GBP: 0.8 };

const IDS = Object.keys(FACTS) as SimulatorId[];

/** By what it depends on: whoever starts simulators again in a process finds the clicks made. */
const traffics = new Map<string, Traffic>();

function trafficOf(
  { seed = 1, traffic = 1, huge }: SimulatorsOptions,
  campaigns: readonly CampaignModel[],
): Traffic {
  const key = JSON.stringify([seed, traffic, huge]);
  const made = traffics.get(key) ?? createTraffic(seed, campaigns, huge?.placements);
  traffics.set(key, made);
  return made;
}

/** Starts the trackers on loopback over one model of traffic. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
  const campaigns = campaignsOf(options.huge).map((campaign, index) => ({
    ...campaign,
    direct: options.direct?.includes(index) ?? false,
    names: { ...campaign.names, binom: options.renamed?.[index] ?? campaign.names.binom },
    clicksADay: campaign.clicksADay * (options.traffic ?? 1),
  }));
  const traffic = trafficOf(options, campaigns);
  const started = await Promise.all(
    IDS.map(async (id) => {
      const { make, apiKey, ...facts } = { ...FACTS[id], ...options.facts?.[id] };
      const currency = options.currencies?.[id] ?? 'USD';
      const ledger = createLedger({
        id,
        traffic,
        campaigns,
        currency,
        rate: RATES[currency] ?? 1,
        clock:
          typeof options.clock === 'number' ? () => Number(options.clock) : (options.clock ?? null),
        ...facts,
      });
      const modes = new Set(options.modes?.[id]);
      const tracker = make({ ledger, apiKey, options, modes });
      let hostility: Hostility | null = null;
      let bulk = 0;
      const setHostile = (next: Hostility | null) => {
        hostility = next;
      };
      let awkwardness: Awkwardness | null = null;
      const setAwkward = (next: Awkwardness | null) => {
        awkwardness = next;
      };
      const answer = (asked: Asked): Answered => {
        ledger.jobs.work();
        return modes.has('read-only') && tracker.isApi(asked) && tracker.isWrite(asked)
          ? tracker.denied
          : bulkyPage(
              awkwardPage(hostilePage(tracker.answer(asked), hostility), awkwardness),
              bulk,
            );
      };
      const server = await startServer(
        options.ports?.[id] ?? 0,
        tracker.isApi,
        answer,
        modes,
        options.slowMs ?? 3_000,
      );
      const url = `http://${id}.localhost:${server.port}`;
      const slice = ({ campaignIndex, from, to, zone }: Omit<Truth, 'placement' | 'offer'>) => ({
        from,
        to,
        zone: zone ? createZone(zone) : ledger.zone,
        campaign: campaignIndex,
      });
      const simulator: Simulator = {
        id,
        url,
        port: server.port,
        apiKey,
        zone: facts.zone,
        currency,
        campaignId: tracker.campaignId,
        campaignPage: (index, range) => url + tracker.campaignPath(index, range),
        listPage: () => url + tracker.listPath,
        loginPage: () => url + tracker.loginPath,
        requests: server.requests,
        fail: server.fail,
        clearFaults: server.clearFaults,
        setMode: (mode, on) => void (on ? modes.add(mode) : modes.delete(mode)),
        setLoggedIn: tracker.setLoggedIn,
        setSecret: (secret) => tracker.setSecret?.(secret),
        conversions: (of) =>
          ledger.converted(slice(of)).map((click) => ({
            clickId: click.id,
            status: click.conversion.status,
            payout: ledger.payoutOf(click),
          })),
        setHostile,
        setAwkward,
        setBulk: (elements) => {
          bulk = elements;
        },
        advance(ms) {
          tracker.advance(ms);
          ledger.jobs.advance(ms);
        },
        setDelay: ledger.jobs.setDelay,
        marks: (index) => Object.fromEntries(tracker.marksOf?.(index) ?? []),
        setMark(index, value, mark) {
          const marks = tracker.marksOf?.(index);
          if (mark === null) marks?.delete(value);
          else marks?.set(value, mark);
        },
        get books() {
          ledger.jobs.work();
          return ledger.jobs.books;
        },
        truth: ({ placement, offer, ...of }) => {
          ledger.jobs.work();
          return (
            ledger
              .group(
                {
                  ...slice(of),
                  only: (click) =>
                    [undefined, click.placement].includes(placement) &&
                    [undefined, click.offer].includes(offer),
                },
                () => '',
              )
              .get('') ?? noFigures()
          );
        },
        truthByPlacement: (of) =>
          [...ledger.group(slice(of), (click) => click.placement)].map(([key, figures]) => ({
            id: key,
            ...figures,
          })),
        truthByHour: (of) =>
          [...ledger.group(slice(of), (_, day, hour) => `${day} ${hour}`)].map(([key, figures]) => {
            const [day = '', hour] = key.split(' ');
            return { day, hour: Number(hour), figures };
          }),
      };
      return { id, simulator, tracker, ledger, server };
    }),
  );
  const byId = Object.fromEntries(started.map(({ id, simulator }) => [id, simulator])) as Record<
    SimulatorId,
    Simulator
  >;
  return {
    ...byId,
    all: started
      .filter(({ id }) => options.trackers?.includes(id) ?? true)
      .map(({ simulator }) => simulator),
    reset() {
      for (const { id, simulator, tracker, ledger, server } of started) {
        server.modes.clear();
        for (const mode of options.modes?.[id] ?? []) server.modes.add(mode);
        tracker.reset();
        ledger.reset();
        server.clearFaults();
        server.requests.length = 0;
        tracker.setLoggedIn(options.loggedIn ?? true);
        simulator.setHostile(null);
        simulator.setAwkward(null);
        simulator.setBulk(0);
        simulator.setSecret(null);
      }
    },
    async stop() {
      await Promise.all(started.map(({ server }) => server.stop()));
    },
  };
}
