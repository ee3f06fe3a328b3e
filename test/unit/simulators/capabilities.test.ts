import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import type { LogQuestion } from '../../../lib/report/log.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import type { Dimension } from '../../../lib/report/question.ts';
import type { Capabilities, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { adapterOf, clientOf, IDS, NOW } from './client-of.ts';

/** Every cell of the table in `lib/trackers/README.md`, against the tracker's simulator. */
const DAYS = { from: '2026-08-01', to: '2026-08-02' };
const ONE_DAY = { from: '2026-08-01', to: '2026-08-01' };
const PLACEMENT = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3, affise: 3 } as const;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, clock: NOW });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

/** Ability → the member of the adapter that does it. */
const MEMBERS = {
  offers: 'offers',
  landers: 'landers',
  conversions: 'conversions',
  clicks: 'clicks',
  clickLookup: 'click',
  postbacks: 'postbacks',
  cost: 'setCost',
  pause: 'setActive',
  marks: 'marks',
  upload: 'uploadConversions',
} as const satisfies Partial<Record<keyof Capabilities, keyof TrackerAdapter>>;

describe.each(IDS)('%s', (id) => {
  const zone = () => simulators[id].zone;
  const asking = (key?: string) => clientOf(simulators, id, key === undefined ? {} : { key });
  const campaign = () => simulators[id].campaignId(0);
  const log = (change: Partial<LogQuestion> = {}): LogQuestion => ({
    range: { ...DAYS, zone: zone() },
    campaignId: null,
    clickId: null,
    ...change,
  });

  test('what it cannot do is not there, and the reason is a sentence', () => {
    const adapter = adapterOf(id);
    const texts: Record<string, unknown> = en;
    for (const [name, member] of Object.entries(MEMBERS)) {
      const ability = adapter.capabilities[name as keyof typeof MEMBERS];
      expect(adapter[member] !== undefined, name).toBe(ability.can);
      if (!ability.can) expect(texts[ability.reason], ability.reason).toBeDefined();
    }
    const { cost, marks } = adapter.capabilities;
    expect(adapter.setCosts !== undefined).toBe(cost.can && cost.bulk > 1);
    expect(adapter.setMarks !== undefined).toBe(marks.can && marks.write.can);
  });

  test('its check tells what it can of account, version, role and rights', async () => {
    const { client, adapter } = asking();
    const facts = await adapter.check(client);
    expect(facts).toMatchObject(
      {
        keitaro: { campaigns: 9, currency: 'USD', mayWrite: null },
        binom: { campaigns: 8, version: 'v1', mayWrite: null },
        binom2: { campaigns: 8, version: 'v2', role: 'admin', mayWrite: true },
        redtrack: { campaigns: 8, account: null, zone: null, currency: null },
        affise: {
          campaigns: 5,
          account: 'buyer@example.com',
          role: 'affiliate',
          mayWrite: true,
          currency: 'USD',
        },
      }[id],
    );
  });

  test('it reports by every dimension that it says it has, and the rows sum to the total', async () => {
    const { client, adapter } = asking();
    const { dimensions, tokens } = adapter.capabilities;
    const slots = Array.from(
      { length: Math.min(3, tokens) },
      (_, at): Dimension => `token${at + 1}`,
    );
    const filters = [{ dimension: 'campaign', value: campaign() }] as const;
    const range = { ...DAYS, zone: zone() };
    const truth = simulators[id].truth({ campaignIndex: 0, ...DAYS });
    for (const dimension of [...dimensions, ...slots]) {
      // All campaigns together are the only thing that these are asked of in one family.
      const report = await adapter
        .report(client, { range, groupBy: [dimension], filters })
        .catch((error: unknown) => {
          throw new Error(`${dimension}: ${String(error)}`);
        });
      expect(report.complete, dimension).toBe(true);
      const sum = sumMetrics(report.rows.map(({ metrics }) => metrics));
      expect(sum.clicks, dimension).toBe(truth.clicks);
      expect(sum.conversions, dimension).toBe(truth.conversions);
      for (const { values } of report.rows) expect(values, dimension).toHaveLength(1);
    }
  });

  test('all campaigns together by day, where it says so', async () => {
    const { client, adapter } = asking();
    const range = { ...DAYS, zone: zone() };
    const question = { range, groupBy: ['day'], filters: [] } as const;
    if (!adapter.capabilities.dailyTotals) {
      const problem = await problemFrom(adapter.report(client, question));
      return expect(problem.kind).toBe('unsupported');
    }
    const byDay = await adapter.report(client, question);
    expect(byDay.complete).toBe(true);
    for (const day of [DAYS.from, DAYS.to]) {
      const one = { from: day, to: day, zone: zone() };
      const campaigns = await adapter.report(client, {
        range: one,
        groupBy: ['campaign'],
        filters: [],
      });
      const row = byDay.rows.find(({ values }) => values[0]?.id === day);
      const sum = sumMetrics(campaigns.rows.map(({ metrics }) => metrics));
      expect(row?.metrics.clicks, day).toBe(sum.clicks);
      expect(row?.metrics.conversions, day).toBe(sum.conversions);
    }
  });

  test('it groups three levels deep, and filters by two values', async () => {
    const { client, adapter } = asking();
    expect(adapter.capabilities.levels).toBe(3);
    const range = { ...DAYS, zone: zone() };
    const groupBy: Dimension[] = ['country', 'os', `token${PLACEMENT[id]}`];
    const own = { dimension: 'campaign', value: campaign() } as const;
    const whole = await adapter.report(client, { range, groupBy, filters: [own] });
    expect(whole.rows.length).toBeGreaterThan(100);
    expect(whole.rows[0]?.values).toHaveLength(3);
    expect(sumMetrics(whole.rows.map(({ metrics }) => metrics)).clicks).toBe(
      simulators[id].truth({ campaignIndex: 0, ...DAYS }).clicks,
    );
    const part = await adapter.report(client, {
      range,
      groupBy: ['os'],
      filters: [own, { dimension: 'country', value: 'DE' }],
    });
    const german = whole.rows.filter(({ values }) => values[0]?.id === 'DE');
    expect(sumMetrics(part.rows.map(({ metrics }) => metrics)).clicks).toBe(
      sumMetrics(german.map(({ metrics }) => metrics)).clicks,
    );
  });

  test('sources with their tokens and what these hold', async () => {
    const { client, adapter } = asking();
    const sources = await adapter.sources(client);
    if (!adapter.capabilities.sources.can) return expect(sources).toEqual([]);
    expect(sources.map(({ name }) => name)).toEqual(['PropellerAds', 'RichAds', 'MGID']);
    const role = sources[0]?.tokens.find(({ slot }) => slot === PLACEMENT[id])?.role;
    // Binom v1 does not tell its tokens' names.
    expect(role).toBe(id === 'binom' ? null : 'placement');
  });

  test('offers', async () => {
    const { client, adapter } = asking();
    const offers = (await adapter.offers?.(client)) ?? [];
    expect(offers.map(({ name }) => name)).toContain('Casino Royal <b>VIP</b>');
    expect(offers[0]?.payout).toEqual({ amount: 3.1, currency: 'USD' });
    expect(offers.every(({ active }) => active)).toBe(true);
  });

  test('landers', async () => {
    const { client, adapter } = asking();
    if (!adapter.landers) return expect(adapter.capabilities.landers.can).toBe(false);
    expect((await adapter.landers(client)).map(({ name }) => name)).toEqual(['Main lander']);
  });

  test('conversions with click ids, times and money', async () => {
    const { client, adapter } = asking();
    if (!adapter.conversions) return expect(adapter.capabilities.conversions.can).toBe(false);
    const truth = simulators[id].conversions({ campaignIndex: 0, ...DAYS });
    const found = await adapter.conversions(client, log({ campaignId: campaign() }));
    expect(found.complete).toBe(true);
    // A network's click id of its own; the buyer's travels in its first sub.
    const clickOf = ({ clickId, tokens }: (typeof found.entries)[number]) =>
      id === 'affise' ? tokens[1] : clickId;
    // Where conversions have types, the money of a click comes with several of them.
    const main = found.entries.filter(({ type }) => type === undefined || type === 'Conversion');
    expect(main.map(clickOf).sort()).toEqual(truth.map(({ clickId }) => clickId).sort());
    for (const entry of found.entries) {
      expect(entry.convertedAt).toBeGreaterThan(entry.clickedAt ?? Number.NaN);
      expect(entry.currency).toBe('USD');
      expect(entry.status, entry.statusText).not.toBeNull();
    }
    const sold = truth.find(({ status }) => status === 'sale');
    const ofClick = found.entries.filter((entry) => clickOf(entry) === sold?.clickId);
    expect(ofClick[0]).toMatchObject({ status: 'sale' });
    const paid = ofClick.reduce((sum, { payout }) => sum + (payout ?? Number.NaN), 0);
    expect(paid).toBeCloseTo(sold?.payout ?? Number.NaN, 3);
  });

  test('clicks, and one click by its id', async () => {
    const { client, adapter } = asking();
    if (!adapter.clicks || !adapter.click) {
      expect(adapter.capabilities.clicks.can).toBe(false);
      expect(adapter.capabilities.clickLookup.can).toBe(false);
      return;
    }
    const truth = simulators[id].truth({ campaignIndex: 4, ...DAYS });
    const found = await adapter.clicks(client, log({ campaignId: simulators[id].campaignId(4) }));
    expect(found.complete).toBe(true);
    // The network's offer serves two campaigns.
    if (id !== 'affise') expect(found.entries).toHaveLength(truth.clicks);
    const [first] = found.entries;
    if (!first) throw new Error('no click');
    expect(first.at).not.toBeNull();
    expect(Object.keys(first.tokens).length).toBeGreaterThan(1);
    expect(await adapter.click(client, first.id, { ...DAYS, zone: zone() })).toEqual(first);
    expect(
      await adapter.click(client, 'ffffffffffffffffffffffff', { ...DAYS, zone: zone() }),
    ).toBeNull();
  });

  test('postbacks, each of a conversion of these days', async () => {
    const { client, adapter } = asking();
    if (!adapter.postbacks || !adapter.conversions) {
      return expect(adapter.capabilities.postbacks.can).toBe(false);
    }
    // Days of another zone than the platform's.
    const range = { ...DAYS, zone: 'Asia/Tokyo' };
    const question = { range, campaignId: campaign() };
    const sent = await adapter.postbacks(client, question);
    expect(sent.complete).toBe(true);
    const made = await adapter.conversions(client, { ...question, clickId: null });
    expect(sent.entries.map(({ conversionId }) => conversionId).sort()).toEqual(
      made.entries.map((one) => one.id).sort(),
    );
    expect(new Set(sent.entries.map(({ httpCode }) => httpCode))).toEqual(
      new Set([200, 404, null]),
    );
    for (const { at, status, url } of sent.entries) {
      expect(at).not.toBeNull();
      expect(status).not.toBeNull();
      expect(url).toContain('cid=');
    }
  });

  test('a campaign is paused and resumed', async () => {
    const { client, adapter } = asking();
    if (!adapter.setActive) return expect(adapter.capabilities.pause.can).toBe(false);
    const active = async () =>
      (await adapter.campaigns(client)).find((one) => one.id === campaign())?.active;
    expect(await active()).toBe(true);
    await adapter.setActive(client, campaign(), false);
    expect(await active()).toBe(false);
    await adapter.setActive(client, campaign(), true);
    expect(await active()).toBe(true);
  });

  test('marks are read and written, and others keep theirs', async () => {
    const { client, adapter } = asking();
    const ability = adapter.capabilities.marks;
    if (!ability.can || !adapter.marks) return expect(ability.can).toBe(false);
    const question = {
      campaignId: campaign(),
      slot: PLACEMENT[id],
      range: { ...DAYS, zone: zone() },
      filter: ability.by === 'filter' ? '3' : null,
    };
    if (ability.by === 'filter') {
      const truth = simulators[id].truthByPlacement({ campaignIndex: 0, ...DAYS });
      const bad = truth.filter(({ clicks, conversions }) => clicks >= 40 && conversions === 0);
      expect([...(await adapter.marks(client, question)).keys()].sort()).toEqual(
        bad.map((one) => one.id).sort(),
      );
      expect((await problemFrom(adapter.marks(client, { ...question, filter: null }))).kind).toBe(
        'input',
      );
      expect((await problemFrom(adapter.marks(client, { ...question, filter: '99' }))).kind).toBe(
        'conflict',
      );
      return;
    }
    const ids = simulators[id].truthByPlacement({ campaignIndex: 0, ...DAYS }).map((one) => one.id);
    const [a = '', b = '', c = ''] = ids;
    expect([...(await adapter.marks(client, question))]).toEqual([]);
    await adapter.setMarks?.(
      client,
      question,
      new Map([
        [a, 'blacklist'],
        [b, 'whitelist'],
      ]),
    );
    await adapter.setMarks?.(client, question, new Map([[c, 'blacklist']]));
    const three = new Map(await adapter.marks(client, question));
    expect(three).toEqual(
      new Map([
        [a, 'blacklist'],
        [b, 'whitelist'],
        [c, 'blacklist'],
      ]),
    );
    await adapter.setMarks?.(client, question, new Map([[a, null]]));
    expect([...(await adapter.marks(client, question)).keys()].sort()).toEqual([b, c].sort());
  });

  test('conversions that it lacks are uploaded', async () => {
    const ability = adapterOf(id).capabilities.upload;
    if (!ability.can) return expect(adapterOf(id).uploadConversions).toBeUndefined();
    // A network takes them from an administrator only.
    const { client, adapter } = asking(
      id === 'affise' ? `${simulators[id].apiKey}admin` : undefined,
    );
    const clicksOf = (tracker: SimulatorId): string[] =>
      simulators[tracker].conversions({ campaignIndex: 0, ...DAYS }).map(({ clickId }) => clickId);
    const known = new Set(clicksOf(id));
    const missing = clicksOf('keitaro').filter((each) => !known.has(each));
    const clickId = missing[0] ?? 'none';
    const upload = {
      clickId,
      payout: 3.1,
      at: Date.parse('2026-08-02T10:00:00Z'),
      type: null,
      status: null,
      campaignId: null,
      offerId: simulators.affise.campaignId(0),
      affiliateId: '2',
    } as const;
    const wide = { campaignIndex: 0, from: '2026-08-01', to: '2026-08-09' };
    const has = () => simulators[id].conversions(wide).some((one) => one.clickId === clickId);
    if (missing.length > 0) {
      await adapter.uploadConversions?.(client, [upload]);
      // What it never saw as a click it may refuse; what it knows it has now.
      expect(has()).toBe(true);
    }
    const many = Array.from({ length: ability.most + 1 }, () => upload);
    expect(
      (await problemFrom(adapter.uploadConversions?.(client, many) ?? Promise.resolve())).kind,
    ).toBe('unsupported');
    if (ability.needs.includes('offer')) {
      const without = { ...upload, offerId: null };
      const problem = await problemFrom(
        adapter.uploadConversions?.(client, [without]) ?? Promise.resolve(),
      );
      expect(problem.kind).toBe('input');
    }
  });

  const order = (change: Partial<CostUpdate> = {}): CostUpdate => ({
    connection: id,
    campaignId: campaign(),
    campaignName: '',
    range: { ...ONE_DAY, zone: zone() },
    mode: 'total',
    amount: 88.8,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
    ...change,
  });
  /** Some trackers apply a cost while they are asked for reports. */
  const settle = async () => {
    const { client, adapter } = asking();
    for (let report = 0; report < 3; report++) {
      await adapter.report(client, { range: order().range, groupBy: ['campaign'], filters: [] });
    }
  };
  const cost = () => simulators[id].truth({ campaignIndex: 0, ...ONE_DAY }).cost;

  test('costs in all its forms: total, CPC, unique clicks, another currency', async () => {
    const ability = adapterOf(id).capabilities.cost;
    if (!ability.can) return expect(adapterOf(id).setCost).toBeUndefined();
    const set = (change: Partial<CostUpdate>) => {
      // Each with a pace of its own: one of them takes a cost a minute.
      const { client, adapter } = asking();
      return adapter.setCost?.(client, order(change)) ?? Promise.resolve();
    };
    await set({});
    await settle();
    expect(cost()).toBeCloseTo(88.8, 2);

    const { clicks } = simulators[id].truth({ campaignIndex: 0, ...ONE_DAY });
    if (ability.modes.includes('cpc')) {
      await set({ mode: 'cpc', amount: 0.01 });
      await settle();
      expect(cost()).toBeCloseTo(clicks * 0.01, 2);
    } else expect((await problemFrom(set({ mode: 'cpc' }))).kind).toBe('unsupported');

    if (ability.uniqueOnly) {
      await set({ amount: 50, uniqueOnly: true });
      await settle();
      // The others keep what they had.
      expect(cost()).toBeGreaterThan(50);
    } else expect((await problemFrom(set({ uniqueOnly: true }))).kind).toBe('unsupported');

    if (ability.currency === 'any') {
      await set({ amount: 90, currency: 'EUR' });
      await settle();
      expect(cost()).toBeCloseTo(100, 1);
    }
  });

  test('many costs of a campaign in one call, where there is one', async () => {
    const { client, adapter } = asking();
    const ability = adapter.capabilities.cost;
    if (!ability.can || ability.bulk === 1) return expect(adapter.setCosts).toBeUndefined();
    const placements = simulators[id]
      .truthByPlacement({ campaignIndex: 0, ...ONE_DAY })
      .filter(({ bots }) => bots === 0)
      .slice(0, 20);
    const updates = placements.map((one, at) =>
      order({ amount: at + 1, token: { slot: PLACEMENT[id], value: one.id } }),
    );
    simulators[id].requests.length = 0;
    await adapter.setCosts?.(client, updates);
    expect(simulators[id].requests).toHaveLength(1);
    await settle();
    const after = simulators[id].truthByPlacement({ campaignIndex: 0, ...ONE_DAY });
    for (const [at, one] of placements.entries()) {
      expect(after.find((other) => other.id === one.id)?.cost).toBeCloseTo(at + 1, 3);
    }
    const other = [order(), order({ campaignId: simulators[id].campaignId(1) })];
    expect((await problemFrom(adapter.setCosts?.(client, other) ?? Promise.resolve())).kind).toBe(
      'unsupported',
    );
  });
});

