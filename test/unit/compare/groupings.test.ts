import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commonRows,
  GROUPINGS,
  type Grouping,
  joinValues,
} from '../../../lib/compare/groupings.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const TEXTS = { locale: 'en', unknown: 'Unknown' };

type Row = [id: string, clicks: number, name?: string];

const rowsOf = (by: Grouping, rows: readonly Row[]) =>
  commonRows(
    by,
    {
      rows: rows.map(([id, clicks, name = id]) => ({
        values: [{ id, name }],
        metrics: metricsOf({ clicks }),
      })),
    },
    TEXTS,
  );
const clicksOf = (by: Grouping, rows: readonly Row[]) =>
  rowsOf(by, rows).map(({ id, metrics }) => [id, metrics.clicks]);
/** Are these spellings one value? */
const areOne = (by: Grouping, ...spellings: readonly string[]) =>
  rowsOf(
    by,
    spellings.map((one): Row => [one, 1]),
  ).length === 1;

describe('values as all trackers write them', () => {
  // ISO 3166-1: codes, short names, and the names by which CLDR and the public know them.
  test.each([
    ['DE', 'de', 'Germany'],
    ['US', 'United States', 'United States of America', 'USA'],
    ['GB', 'UK', 'United Kingdom'],
    ['TR', 'Turkey', 'Türkiye'],
    ['CZ', 'Czechia', 'Czech Republic'],
    ['KR', 'South Korea', 'Korea, Republic of'],
    ['CI', "Côte d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast'],
    ['HK', 'Hong Kong'],
    ['VN', 'Vietnam', 'Viet Nam'],
    ['RU', 'Russia', 'Russian Federation'],
  ])('%s is one country', (...spellings) => {
    expect(areOne('country', ...spellings)).toBe(true);
    expect(rowsOf('country', [[spellings[1] ?? '', 1]])[0]?.id).toBe(spellings[0]);
  });

  test.each(['EU', 'QQ', 'Atlantis'])(
    '“%s” is no country, and stays as it is written',
    (written) => {
      expect(rowsOf('country', [[written, 1]])).toMatchObject([
        { id: written.toLowerCase(), name: written },
      ]);
    },
  );

  test.each([
    ['Guinea', 'Guinea-Bissau'],
    ['Congo - Kinshasa', 'Congo - Brazzaville'],
    ['Niger', 'Nigeria'],
    ['EU', 'Germany'],
    ['DD', 'DE'],
    ['Korea', 'South Korea'],
    ['Unknown', 'Germany'],
  ])('%s and %s are two countries', (...spellings) => {
    expect(areOne('country', ...spellings)).toBe(false);
  });

  test('a country has its name in the user’s language, and its code', () => {
    expect(rowsOf('country', [['DE', 1, 'Deutschland']])[0]?.name).toBe('Germany (DE)');
    const report = { rows: [{ values: [{ id: 'DE', name: 'DE' }], metrics: metricsOf({}) }] };
    const texts = { locale: 'ru', unknown: '' };
    expect(commonRows('country', report, texts)[0]?.name).toBe('Германия (DE)');
    const english = { locale: '', unknown: '' };
    expect(commonRows('country', report, english)[0]?.name).toBe('Germany (DE)');
  });

  test('devices, systems and browsers have one spelling; others are others', () => {
    expect(areOne('deviceType', 'Mobile', 'mobile')).toBe(true);
    expect(areOne('deviceType', 'Smart TV', 'smart_tv', 'SmartTV')).toBe(true);
    expect(areOne('os', 'OS X', 'macOS', 'Mac OS X')).toBe(true);
    expect(areOne('browser', 'Chrome Mobile', 'Chrome')).toBe(false);
    expect(areOne('browser', 'Chrome Mobile', 'chrome_mobile')).toBe(true);
    expect(areOne('os', 'Windows', 'Windows 10')).toBe(false);
    expect(areOne('deviceType', 'mobile', 'tablet')).toBe(false);
  });

  test('what is not known is one row in every grouping but those of names', () => {
    const unknown: Row[] = [
      ['', 1],
      ['Unknown', 2],
      ['-', 4],
      ['–', 8],
      [' N/A ', 16],
    ];
    expect(clicksOf('country', unknown)).toEqual([['', 31]]);
    expect(rowsOf('os', unknown)[0]?.name).toBe('Unknown');
    for (const by of ['campaign', 'offer', 'source'] as const) {
      expect(rowsOf(by, unknown)).toHaveLength(5);
    }
  });

  test('a value without a name is not known, whatever its id, nor is a row without a value', () => {
    expect(clicksOf('placement', [['7', 1, '']])).toEqual([['', 1]]);
    const report = { rows: [{ values: [], metrics: metricsOf({ clicks: 1 }) }] };
    const row = { id: '', metrics: metricsOf({ clicks: 1 }) };
    expect(commonRows('campaign', report, TEXTS)).toEqual([{ ...row, name: '' }]);
    expect(commonRows('country', report, TEXTS)).toEqual([{ ...row, name: 'Unknown' }]);
  });

  test('rows of names are taken as they are', () => {
    expect(rowsOf('campaign', [['5', 1, 'Five']])).toEqual([
      { id: '5', name: 'Five', metrics: metricsOf({ clicks: 1 }) },
    ]);
  });

  test('an hour is written as one, and only a country is named by its code', () => {
    expect(rowsOf('hour', [['7', 1]])[0]?.name).toBe('7:00');
    expect(rowsOf('placement', [['DE', 1]])[0]?.name).toBe('DE');
  });

  test('a row tells how its tracker writes it, unless that is the common way', () => {
    const written = (...rows: Row[]) => rowsOf('country', rows)[0]?.written;
    expect(written(['DE', 1])).toBeUndefined();
    expect(written(['Germany', 1])).toEqual(['Germany']);
    expect(written(['DE', 1], ['Germany', 1], ['de', 1])).toEqual(['DE', 'Germany', 'de']);
  });

  test('placements keep every sign: ids that look alike are apart', () => {
    expect(areOne('placement', 'a-1', 'a_1')).toBe(false);
    expect(areOne('placement', 'A', 'a')).toBe(false);
    expect(areOne('placement', '1', '1 ')).toBe(false);
  });

  test('one value in several spellings is summed', () => {
    const rows: Row[] = [
      ['DE', 5],
      ['Germany', 3],
      ['FR', 1],
    ];
    expect(clicksOf('country', rows)).toEqual([
      ['DE', 8],
      ['FR', 1],
    ]);
  });
});

const side = (connection: string, rows: ReturnType<typeof rowsOf>) => ({
  ...{ connection, rows },
  currency: 'USD',
});

test('rows are joined by value; what one side lacks is not there', () => {
  const k = side(
    'k',
    rowsOf('country', [
      ['DE', 5],
      ['FR', 2],
    ]),
  );
  const b = side(
    'b',
    rowsOf('country', [
      ['Poland', 1],
      ['Germany', 4],
    ]),
  );
  expect(
    joinValues([k, b]).map(({ key, by, cells }) => [
      ...[key, by],
      ...cells.map((cell) => cell?.metrics.clicks ?? null),
    ]),
  ).toEqual([
    ['value:DE', 'exact', 5, 4],
    ['value:FR', 'alone', 2, null],
    ['value:PL', 'alone', null, 1],
  ]);
});

const spelling = fc.oneof(
  fc.constantFrom('DE', 'Germany', 'de', '', 'Unknown', 'Mobile', 'smart_tv', 'a-1', 'a_1', '7'),
  fc.string(),
);

test('no click is lost or counted twice, whatever the values are', () => {
  const rows = fc.array(fc.tuple(spelling, fc.nat(1000)));
  fc.assert(
    fc.property(fc.constantFrom(...GROUPINGS), rows, rows, (by, ours, theirs) => {
      const sum = (list: readonly (readonly [string, number])[]) =>
        list.reduce((all, [, clicks]) => all + clicks, 0);
      const sides = [ours, theirs].map((list) => side('', rowsOf(by, list)));
      if (by === 'campaign' || by === 'offer' || by === 'source') return;
      const joined = joinValues(sides);
      [ours, theirs].forEach((list, at) => {
        const clicks = joined.map(({ cells }) => cells[at]?.metrics.clicks ?? 0);
        expect(clicks.reduce((all, one) => all + one, 0)).toBe(sum(list));
      });
      expect(new Set(joined.map(({ key }) => key)).size).toBe(joined.length);
    }),
  );
});
