import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import type { Condition, ListBy } from '../../../lib/blacklist/thumb-rule.ts';
import { loser, setUp, startAnew, told, winner } from './placements-world.ts';

beforeEach(() => {
  startAnew();
  // Two that lose, one that earns, and one of which nothing can be said yet.
  told.rows = [...told.rows, { ...loser('104', 9), clicks: 200 }];
});

const NONE: Condition = { measure: 'conversions', is: 'atMost', value: 0 };
const rule: Condition[][] = [[{ measure: 'spent', is: 'atLeast', value: 2 }, NONE]];
const by = (listBy: ListBy, thumbRule = rule, confidence = 0.999) => ({
  settings: { ...DEFAULT_RULES, confidence, thumbRule, listBy },
});

describe('a list by a rule of thumb', () => {
  test.each([
    ['verdict', '101 102'],
    ['both', '101 102'],
    ['either', '101 102 104'],
    ['rule', '101 102 104'],
  ] as const)('holds by %s: %s', async (listBy, ids) => {
    const { part } = await setUp().send(by(listBy));
    expect(part?.text.replaceAll('\n', ' ')).toBe(ids);
  });

  test('holds less where verdict and rule must agree', async () => {
    const many: Condition[][] = [[{ measure: 'cost', is: 'above', value: 40, currency: 'USD' }]];
    const { part } = await setUp().send(by('both', many));
    expect(part?.text).toBe('101');
  });

  test('says of each id in the CSV what put it there', async () => {
    const { send } = setUp();
    const { part } = await send({ ...by('either'), added: ['103'] });
    const rows = part?.csv.trimEnd().split('\r\n') ?? [];
    const ends = rows.map((row) => [row.split(',')[0], row.split(',')[5], row.split(',').at(-1)]);
    expect(ends).toEqual([
      ['placement', 'verdict', 'listed_by'],
      ['101', 'cut', 'verdict'],
      ['102', 'cut', 'verdict'],
      ['104', 'wait', 'rule'],
      ['103', 'keep', 'hand'],
    ]);
  });

  test('follows ticks, and leaves out what is protected and clicks without a placement', async () => {
    told.rows = [...told.rows, loser('', 90)];
    told.protectedIds = [{ format: 'propellerads', id: '101' }];
    const { part, leftOut } = await setUp().send({ ...by('rule'), removed: ['104'] });
    expect(part?.text).toBe('102');
    expect(leftOut).toEqual([{ id: '101', why: 'rejected_protected', values: [] }]);
  });

  test('in another currency than the figures holds none of it', async () => {
    const euros: Condition[][] = [[{ measure: 'cost', is: 'atLeast', value: 1, currency: 'EUR' }]];
    expect(await setUp().send(by('rule', euros))).toMatchObject({ part: null, count: 0 });
    const dollars: Condition[][] = [[{ ...(euros[0]?.[0] ?? NONE), currency: 'USD' }]];
    expect((await setUp().send(by('rule', dollars))).count).toBe(4);
  });

  test('is in the ledger with its rule, and with what only the rule put there', async () => {
    const { send, stored, ledger } = setUp();
    await send(by('either'));
    expect((await ledger())[0]?.rules).toMatchObject({ listBy: 'either', thumbRule: rule });
    const [entry] = await stored();
    expect(entry?.figures?.rows.map(({ id, byRule }) => [id, byRule])).toEqual([
      ['101', undefined],
      ['102', undefined],
      ['104', true],
    ]);
  });
});

describe('an un-block list', () => {
  const arrive = () => {
    told.rows = [loser('101', 50), loser('102'), winner('103'), { ...winner('104'), clicks: 300 }];
  };

  test('frees what only the rule had blocked, once it picks it no more', async () => {
    const { send, unblock, blocked } = setUp();
    await send(by('either'));
    expect(await unblock(['104'], by('either'))).toBe(0);
    arrive();
    expect(await unblock(['104'], by('either'))).toBe(1);
    expect((await blocked()).map(({ id }) => id)).toEqual(['101', '102']);
  });

  test('does not free what the rule still picks', async () => {
    const { send, unblock } = setUp();
    await send(by('either'));
    arrive();
    const wider = by('either', [[{ measure: 'cost', is: 'atLeast', value: 1, currency: 'USD' }]]);
    expect(await unblock(['104'], wider)).toBe(0);
  });
});
