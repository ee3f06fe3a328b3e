import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../../../lib/blacklist/default-rules.ts';
import { VERDICT_KINDS } from '../../../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../../../lib/blacklist/score.ts';
import { connectionSchema } from '../../../../lib/connections/connection.ts';
import type { CostUpdate } from '../../../../lib/costs/update.ts';
import { metricOf, sumMetrics } from '../../../../lib/report/metrics.ts';
import type { Dimension, Filter, Report } from '../../../../lib/report/question.ts';
import { exportList } from '../../../../lib/sources/export.ts';
import { guessSource } from '../../../../lib/sources/names.ts';
import type { TrackerAdapter, TrackerClient } from '../../../../lib/trackers/adapter.ts';
import { demo, demoNetwork } from '../../../../lib/trackers/demo/adapter.ts';

const NOON = Date.parse('2026-08-05T12:30:00Z');
const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };
const TODAY = { from: '2026-08-05', to: '2026-08-05', zone: 'UTC' };

const client = (id = 'demo-a', now = NOON, zone = 'UTC'): TrackerClient => ({
  http: {
    send: () => Promise.reject(new Error('The demo asked somebody.')),
  },
  connection: connectionSchema.parse({
    id,
    tracker: 'demo',
    name: id,
    api: 'https://demo.invalid',
    pages: [],
    currency: 'USD',
    zone,
    basis: 'visit',
    templates: [],
    demo: true,
    order: 1,
    createdAt: 0,
  }),
  signal: new AbortController().signal,
  now: () => now,
  memory: new Map(),
});

const read = (
  of: TrackerClient,
  groupBy: Dimension[] = [],
  filters: Filter[] = [],
  range = RANGE,
  adapter: TrackerAdapter = demo,
): Promise<Report> => adapter.report(of, { range, groupBy, filters });
const total = (report: Report) => sumMetrics(report.rows.map(({ metrics }) => metrics));
const first: Filter = { dimension: 'campaign', value: '1' };

