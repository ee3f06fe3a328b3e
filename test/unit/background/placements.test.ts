import { beforeEach, describe, expect, test } from 'vitest';
import { createPlacements } from '../../../lib/background/placements/handlers.ts';
import { createFindPlacementToken } from '../../../lib/background/placements/token.ts';
import type { Services } from '../../../lib/background/services.ts';
import { columnsIn } from '../../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import { judgePlacement } from '../../../lib/blacklist/verdict.ts';
import { connectionSchema, type SourceTemplate } from '../../../lib/connections/connection.ts';
import type { PlacementList } from '../../../lib/contract/blacklist.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import type { Problem } from '../../../lib/errors.ts';
import type { Conversion } from '../../../lib/report/log.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Question } from '../../../lib/report/question.ts';
import type { OwnSource } from '../../../lib/sources/own-sources.ts';
import type { ProtectedId } from '../../../lib/sources/protected-ids.ts';
import type { Source } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';

const NOW = Date.parse('2026-08-20T12:00:00Z');
const RANGE = { from: '2026-08-01', to: '2026-08-14', zone: 'UTC' };
const TOKENS: Source['tokens'] = [
  { slot: 1, name: 'click', macro: '\u0024{SUBID}', role: null },
  { slot: 2, name: 'zone', macro: '{zoneid}', role: null },
  { slot: 3, name: 'sub-zone', macro: '{subzone_id}', role: null },
  { slot: 4, name: 'campaign', macro: '{campaignid}', role: null },
  // The tracker does not tell its macro, so nobody knows which kind of ids it holds.
  { slot: 5, name: 'x', macro: null, role: null },
];

type Row = Partial<Metrics> & { readonly id: string };
type LoggedConversion = Pick<Conversion, 'offer' | 'clickedAt' | 'convertedAt'>;
interface Told {
  rows: readonly Row[];
  /** The report of some days, where it is not made of the rows. */
  reports: (question: Question) => { rows: readonly Row[]; complete: boolean } | null;
  /** The conversion log; null = the tracker has none. */
  log: readonly LoggedConversion[] | null;
  problem: Problem | null;
  source: string;
  templates: SourceTemplate[];
  ownSources?: OwnSource[];
  protectedIds?: ProtectedId[];
}
let told: Told;
let kept: SourceTemplate[];
let asked: string[];
/** Days of each report that was asked for. */
let read: string[];

const loser = (id: string, cost = 40) => ({ id, clicks: 900, conversions: 0, cost, revenue: 0 });
const winner = (id: string) => ({ id, clicks: 900, conversions: 40, cost: 60, revenue: 160 });

beforeEach(() => {
  told = {
    rows: [loser('101', 50), loser('102'), winner('103')],
    reports: () => null,
    log: null,
    problem: null,
    source: 'PropellerAds',
    templates: [],
  };
  kept = [];
  asked = [];
  read = [];
});