test('conversions of the types that a connection chose, and the revenue of all of them', async () => {
  const { client, adapter } = clientOf(simulators, 'redtrack');
  const { zone } = simulators.redtrack;
  const chosen = [
    { id: 'default_type', name: 'Conversion' },
    { id: 'type1', name: 'Upsell' },
  ];
  const read = async (connection: typeof client.connection) => {
    const asked = { ...client, connection };
    const report = await adapter.report(asked, {
      range: { ...DAYS, zone },
      groupBy: ['campaign'],
      filters: [],
    });
    return sumMetrics(report.rows.map(({ metrics }) => metrics));
  };
  const own = await read(client.connection);
  const both = await read({ ...client.connection, conversionTypes: chosen });
  const all = await adapter.conversions?.(client, {
    range: { ...DAYS, zone },
    campaignId: null,
    clickId: null,
  });
  expect(await adapter.conversionTypes?.(client)).toEqual([
    ...chosen,
    { id: 'type2', name: 'AddToCart' },
  ]);
  const count = (type: string) => all?.entries.filter((one) => one.type === type).length ?? 0;
  expect(count('Upsell')).toBeGreaterThan(10);
  expect((both.conversions ?? 0) - (own.conversions ?? 0)).toBeGreaterThan(10);
  expect(both.revenue).toBe(own.revenue);
});

