import type { PreviewedUndo } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { type JournalRecord, journalRecordSchema } from '../../lib/journal/record.ts';
import { trackers } from '../../lib/trackers/index.ts';
import type { Simulator, Simulators } from '../simulators/start.ts';
import { type Browser, createBrowser } from './browser.ts';
import { type Dice, diceOf } from './dice.ts';
import { createNetwork, type Trouble } from './network.ts';
import { createTime, type VirtualTime } from './time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A Sunday afternoon, in every zone of the simulators. */
export const START = Date.UTC(2026, 7, 9, 15, 20);
/** Campaigns that every tracker has. */
const CAMPAIGNS = [0, 1, 2, 3] as const;
/** The token that holds the placements. */
export const PLACEMENT_SLOT = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3 } as const;
export type CostTracker = keyof typeof PLACEMENT_SLOT;
export const COST_TRACKERS: readonly [CostTracker, ...CostTracker[]] = [
  'keitaro',
  'binom',
  'binom2',
  'redtrack',
];
/** Share of the schedules that are aimed at the order of writes. */
const AIMED = 0.1;
const PASSPHRASE = 'correct horse battery';

/** What was found when a schedule was over. */
export interface Ended {
  readonly records: readonly JournalRecord[];
  /** Ids of the records that `costs.send` answered with. */
  readonly confirmed: readonly string[];
  readonly simulators: ReadonlyMap<string, Simulator>;
}

/** The time of the schedule that is run; the simulators live in it. */
export interface Clock {
  time: VirtualTime;
}

/** Runs one schedule of orders and faults, made from its seed, until a day after the last of them. */
export async function runSchedule(
  seed: number,
  simulators: Simulators,
  clock: Clock,
): Promise<Ended> {
  const dice = diceOf(`${seed}`);
  const time = createTime(START + dice.between(0, 6 * 60) * MINUTE);
  clock.time = time;
  simulators.reset();
  const trouble: Trouble = { writes: 0, reads: 0, certain: [] };
  const browser = createBrowser(time, createNetwork(simulators, seed, trouble));
  const isAimed = dice.chance(AIMED);
  const used = COST_TRACKERS.filter((id) => (isAimed ? id === 'binom' : dice.chance(0.45)));
  const ids = used.length > 0 ? used : [dice.pick(COST_TRACKERS)];
  const connections = new Map<string, Simulator>();
  for (const id of ids) {
    const connecting = connect(browser, simulators[id]);
    await time.passTo(time.now() + MINUTE);
    connections.set(await connecting, simulators[id]);
  }
  trouble.writes = dice.pick([0, 0.2, 0.5, 0.8]);
  trouble.reads = dice.pick([0, 0.05, 0.3]);

  const user = createUser(browser, time, dice, connections);
  const until = time.now() + dice.between(1, 40) * MINUTE;
  if (isAimed) aim(user, trouble, time, dice);
  for (let deeds = isAimed ? 0 : dice.between(1, 7); deeds > 0; deeds--) {
    const at = time.now() + dice.next() * (until - time.now()) * (dice.chance(0.5) ? 0.02 : 1);
    time.at(at, () => void user.order());
    if (dice.chance(0.7)) time.at(at + dice.next() * 30 * MINUTE, () => void user.meddle());
  }
  await time.passTo(until);
  await time.passTo(time.now() + HOUR);
  trouble.writes = 0;
  trouble.reads = dice.pick([0, trouble.reads]);
  if (dice.chance(0.9)) user.allowAll();
  if (dice.chance(0.3)) browser.restart();
  await time.passTo(time.now() + 2 * HOUR);
  // A browser that is started once more finds what a dead worker left.
  browser.restart();
  user.unlock();
  await time.passTo(time.now() + 26 * HOUR);
  // Keys under a passphrase lock when nobody uses them for an hour.
  user.unlock();
  await time.passTo(time.now() + 2 * HOUR);
  const stored = await browser.journal();
  return {
    records: stored.map((record) => journalRecordSchema.parse(record)),
    confirmed: user.confirmed,
    simulators: connections,
  };
}

/**
 * An order whose answer is lost while its tracker still works on it, and another of the same clicks
 * soon after, for which it would take no time: sent at once, the former would end up over it.
 */
function aim(user: User, trouble: Trouble, time: VirtualTime, dice: Dice): void {
  trouble.writes = 0;
  trouble.certain.push(
    {
      how: dice.pick(['apply-then-reset', 'apply-then-hang', 'apply-then-500']),
      takes: dice.between(60, 280) * SECOND,
    },
    { how: null, takes: 0 },
  );
  const at = time.now() + MINUTE;
  const [first, second] = user.twoOfTheSameClicks();
  time.at(at, () => void user.order(first));
  time.at(at + dice.between(1, 30) * SECOND, () => void user.order(second));
}

/** Connects a browser to a simulator, as the form does; returns the connection's id. */
export async function connect(
  browser: Browser,
  { id, url, apiKey, zone }: Simulator,
): Promise<string> {
  const adapter = trackers.find((tracker) => tracker.id === id);
  const { connection } = await browser.call('connections.save', {
    draft: {
      tracker: id,
      name: adapter?.name ?? id,
      // Node resolves no *.localhost.
      address: url.replace(`${id}.localhost`, '127.0.0.1'),
      currency: 'USD',
      zone,
      basis: 'visit',
    },
    credentials: { key: apiKey },
    id: null,
  });
  return connection.id;
}

type User = ReturnType<typeof createUser>;

