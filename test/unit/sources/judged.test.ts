import { describe, expect, test } from 'vitest';
import { columnsOf, placementAt } from '../../../lib/blacklist/columns.ts';
import type { PlacementColumns } from '../../../lib/blacklist/placement.ts';
import { NO_METRICS } from '../../../lib/report/metrics.ts';
import { formats, type SourceFormat } from '../../../lib/sources/formats.ts';
import { joinAlike, judgedRows, ticksOfRows } from '../../../lib/sources/judged.ts';

const format = (id: string): SourceFormat => {
  const found = formats.find((one) => one.id === id);
  if (!found) throw new Error(`no format ${id}`);
  return found;
};
const columns = (...rows: Array<[id: string, cost: number | null, conversions?: number | null]>) =>
  columnsOf(
    rows.map(([id, cost, conversions = 1]) => ({
      id,
      metrics: { ...NO_METRICS, clicks: 10, cost, conversions },
    })),
  );
const listed = (all: PlacementColumns) => all.ids.map((_, row) => placementAt(all, row));

describe('placements that the source cannot tell apart', () => {
  test('are one, with the sum of their figures and the name of the dearest', () => {
    const joined = joinAlike(
      columns(
        ['x.example', 5],
        ['y.example', 7],
        ['https://www.x.example/', 8, 3],
        ['X.example', 1],
      ),
      format('exoclick'),
    ).columns;
    expect(listed(joined)).toMatchObject([
      { id: 'https://www.x.example/', clicks: 30, cost: 14, conversions: 5 },
      { id: 'y.example', clicks: 10, cost: 7, conversions: 1 },
    ]);
    expect([...joined.ripeCost]).toEqual([14, 7]);
    expect([...joined.unnamed]).toEqual([0, 0]);
  });

  test('have an unknown sum where a part is unknown', () => {
    const joined = joinAlike(
      columns(['x.example', null], ['www.x.example', 8]),
      format('exoclick'),
    ).columns;
    expect(listed(joined)).toMatchObject([{ cost: null, clicks: 20 }]);
  });

  test('are known in part where one of them is', () => {
    const some = columns(['x.example', 5], ['y.example', 5], ['www.x.example', 8]);
    const partial = Uint8Array.from([0, 0, 1]);
    const { columns: joined } = joinAlike({ ...some, partial }, format('exoclick'));
    expect([...joined.partial]).toEqual([1, 0]);
  });

  test('stay apart where the source tells them apart, and where it takes neither', () => {
    const two = columns(['x.example', 1], ['www.x.example', 1], ['{zone}', 1], ['{zoneid}', 1]);
    expect(joinAlike(two, format('propellerads'))).toEqual({ columns: two, members: new Map() });
    const ids = columns(['7', 1], ['7 ', 1]);
    expect(joinAlike(ids, format('exoclick'), { kind: 'siteId' }).columns).toBe(ids);
    expect(joinAlike(ids, format('exoclick')).columns.ids).toEqual(['7']);
  });

  test('never take in the clicks without a placement', () => {
    const joined = joinAlike(
      columns(['Unknown', 1], ['Unknown ', 1], ['a', 1], ['a ', 2]),
      format('other'),
    ).columns;
    expect(joined.ids).toEqual(['Unknown', 'Unknown ', 'a ']);
    expect([...joined.unnamed]).toEqual([1, 1, 0]);
  });
});

describe('a row of several placements', () => {
  const { members } = joinAlike(
    columns(['x.example', 1], ['www.x.example', 2], ['y.example', 1], ['Y.example', 2]),
    format('googleads'),
  );
  const ticks = (added: string[], removed: string[]) => {
    const rows = ticksOfRows({ added: new Set(added), removed: new Set(removed) }, members);
    return { added: [...rows.added], removed: [...rows.removed] };
  };

  test('is known by the dearest, and knows all of them', () => {
    expect([...members]).toEqual([
      ['www.x.example', ['x.example', 'www.x.example']],
      ['Y.example', ['y.example', 'Y.example']],
    ]);
  });

  test('has the ticks of each', () => {
    expect(ticks(['y.example'], ['x.example'])).toEqual({
      added: ['y.example', 'Y.example'],
      removed: ['x.example', 'www.x.example'],
    });
    expect(ticks(['z'], [])).toEqual({ added: ['z'], removed: [] });
  });
});

describe('verdicts as the lists want them', () => {
  const all = columns(['lost', 1], ['earned', 1], ['open', 1], ['', 1], ['worst', 1]);
  // Numbers of the kinds: unknown, cut, keep, wait.
  const scores = {
    kinds: Uint8Array.from([1, 2, 3, 0, 1]),
    listed: Uint8Array.from([1, 0, 0, 0, 1]),
    order: Uint32Array.from([4, 0, 2, 1, 3]),
  };
  const rows = (added: string[] = [], removed: string[] = [], listed = scores.listed) =>
    judgedRows(all, { ...scores, listed }, { added: new Set(added), removed: new Set(removed) });
  const cut = (...ticks: Parameters<typeof rows>) =>
    rows(...ticks).flatMap(({ id, cut: is }) => (is ? [id] : []));

  test('come in the order of the money, each with its row', () => {
    expect(rows()).toEqual([
      { id: 'worst', row: 4, cut: true, keep: false },
      { id: 'lost', row: 0, cut: true, keep: false },
      { id: 'open', row: 2, cut: false, keep: false },
      { id: 'earned', row: 1, cut: false, keep: true },
      { id: '', row: 3, cut: false, keep: false },
    ]);
  });

  test('give way to the user’s ticks', () => {
    expect(cut(['open'], ['lost'])).toEqual(['worst', 'open']);
    // Of two ticks that disagree, the one that exports less counts.
    expect(cut(['lost', 'open'], ['lost', 'open'])).toEqual(['worst']);
    expect(rows(['earned'])[3]).toEqual({ id: 'earned', row: 1, cut: true, keep: false });
  });

  test('follow what makes the list: a row on it is not kept from it, whatever its verdict', () => {
    const listed = Uint8Array.from([0, 1, 1, 0, 1]);
    expect(cut([], [], listed)).toEqual(['worst', 'open', 'earned']);
    expect(rows([], [], listed)[3]).toEqual({ id: 'earned', row: 1, cut: true, keep: false });
    // Ticks count on top of it.
    expect(cut(['lost'], ['open'], listed)).toEqual(['worst', 'lost', 'earned']);
    // No row is on it by another list's rule.
    expect(cut([], [], Uint8Array.from([0, 0, 0, 0, 0]))).toEqual([]);
  });

  test('never on the clicks without a placement', () => {
    expect(cut([''])).toEqual(['worst', 'lost']);
  });
});