describe('made-up figures', () => {
  test('are the same each time, whoever asks, and asked of nobody', async () => {
    const [one, two] = [await read(client(), ['campaign']), await read(client(), ['campaign'])];
    expect(one).toEqual(two);
    expect(one.rows).toHaveLength(8);
    expect(await demo.check(client())).toMatchObject({ campaigns: 8 });
  });

  test.each([
    'campaign',
    'source',
    'country',
    'day',
    'hour',
    'token1',
    'token2',
    'token3',
  ] as const)('by %s add up to the total', async (dimension) => {
    const whole = total(await read(client()));
    const parts = total(await read(client(), [dimension]));
    for (const metric of ['clicks', 'conversions', 'cost', 'revenue'] as const) {
      expect(parts[metric], metric).toBeCloseTo(whole[metric] ?? Number.NaN, 6);
    }
  });

  test('are plausible: 40 to 200 placements a campaign, some profit and some loss', async () => {
    const week = { ...RANGE, from: '2026-07-27' };
    const rois: number[] = [];
    for (const { id } of await demo.campaigns(client())) {
      const rows = await read(client(), ['token2'], [{ dimension: 'campaign', value: id }], week);
      expect(rows.rows.length).toBeGreaterThanOrEqual(40);
      expect(rows.rows.length).toBeLessThanOrEqual(200);
      for (const { metrics } of rows.rows) {
        expect(metrics.conversions ?? 0).toBeLessThanOrEqual(metrics.clicks ?? 0);
        expect(metrics.uniqueClicks ?? 0).toBeLessThanOrEqual(metrics.clicks ?? 0);
      }
      rois.push(metricOf(total(rows), 'roi') ?? Number.NaN);
    }
    expect(Math.min(...rois)).toBeGreaterThan(-0.6);
    expect(Math.max(...rois)).toBeLessThan(1.5);
    expect(rois.filter((roi) => roi < 0).length).toBeGreaterThan(1);
    expect(rois.filter((roi) => roi > 0).length).toBeGreaterThan(1);
  });

  test('of today grow with the hours and stop at now', async () => {
    const clicks = async (now: number) =>
      total(await read(client('demo-a', now), [], [], TODAY)).clicks ?? 0;
    const early = await clicks(NOON - 6 * 3_600_000);
    expect(early).toBeGreaterThan(0);
    expect(await clicks(NOON)).toBeGreaterThan(early);
    const hours = await read(client(), ['hour'], [], TODAY);
    expect(hours.rows.map(({ values }) => Number(values[0]?.id))).toContain(12);
    expect(hours.rows.map(({ values }) => Number(values[0]?.id))).not.toContain(13);
    const tomorrow = { ...TODAY, from: '2026-08-06', to: '2026-08-06' };
    expect((await read(client(), ['campaign'], [], tomorrow)).rows).toEqual([]);
  });

  test('go on evenly in a zone of half hours', async () => {
    const clicks = async (minutes: number) =>
      total(await read(client('demo-a', NOON + minutes * 60_000, 'Asia/Kolkata'), [], [], TODAY))
        .clicks ?? 0;
    const seen = [await clicks(-40), await clicks(-10), await clicks(10), await clicks(40)];
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test('differ a little between the sides, and much for one campaign', async () => {
    const clicks = async (id: string, campaign: string) =>
      total(await read(client(id), [], [{ dimension: 'campaign', value: campaign }])).clicks ?? 0;
    const gap = async (index: number) =>
      (await clicks('demo-b', String(101 + index))) / (await clicks('demo-a', String(1 + index))) -
      1;
    expect(await gap(0)).toBeGreaterThan(-0.06);
    expect(await gap(0)).toBeLessThan(0);
    expect(await gap(3)).toBeLessThan(-0.15);
  });

  test('of the network know no cost, and less conversions than the tracker', async () => {
    const of = client('demo-network');
    const theirs = total(await read(of, ['campaign'], [], RANGE, demoNetwork));
    const ours = total(await read(client()));
    expect(theirs.cost).toBeNull();
    expect(theirs.conversions ?? 0).toBeLessThan(ours.conversions ?? 0);
    expect(theirs.conversions ?? 0).toBeGreaterThan((ours.conversions ?? 0) * 0.85);
    await expect(read(of, ['token2'], [], RANGE, demoNetwork)).rejects.toMatchObject({
      problem: { kind: 'unsupported' },
    });
  });

  test('hold placements to cut, whose ids their source takes', async () => {
    const [campaign] = await demo.campaigns(client());
    const month = { ...RANGE, from: '2026-07-06' };
    const { rows } = await read(client(), ['token2'], [first], month);
    const columns = columnsOf(
      rows.map(({ values, metrics }) => ({ id: values[0]?.id ?? '', metrics })),
    );
    const { kinds } = scorePlacements(columns, DEFAULT_RULES, 30);
    const cut = columns.ids.filter((_, row) => VERDICT_KINDS[kinds[row] ?? 0] === 'cut');
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.length).toBeLessThan(columns.ids.length / 2);
    const format = guessSource(campaign?.source?.name ?? '');
    if (!format) throw new Error('The source is not known.');
    const list = exportList(
      cut.map((id) => ({ id, cut: true, keep: false })),
      format,
    );
    expect(list.leftOut).toEqual([]);
    expect(list.parts.flatMap(({ items }) => items)).toHaveLength(cut.length);
  });
});

describe('a cost', () => {
  const update: CostUpdate = {
    connection: 'demo-a',
    campaignId: '1',
    campaignName: '',
    range: RANGE,
    mode: 'total',
    amount: 120.5,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  };
  const costOf = async (of: TrackerClient, filters: Filter[] = [first], range = RANGE) =>
    total(await read(of, [], filters, range)).cost ?? Number.NaN;

  test('that is set shows in its campaign and days, and nowhere else', async () => {
    const of = client();
    const others = [{ dimension: 'campaign', value: '2' } as const];
    const before = [await costOf(of, others), await costOf(of, [first], TODAY)];
    await demo.setCost?.(of, update);
    expect(await costOf(of)).toBeCloseTo(120.5, 6);
    expect([await costOf(of, others), await costOf(of, [first], TODAY)]).toEqual(before);
    await demo.setCost?.(of, { ...update, mode: 'cpc', amount: 0.01 });
    const after = total(await read(of, [], [first]));
    expect(metricOf(after, 'cpc')).toBeCloseTo(0.01, 9);
  });

  test('of a day that goes on is set, and read, for the clicks until an instant', async () => {
    const of = client();
    const later: TrackerClient = { ...of, now: () => NOON + 3_600_000 };
    const ofToday = (one: TrackerClient, until: number | null) =>
      demo.report(one, {
        range: TODAY,
        groupBy: [],
        filters: [first],
        ...(until === null ? {} : { until }),
      });
    const { clicks } = total(await ofToday(of, null));
    await demo.setCost?.(later, { ...update, range: TODAY, until: NOON, amount: 50 });
    const then = total(await ofToday(later, NOON));
    expect([then.clicks, then.cost]).toEqual([clicks, expect.closeTo(50, 6)]);
    expect(total(await ofToday(later, null)).cost).toBeGreaterThan(50);
  });

  test('can be set for one value of a token, and put back', async () => {
    const of = client();
    const [row] = (await read(of, ['token2'], [first])).rows;
    const zone = { dimension: 'token2', value: row?.values[0]?.id ?? '' } as const;
    const [before, whole] = [await costOf(of, [first, zone]), await costOf(of)];
    const token = { slot: 2, value: zone.value };
    await demo.setCost?.(of, { ...update, token, amount: before + 5 });
    expect(await costOf(of, [first, zone])).toBeCloseTo(before + 5, 6);
    expect(await costOf(of)).toBeCloseTo(whole + 5, 6);
    await demo.setCost?.(of, { ...update, token, amount: before });
    expect(await costOf(of)).toBeCloseTo(whole, 6);
  });
});

test('it claims no address and takes none', () => {
  expect(demo.claims(new URL('https://demo.invalid'))).toBe(false);
  expect(() => demo.address(new URL('https://demo.invalid'))).toThrow();
});