/** The calls over one tracker whose report and sources are those told. */
function setUp() {
  const connection = connectionSchema.parse({
    id: 'k',
    tracker: 'x',
    name: 'X',
    api: 'https://x.example',
    pages: [],
    currency: 'USD',
    zone: 'UTC',
    basis: 'visit',
    templates: told.templates,
    order: 1,
    createdAt: 0,
  });
  const adapter = {
    capabilities: { tokens: 4 },
    sources: async () => [{ id: 's', name: told.source, tokens: TOKENS }],
    conversions: async () =>
      told.log && { entries: told.log, zone: 'UTC', fetchedAt: NOW, complete: true },
  };
  const { database } = testDatabase();
  const services = {
    database,
    now: () => NOW,
    connections: { get: async () => connection },
    clients: {
      adapter: () => adapter,
      run: async (_: unknown, __: unknown, ask: (client: object, of: typeof adapter) => unknown) =>
        ask({}, adapter),
    },
    reports: {
      answer: async (_: string, question: Question, fresh: boolean) => {
        asked.push(`${question.groupBy} ${fresh ? 'fresh' : 'known'}`);
        read.push(`${question.range.from}–${question.range.to}`);
        if (told.problem) return { report: null, problem: told.problem };
        let answer: ReturnType<Told['reports']>;
        try {
          answer = told.reports(question) ?? { rows: told.rows, complete: true };
        } catch {
          return { report: null, problem: { kind: 'unsupported' } };
        }
        const rows = answer.rows.map(({ id, ...known }) => ({
          values: [{ id, name: id }],
          metrics: metricsOf(known),
        }));
        const { complete } = answer;
        const report = { rows, currency: 'USD', zone: 'UTC', complete, fetchedAt: NOW };
        return { report, problem: null };
      },
    },
  } as unknown as Services;
  const source = { id: 's', name: told.source };
  const campaigns = [{ id: '12', name: 'Summer', active: true, source }];
  const campaignLists = async () => ({ campaigns, fetchedAt: NOW });
  const ownSources = async () => told.ownSources ?? [];
  const calls = createPlacements(
    services,
    {
      campaignLists,
      findToken: createFindPlacementToken(services, campaignLists, ownSources),
      keepTemplate: async (_, template) => {
        kept.push(template);
        return connection;
      },
      readSettings: async () => ({
        ownSources: told.ownSources ?? [],
        protectedIds: told.protectedIds ?? [],
      }),
    },
    async () => ({}),
  );
  const context = {
    caller: { kind: 'extension' },
    signal: new AbortController().signal,
  } as unknown as Parameters<(typeof calls)['exports.list']>[1];
  const question = { connection: 'k', campaignId: '12', range: RANGE, slot: null };
  return {
    /** Data about a connection is kept only once it is saved. */
    async saved() {
      await (await database()).put('connections', connection);
      return this;
    },
    list: (change: Partial<Input<'placements.list'>> = {}) =>
      calls['placements.list'](
        { ...question, delayHours: 24, looks: 'one', fresh: true, ...change },
        context,
      ),
    restart: (day: string) =>
      calls['placements.restart']({ connection: 'k', campaignId: '12', day }, context),
    send: (change: Partial<Input<'placements.export'>> = {}) =>
      calls['placements.export'](
        {
          ...question,
          settings: DEFAULT_RULES,
          format: 'propellerads',
          separator: null,
          ...change,
        },
        context,
      ),
    keep: (slot: number) =>
      calls['placements.token']({ connection: 'k', campaignId: '12', slot }, context),
    ledger: () => calls['exports.list']({}, context),
  };
}

