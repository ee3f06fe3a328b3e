import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { loser, RANGE, setUp, startAnew, told, winner } from './placements-world.ts';

beforeEach(startAnew);

/** Conversions of 101 arrive late. */
const arrive = () => {
  told.rows = [{ ...loser('101', 50), conversions: 30, revenue: 120 }, loser('102'), winner('103')];
};

describe('the ledger', () => {
  test('keeps what the ids of a list were judged by', async () => {
    const { send, stored } = setUp();
    await send({ settings: { ...DEFAULT_RULES, payout: 5, approval: 0.8 }, added: ['103'] });
    const [entry] = await stored();
    expect(entry).toMatchObject({
      ids: ['101', '102', '103'],
      format: 'propellerads',
      rules: {
        payout: 5,
        approval: 0.8,
        targetRoi: 0,
        confidence: 0.95,
        ownSpend: 1,
        looks: 'one',
      },
      figures: {
        kind: 'zone',
        slot: 2,
        days: RANGE,
        currency: 'USD',
        payout: 5,
        rows: [
          { id: '101', clicks: 900, cost: 50, conversions: 0, revenue: 0, verdict: 'cut' },
          { id: '102', clicks: 900, cost: 40, conversions: 0, revenue: 0, verdict: 'cut' },
          { id: '103', clicks: 900, cost: 60, conversions: 40, revenue: 160, verdict: 'keep' },
        ],
      },
    });
    expect(entry?.figures?.rows[0]?.loser).toBeGreaterThan(0.99);
  });

  test('gives lists without their figures, which are many', async () => {
    const { send, ledger } = setUp();
    await send();
    expect(await ledger()).toHaveLength(1);
    expect((await ledger())[0]).not.toHaveProperty('figures');
  });

  test('knows a placement by the tracker’s id, however the source writes it', async () => {
    told.source = 'ExoClick';
    told.rows = [loser('https://www.Bad.example/'), winner('103')];
    const { send, blocked } = setUp();
    await send({ format: 'exoclick', slot: 5 });
    expect(await blocked('exoclick')).toMatchObject([
      { id: 'bad.example', kind: 'site', judged: { id: 'https://www.Bad.example/' } },
    ]);
    expect(await blocked()).toEqual([]);
  });
});

describe('an un-block list', () => {
  test('frees what late conversions speak for, once', async () => {
    const { send, blocked, unblock, ledger, stored } = setUp();
    await send();
    expect((await blocked()).map(({ id }) => id)).toEqual(['101', '102']);
    arrive();
    expect(await unblock(['101', '102', '103'])).toBe(1);
    expect((await blocked()).map(({ id }) => id)).toEqual(['102']);
    const entry = (await ledger()).find((one) => one.unblock);
    expect(entry).toMatchObject({ ids: ['101'], campaignName: 'Summer', format: 'propellerads' });
    expect((await stored()).find((one) => one.unblock)?.figures?.rows).toMatchObject([
      { id: '101', conversions: 30, verdict: 'keep' },
    ]);
    expect(await unblock(['101'])).toBe(0);
    expect(await ledger()).toHaveLength(2);
  });

  test('holds only what was asked for', async () => {
    const { send, unblock, ledger } = setUp();
    await send();
    arrive();
    expect(await unblock(['102'])).toBe(0);
    expect(await ledger()).toHaveLength(1);
  });

  test('makes its placements new again once they are cut again', async () => {
    const { send, blocked, unblock } = setUp();
    await send();
    arrive();
    await unblock(['101']);
    told.rows = [loser('101', 50), loser('102'), winner('103')];
    expect((await send()).part?.fresh).toBe(1);
    expect((await blocked()).map(({ id }) => id)).toEqual(['101', '102']);
  });

  test('holds a protected placement that no report names any more', async () => {
    const { send, unblock, stored } = setUp();
    await send();
    told.rows = [loser('102'), winner('103')];
    told.protectedIds = [{ format: 'propellerads', id: '101' }];
    expect(await unblock(['101', '102'])).toBe(1);
    expect((await stored()).find((one) => one.unblock)?.figures?.rows).toMatchObject([
      { id: '101', conversions: null, verdict: 'unknown' },
    ]);
  });

  test('has no entry where the figures are missing or failed', async () => {
    const { send, unblock, ledger } = setUp();
    await send();
    told.problem = { kind: 'network' };
    await expect(unblock(['101'])).rejects.toMatchObject({ problem: { kind: 'network' } });
    expect(await ledger()).toHaveLength(1);
  });
});
