import { beforeEach, describe, expect, test } from 'vitest';
import { columnsIn } from '../../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import { judgePlacement } from '../../../lib/blacklist/verdict.ts';
import type { PlacementList } from '../../../lib/contract/blacklist.ts';
import { loser, type Row, read, setUp, startAnew, told, winner } from './placements-world.ts';

beforeEach(startAnew);

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