describe('a list that is exported', () => {
  test('has what loses most first, with its figures, and is in the ledger', async () => {
    const { send, ledger } = setUp();
    const { part, count, nothing, leftOut } = await send();
    expect(part).toMatchObject({ kind: 'zone', count: 2, text: '101\n102', fresh: 2 });
    expect([count, nothing, leftOut]).toEqual([2, null, []]);
    expect(part?.name).toBe('crosstrack-x-12-propellerads-2026-08-14');
    const rows = part?.csv.trimEnd().split('\r\n') ?? [];
    expect(rows[0]).toBe('placement,clicks,cost_USD,conversions,revenue_USD,verdict,confidence');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 6).join())).toEqual([
      '101,900,50,0,0,cut',
      '102,900,40,0,0,cut',
    ]);
    expect(await ledger()).toMatchObject([
      { campaignName: 'Summer', format: 'propellerads', ids: ['101', '102'], range: RANGE },
    ]);
  });

  test("is in the form of the user's own source, which the campaign's source is by its name", async () => {
    told.source = 'MyNet | DE';
    told.ownSources = [
      {
        id: 'own-mynet',
        name: 'MyNet',
        digits: true,
        letters: false,
        signs: '',
        shortest: 3,
        longest: 3,
        separator: 'comma',
        perList: 1,
      },
    ];
    told.rows = [...told.rows, loser('1001', 60)];
    const { list, send } = setUp();
    expect((await list()).format).toBe('own-mynet');
    const { part, leftOut } = await send({ format: 'own-mynet', slot: 2 });
    expect(part).toMatchObject({ text: '101', fresh: 1 });
    expect(leftOut.map(({ id }) => id)).toEqual(['1001']);
  });

  test('leaves out what is protected at that source, and names it', async () => {
    told.protectedIds = [
      { format: 'propellerads', id: '101' },
      { format: 'exoclick', id: '102' },
    ];
    const { send, ledger } = setUp();
    const { part, leftOut } = await send();
    expect(part?.text).toBe('102');
    expect(leftOut).toEqual([{ id: '101', why: 'rejected_protected', values: [] }]);
    expect(await ledger()).toMatchObject([{ ids: ['102'] }]);
  });

  test('tells what no earlier one had', async () => {
    const { send } = setUp();
    expect((await send()).part?.fresh).toBe(2);
    told.rows = [...told.rows, loser('105')];
    expect((await send()).part?.fresh).toBe(1);
  });

  test('of several is the one that was asked for; each has its own file and entry', async () => {
    told.source = 'ExoClick';
    told.rows = [loser('101', 50), loser('https://www.Bad.example/'), winner('103')];
    const { send, ledger } = setUp();
    const first = await send({ format: 'exoclick', slot: 5 });
    const second = await send({ format: 'exoclick', slot: 5, part: 1 });
    expect(first.part).toMatchObject({ kind: 'zone', text: '101', fresh: 1 });
    expect(second.part).toMatchObject({ kind: 'site', text: 'bad.example', fresh: 1 });
    // Every id that goes out has its figures, under the name that it goes out with.
    expect(second.part?.csv).toMatch(/\r\nbad\.example,900,40,0,0,cut,0\.\d+\r\n$/);
    expect(first.part?.name).not.toBe(second.part?.name);
    const entries = await ledger();
    expect(entries.map(({ ids }) => ids.join()).toSorted()).toEqual(['101', 'bad.example']);
  });

  test('judges the sum of what the source cannot tell apart', async () => {
    told.source = 'ExoClick';
    told.rows = [
      loser('www.x.example'),
      { ...winner('x.example'), conversions: 80, revenue: 320 },
      loser('y.example'),
      winner('z.example'),
    ];
    const { send } = setUp();
    const { part, leftOut } = await send({ format: 'exoclick', slot: 5 });
    expect(part?.text).toBe('y.example');
    expect(leftOut).toEqual([]);
  });

  test('follows the user’s ticks', async () => {
    const { send } = setUp();
    const { part } = await send({ added: ['103'], removed: ['101'] });
    expect(part?.text.split('\n').toSorted()).toEqual(['102', '103']);
  });

  test('of the kind that the token holds says so', async () => {
    const { send } = setUp();
    expect((await send({ slot: 3 })).part?.kind).toBe('subzone');
    expect((await send()).part?.kind).toBe('zone');
    told.source = 'My source';
    const untold = await setUp().send({ slot: 2 });
    expect(untold.notes).toContain('note_kind_untold');
    expect((await send()).notes).toEqual(['note_appends', 'note_separator_untold']);
  });
});

describe('nothing is exported, and nothing entered in the ledger', () => {
  test('where the source takes none of the ids; the reason is told', async () => {
    const { send, ledger } = setUp();
    const { part, count, nothing, leftOut } = await send({ format: 'richads' });
    expect([part, count]).toEqual([null, 0]);
    expect(nothing).toEqual({ count: 2, are: 'form_digits', wants: ['form_hash'] });
    expect(leftOut.map(({ id }) => id)).toEqual(['101', '102']);
    expect(await ledger()).toEqual([]);
  });

  test('where nothing is to be cut, or there is no such list', async () => {
    const { send, ledger } = setUp();
    expect(await send({ part: 1 })).toMatchObject({ part: null, count: 0 });
    told.rows = [winner('103')];
    expect(await send()).toMatchObject({ part: null, count: 0, nothing: null, leftOut: [] });
    expect(await ledger()).toEqual([]);
  });

  test('where the figures are missing or failed', async () => {
    told.problem = { kind: 'network' };
    const { send, ledger } = setUp();
    await expect(send()).rejects.toMatchObject({ problem: { kind: 'network' } });
    expect(asked).toEqual(['token2 known', 'token2 fresh']);
    expect(await ledger()).toEqual([]);
  });

  test('of clicks that came without a placement, whatever they cost', async () => {
    told.rows = [...['', 'Unknown', '{zoneid}'].map((id) => loser(id, 900)), winner('103')];
    const { send, ledger } = setUp();
    expect(await send({ added: ['', 'Unknown', '{zoneid}'] })).toMatchObject({ part: null });
    expect(await ledger()).toEqual([]);
  });
});

