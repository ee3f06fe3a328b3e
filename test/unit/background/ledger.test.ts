import { describe, expect, test } from 'vitest';
import {
  createExportLedger,
  type LedgerFigures,
} from '../../../lib/background/placements/ledger.ts';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { counting } from '../counting-database.ts';
import { testDatabase } from '../test-database.ts';

const DAYS = { from: '2026-08-01', to: '2026-08-14', zone: 'UTC' };
const CAMPAIGN = { connection: 'k', campaignId: '12' };
const HOUR = 3_600_000;

const figuresOf = (ids: readonly string[]): LedgerFigures => ({
  kind: 'zone',
  slot: 1,
  days: DAYS,
  currency: 'USD',
  payout: 4,
  rows: ids.map((id) => ({
    id,
    clicks: 9,
    conversions: 0,
    cost: 4,
    revenue: 0,
    verdict: 'cut',
    loser: 0.99,
  })),
});

function open({ database } = testDatabase()) {
  let at = 0;
  const ledger = createExportLedger({ database, now: () => at });
  return {
    ledger,
    database,
    /** A list, an hour after the last one. */
    add: (ids: readonly string[], change: Partial<Parameters<typeof ledger.add>[0]> = {}) => {
      at += HOUR;
      return ledger.add({
        ...CAMPAIGN,
        campaignName: 'Summer',
        format: 'propellerads',
        range: DAYS,
        rules: DEFAULT_RULES,
        ids,
        figures: figuresOf(ids),
        ...change,
      });
    },
    blocked: async (format = 'propellerads') =>
      (await ledger.blocked(CAMPAIGN, format)).map(({ id }) => id).toSorted(),
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

test('the lists of a campaign are read without those of others', async () => {
  const storage = testDatabase();
  const { add } = open(storage);
  const ids = ['a', 'b'];
  for (const campaignId of numbered(20)) await add(ids, { campaignId: `0${campaignId}` });
  // A campaign of the same id, in another tracker.
  await add(['x'], { connection: 'other' });
  const { database, given } = counting(storage.database, 'exports');
  const counted = open({ ...storage, database });
  await counted.add(ids);
  expect(await counted.blocked()).toEqual(ids);
  const lists = await counted.ledger.lists(CAMPAIGN.campaignId);
  expect(lists.map(({ connection }) => connection)).toEqual(['other', CAMPAIGN.connection]);
  expect(given()).toBeLessThan(10);
  expect(await counted.ledger.lists(null)).toHaveLength(22);
  expect(given()).toBeGreaterThan(22);
});

test('lists that are older than rules of thumb are read as they were written', async () => {
  const { add, ledger, blocked } = open();
  const { thumbRule: _, listBy: __, ...old } = DEFAULT_RULES;
  await add(['1', '2'], { rules: old });
  expect((await ledger.lists(null)).map(({ rules }) => rules)).toEqual([old]);
  expect(await blocked()).toEqual(['1', '2']);
});

describe('what lists block', () => {
  test('is told by the newest figures of each placement', async () => {
    const { add, ledger } = open();
    await add(['1', '2']);
    const later = { ...DAYS, to: '2026-08-15' };
    await add(['1'], { figures: { ...figuresOf(['1']), days: later } });
    const found = await ledger.blocked(CAMPAIGN, 'propellerads');
    expect(found.map(({ id, days }) => [id, days.to])).toEqual([
      ['1', '2026-08-15'],
      ['2', '2026-08-14'],
    ]);
  });

  test('is that of one campaign, connection and format', async () => {
    const { add, blocked } = open();
    await add(['1']);
    await add(['2'], { campaignId: '13' });
    await add(['3'], { connection: 'l' });
    await add(['4'], { format: 'richads' });
    expect(await blocked()).toEqual(['1']);
    expect(await blocked('richads')).toEqual(['4']);
  });

  test('tells apart equal ids of two tokens and kinds', async () => {
    const { add, ledger } = open();
    await add(['1']);
    await add(['1'], { figures: { ...figuresOf(['1']), slot: 2 } });
    await add(['1'], { figures: { ...figuresOf(['1']), kind: 'subzone' } });
    await add(['1'], { unblock: true });
    const found = await ledger.blocked(CAMPAIGN, 'propellerads');
    expect(found.map(({ kind, slot }) => [kind, slot])).toEqual([
      ['subzone', 1],
      ['zone', 2],
    ]);
  });

  test('is unknown of a list from before figures were kept, which stays in the ledger', async () => {
    const { add, ledger, blocked, database } = open();
    await add(['2']);
    const {
      figures: _,
      unblock: __,
      ...old
    } = {
      figures: null,
      unblock: null,
      ...CAMPAIGN,
      id: 'old',
      at: 1,
      campaignName: 'Summer',
      format: 'propellerads',
      range: DAYS,
      rules: DEFAULT_RULES,
      ids: ['1', '2'],
    };
    await (await database()).put('exports', old);
    expect((await ledger.lists(null)).map(({ ids }) => ids)).toEqual([['2'], ['1', '2']]);
    expect(await blocked()).toEqual(['2']);
    expect(await add(['1', '3'])).toBe(1);
  });
});

describe('figures', () => {
  test('of the newest 50 lists of a campaign are kept; older lists stay without theirs', async () => {
    const { add, ledger, blocked } = open();
    await add(['other'], { campaignId: '13' });
    for (const id of numbered(51)) await add([id]);
    expect(await ledger.lists(null)).toHaveLength(52);
    expect(await blocked()).toEqual(numbered(51).slice(1).toSorted());
    expect(await ledger.blocked({ ...CAMPAIGN, campaignId: '13' }, 'propellerads')).toHaveLength(1);
  });

  test('of at most 10,000 ids of a campaign are kept, those of the newest lists', async () => {
    const { add, ledger, blocked } = open();
    await add(['a', 'b', 'c']);
    await add(numbered(9998));
    expect(await blocked()).toEqual([...numbered(9998), 'a', 'b'].toSorted());
    await add(numbered(10_001));
    expect(await blocked()).toHaveLength(10_000);
    expect((await ledger.lists(null)).map(({ ids }) => ids.length)).toEqual([10_001, 9998, 3]);
  });
});

const entry = {
  ...CAMPAIGN,
  campaignName: '',
  format: 'propellerads',
  range: DAYS,
  rules: DEFAULT_RULES,
  ids: ['1'],
  figures: figuresOf(['1']),
};

test('a list that is saved soon after it was copied is one; to unblock the same is another', async () => {
  const { database } = testDatabase();
  let at = HOUR;
  const ledger = createExportLedger({ database, now: () => at });
  const lists = async () => (await ledger.lists(null)).map(({ unblock }) => unblock ?? false);
  expect(await ledger.add(entry)).toBe(1);
  at += 60_000;
  expect(await ledger.add(entry)).toBe(1);
  expect(await lists()).toEqual([false]);
  at += 60_000;
  await ledger.add({ ...entry, unblock: true });
  expect(await lists()).toEqual([true, false]);
});

test('the newest list is the last one, even if the clock was set back', async () => {
  const { database } = testDatabase();
  let at = 5 * HOUR;
  const ledger = createExportLedger({ database, now: () => at });
  await ledger.add(entry);
  at = HOUR;
  await ledger.add({ ...entry, unblock: true });
  expect(await ledger.blocked(CAMPAIGN, 'propellerads')).toEqual([]);
});