/** Somebody who orders costs, changes their mind, and has an administrator. */
function createUser(
  browser: Browser,
  time: VirtualTime,
  dice: Dice,
  connections: ReadonlyMap<string, Simulator>,
) {
  const confirmed: string[] = [];
  const orders: CostUpdate[] = [];
  let locks = false;

  const amountOf = (simulator: Simulator, campaignIndex: number, range: CostUpdate['range']) => {
    if (dice.chance(0.75)) return dice.between(500, 50_000) / 100;
    // Close to what the tracker shows.
    const { cost } = simulator.truth({ campaignIndex, from: range.from, to: range.to });
    const near = dice.pick([0, 0.004, 0.01, 0.02, 0.3, 1]);
    return Math.round((cost + near) * 1_000) / 1_000;
  };

  const newOrder = (): CostUpdate => {
    const former = orders.at(-1);
    if (former && dice.chance(0.15)) return former;
    const [connection, simulator] = dice.pick([...connections] as [
      [string, Simulator],
      ...Array<[string, Simulator]>,
    ]);
    const campaignIndex = former && dice.chance(0.6) ? CAMPAIGNS[0] : dice.pick(CAMPAIGNS);
    const today = dayIn(time.now(), simulator.zone);
    const to = shift(today, dice.chance(0.2) ? 0 : -dice.between(1, 3));
    const from = shift(to, dice.chance(0.3) ? -1 : 0);
    const range = { from, to, zone: simulator.zone };
    const [placement] = simulator.truthByPlacement({ campaignIndex, from, to });
    const slot = PLACEMENT_SLOT[simulator.id as CostTracker];
    return {
      connection,
      campaignId: simulator.campaignId(campaignIndex),
      campaignName: String(campaignIndex),
      range,
      mode: 'total',
      amount: amountOf(simulator, campaignIndex, range),
      currency: 'USD',
      rate: null,
      token: placement && dice.chance(0.2) ? { slot, value: placement.id } : null,
      uniqueOnly: false,
    };
  };

  const send = async (preview: string): Promise<void> => {
    const record = await browser.call('costs.send', { preview, at: null });
    confirmed.push(record.id);
  };
  const undo = async ({ id, preview, apart }: PreviewedUndo): Promise<void> => {
    if (preview.refused) return;
    if (apart.length === 0) return send(id);
    const previews = apart.map((one) => one.id);
    const all = await browser.call('costs.sendAll', { previews, together: true, at: null });
    for (const { record } of all) if (record) confirmed.push(record.id);
  };
  const quietly = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => {},
      () => {},
    );
  const records = async () =>
    (await browser.journal()).map((record) => journalRecordSchema.parse(record));

  /** @param certain what is ordered, with nothing in between; else something by chance */
  const order = (certain: CostUpdate | null = null) =>
    quietly(
      (async () => {
        if (!certain && dice.chance(0.35)) browser.killIn(dice.between(0, 90), dice.chance(0.5));
        const wanted = certain ?? newOrder();
        orders.push(wanted);
        const { id, preview } = await browser.call('costs.preview', { order: wanted });
        if (preview.refused) return;
        // A second window, or a second click.
        const windows = !certain && dice.chance(0.15) ? [id, id] : [id];
        if (!certain && dice.chance(0.1)) {
          windows.push((await browser.call('costs.preview', { order: wanted })).id);
        }
        await Promise.allSettled(windows.map(send));
      })(),
    );

  const unlock = () =>
    void (locks && quietly(browser.call('keys.unlock', { passphrase: PASSPHRASE })));

  const meddle = () =>
    quietly(
      (async () => {
        const all = await records();
        const record = all.length > 0 ? all[Math.floor(dice.next() * all.length)] : undefined;
        const [connection] = dice.pick([...connections.keys()].map((id) => [id]) as [[string]]);
        switch (dice.between(0, 11)) {
          case 0:
          case 1:
            if (record) await browser.call('costs.cancel', { record: record.id });
            break;
          case 2:
          case 3: {
            if (!record) break;
            if (dice.chance(0.4)) browser.killIn(dice.between(0, 60), dice.chance(0.5));
            await undo(await browser.call('costs.undo', { record: record.id }));
            break;
          }
          case 4: {
            const asking = all.find(({ state }) => state === 'notSent');
            if (!asking) break;
            await undo(await browser.call('costs.again', { record: asking.id }));
            break;
          }
          case 5:
            if (record) await browser.call('journal.settle', { record: record.id });
            break;
          case 6:
            browser.granted = !browser.granted;
            break;
          case 7:
            browser.setPolicy(dice.chance(0.5) ? { forbidden: ['costs'] } : {});
            break;
          case 8:
            if (!locks) {
              locks = true;
              await browser.call('keys.setPassphrase', { passphrase: PASSPHRASE });
            }
            await browser.call('keys.lock', {});
            break;
          case 9:
            await browser.call('connections.turn', { id: connection, off: dice.chance(0.6) });
            break;
          case 10:
            browser.killIn(dice.between(0, 40), dice.chance(0.5));
            break;
          default:
            browser.restart();
        }
      })(),
    );

  /** Two orders of all clicks of the same days, well apart from each other and from what there is. */
  const twoOfTheSameClicks = (): [CostUpdate, CostUpdate] => {
    const { token: _, ...one } = newOrder();
    const today = dayIn(time.now(), one.range.zone);
    const range = { ...one.range, from: shift(today, -2), to: shift(today, -2) };
    const amount = 60_000 + dice.between(1, 100);
    const first = { ...one, range, token: null, amount };
    return [first, { ...first, amount: 2 * amount }];
  };

  return {
    confirmed,
    order,
    twoOfTheSameClicks,
    meddle,
    unlock,
    allowAll() {
      browser.granted = true;
      browser.setPolicy({});
      unlock();
      for (const id of connections.keys()) {
        void quietly(browser.call('connections.turn', { id, off: false }));
      }
    },
  };
}

const dayIn = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
const shift = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();