describe('days that a limit cut off', () => {
  /** The list over the 1st to the 20th: the newest days are asked for by themselves. */
  const cutOff = (newest: readonly Row[]) => {
    told.reports = ({ range }) =>
      range.to === '2026-08-18' ? { rows: newest, complete: false } : null;
    return setUp();
  };
  const verdicts = async (list: PlacementList) => {
    const columns = columnsIn(list.table);
    const { campaign } = scorePlacements(columns, DEFAULT_RULES, list.days);
    return Object.fromEntries(
      columns.ids.map((id, row) => {
        const { kind, why } = judgePlacement(columns, row, campaign, DEFAULT_RULES, list.days);
        return [id, `${kind}: ${why}`];
      }),
    );
  };

  test('leave no verdict on a placement that may be in what is missing', async () => {
    // 102 has its conversions beyond the limit.
    const { list, send, ledger } = cutOff([loser('101', 1), winner('103')]);
    const found = await list({ range: { from: '2026-08-01', to: '2026-08-20', zone: 'UTC' } });
    expect(found.complete).toBe(false);
    expect(await verdicts(found)).toEqual({
      101: 'cut: loses',
      102: 'unknown: partial',
      103: 'keep: earns',
    });
    const { part } = await send({ range: { from: '2026-08-01', to: '2026-08-20', zone: 'UTC' } });
    expect(part?.text).toBe('101');
    expect(await ledger()).toMatchObject([{ ids: ['101'] }]);
  });

  test('say nothing against one that is only in what was read of them', async () => {
    const { list } = cutOff([loser('101', 1), loser('102'), winner('103'), loser('104')]);
    const found = await list({ range: { from: '2026-08-01', to: '2026-08-20', zone: 'UTC' } });
    expect(await verdicts(found)).toMatchObject({ 102: 'cut: loses', 104: 'cut: loses' });
  });
});

describe('conversions of two offers that take their time', () => {
  const HOUR = 3_600_000;
  /** Forty conversions each; the slow one's came three days after their clicks. */
  const logOf = (hours: Readonly<Record<string, number>>): LoggedConversion[] =>
    Object.entries(hours).flatMap(([offer, delay]) =>
      Array.from({ length: 40 }, (_, at) => {
        const clickedAt = NOW - (96 + at) * HOUR;
        return {
          offer: { id: offer, name: offer },
          clickedAt,
          convertedAt: clickedAt + delay * HOUR,
        };
      }),
    );
  const newest = '2026-08-20';
  /** The newest day's clicks went to one offer, and those before to the other. */
  const sent = (today: string, before: string) => {
    told.reports = ({ range, groupBy }) =>
      groupBy[0] === 'offer'
        ? {
            rows: [
              { id: range.from === newest ? today : before, clicks: 900, conversions: 5, cost: 90 },
            ],
            complete: true,
          }
        : null;
  };
  const ripeShare = async () => {
    const { list } = await setUp().saved();
    const found = await list({ range: { from: newest, to: newest, zone: 'UTC' } });
    const [cost = 0, ripe = 0] = [found.table.cost[0] ?? 0, found.table.ripeCost[0] ?? 0];
    return { share: ripe / cost, delay: found.delay };
  };

  /** Clicks of noon and before, and a share that rises evenly until the third day. */
  const SLOW = 6 / 72;

  test('each are weighed by their own: of the slow one’s, few of today’s are there', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    sent('slow', 'quick');
    expect(await ripeShare()).toEqual({
      share: expect.closeTo(SLOW, 9),
      delay: { from: 'log', hours: 24, conversions: 80, offers: 2 },
    });
    sent('quick', 'slow');
    expect((await ripeShare()).share).toBe(1);
  });

  test('are weighed together where no report tells the offers of the clicks', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    told.reports = ({ groupBy }) => {
      if (groupBy[0] === 'offer') throw new Error('unsupported');
      return null;
    };
    const { share, delay } = await ripeShare();
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    expect(delay.offers).toBe(0);
  });

  test('are those of one campaign where it has one offer: none is asked for', async () => {
    told.log = logOf({ slow: 72 });
    expect((await ripeShare()).share).toBeCloseTo(SLOW, 9);
    expect(asked).not.toContain('offer fresh');
  });

  test('are remembered, offer by offer', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    sent('slow', 'quick');
    const { list } = await setUp().saved();
    const range = { from: newest, to: newest, zone: 'UTC' };
    const first = await list({ range });
    told.log = [];
    expect((await list({ range, fresh: false })).table).toEqual(first.table);
  });
});