test('an older account tells who it is, its zone, and one revenue', async () => {
  simulators.redtrack.setMode('old', true);
  const { client, adapter } = clientOf(simulators, 'redtrack');
  const facts = await adapter.check(client);
  expect(facts).toMatchObject({ account: 'buyer@example.com', zone: 'America/New_York' });
  expect(await adapter.conversionTypes?.(client)).toEqual([]);
  const { zone } = simulators.redtrack;
  const filters = [{ dimension: 'campaign', value: simulators.redtrack.campaignId(0) }] as const;
  const report = await adapter.report(client, { range: { ...DAYS, zone }, groupBy: [], filters });
  const truth = simulators.redtrack.truth({ campaignIndex: 0, ...DAYS });
  expect(report.rows[0]?.metrics.revenue).toBeCloseTo(truth.revenue, 2);
});

test('a network’s administrator is recognised by what the key may ask', async () => {
  const { client, adapter } = clientOf(simulators, 'affise', {
    key: `${simulators.affise.apiKey}admin`,
  });
  expect(await adapter.check(client)).toMatchObject({
    account: 'manager@example.com',
    role: 'common_manager',
    mayWrite: true,
    campaigns: 5,
  });
  const active = (await adapter.campaigns(client)).map((offer) => offer.active);
  expect(active).toEqual([true, true, true, true, false]);
});