describe('the days of careful looks', () => {
  const days = (from: string, to: string) => ({
    range: { from: `2026-08-${from}`, to: `2026-08-${to}`, zone: 'UTC' },
  });

  test('begin with the day of the first one, however the days that are asked for slide', async () => {
    const { list, send, ledger } = await setUp().saved();
    const first = await list({ looks: 'many', ...days('01', '14') });
    expect([first.since, first.range.from, first.judged?.from]).toEqual(
      Array(3).fill('2026-08-01'),
    );
    const later = await list({ looks: 'many', ...days('04', '17') });
    expect([later.since, later.range, later.judged]).toEqual([
      '2026-08-01',
      days('01', '17').range,
      days('01', '17').range,
    ]);
    expect(read.at(-1)).toBe('2026-08-01–2026-08-17');
    await send({ settings: { ...DEFAULT_RULES, looks: 'many' }, ...days('04', '17') });
    expect(read.at(-1)).toBe('2026-08-01–2026-08-17');
    expect(await ledger()).toHaveLength(1);
    // Another campaign has a first day of its own; one look has none.
    expect((await list({ looks: 'many', campaignId: '13', ...days('04', '17') })).since).toBe(
      '2026-08-04',
    );
    const once = await list(days('04', '17'));
    expect([once.since, once.judged?.from]).toEqual([null, '2026-08-04']);
  });

  test('begin with another day once that is asked for', async () => {
    const { list, restart } = await setUp().saved();
    await list({ looks: 'many', ...days('01', '14') });
    expect(await restart('2026-08-10')).toBeNull();
    expect((await list({ looks: 'many', ...days('04', '17') })).judged).toEqual(
      days('10', '17').range,
    );
  });

  test('that end before it are looked at by themselves', async () => {
    const { list, restart } = await setUp().saved();
    await restart('2026-08-10');
    const before = await list({ looks: 'many', ...days('01', '09') });
    expect([before.since, before.judged]).toEqual(['2026-08-10', days('01', '09').range]);
    const until = await list({ looks: 'many', ...days('01', '10') });
    expect(until.judged).toEqual(days('10', '10').range);
  });

  test('that come from two looks at once begin alike', async () => {
    const { list } = await setUp().saved();
    const looks = await Promise.all(
      ['01', '02', '03'].map((from) => list({ looks: 'many', ...days(from, '14') })),
    );
    expect(new Set(looks.map(({ since }) => since)).size).toBe(1);
  });
});

describe('the token that holds the placement', () => {
  test('is proposed by what its macro is at the source: never the id of the click', async () => {
    const { list } = setUp();
    expect(await list()).toMatchObject({
      slot: { slot: 2, from: 'proposed' },
      source: 'PropellerAds',
      format: 'propellerads',
      kind: 'zone',
    });
  });

  test('is kept in the source’s template, with what else is proposed', async () => {
    const { keep } = setUp();
    expect(await keep(3)).toBeNull();
    expect(kept).toEqual([
      {
        sourceId: 's',
        sourceName: 'PropellerAds',
        campaign: 4,
        adSet: null,
        ad: null,
        placement: 3,
      },
    ]);
  });

  test('replaces the one in the template, and no token holds two ids', async () => {
    const template = { sourceId: 's', sourceName: 'P', campaign: 4, adSet: 1, ad: 3, placement: 2 };
    told.templates = [template];
    const { keep, list } = setUp();
    expect((await list()).slot).toEqual({ slot: 2, from: 'template' });
    await keep(3);
    expect(kept).toEqual([{ ...template, ad: null, placement: 3 }]);
  });
});
