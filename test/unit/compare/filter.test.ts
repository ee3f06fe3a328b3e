import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Filtered,
  type FilterWords,
  fulfils,
  type Operator,
  parseFilter,
  type Term,
} from '../../../lib/compare/filter.ts';
import type { GapState } from '../../../lib/compare/gap.ts';
import type { Metric } from '../../../lib/report/metrics.ts';

const METRICS = ['clicks', 'cost', 'revenue', 'roi'] as const satisfies readonly Metric[];
const STATES = ['green', 'chance', 'amber', 'red', 'unknown'] as const;
const words: FilterWords = {
  metrics: new Map<string, Metric>([
    ...METRICS.map((metric) => [metric, metric] as const),
    ['клики', 'clicks'],
  ]),
  gap: new Set(['gap', 'разрыв']),
  states: new Map<string, GapState>(STATES.map((state) => [state, state])),
};
const parse = (text: string) => parseFilter(text, words);
const termsOf = (text: string) => parse(text).terms;

describe('a filter is read', () => {
  test.each([
    ['roi < -20', { kind: 'metric', metric: 'roi', operator: '<', value: -0.2 }],
    ['roi<−20%', { kind: 'metric', metric: 'roi', operator: '<', value: -0.2 }],
    ['clicks >100', { kind: 'metric', metric: 'clicks', operator: '>', value: 100 }],
    ['Cost ≥ 12,5', { kind: 'metric', metric: 'cost', operator: '>=', value: 12.5 }],
    ['cost ≤ 1.125', { kind: 'metric', metric: 'cost', operator: '<=', value: 1.125 }],
    ['cost ≠ 0,125', { kind: 'metric', metric: 'cost', operator: '!=', value: 0.125 }],
    ['cost > +12', { kind: 'metric', metric: 'cost', operator: '>', value: 12 }],
    ['клики != 0', { kind: 'metric', metric: 'clicks', operator: '!=', value: 0 }],
    ['gap red', { kind: 'state', state: 'red' }],
    ['gap > 5', { kind: 'gap', operator: '>', value: 0.05 }],
    ['summer', { kind: 'text', text: 'summer' }],
    ['"gap red"', { kind: 'text', text: 'gap red' }],
    ['gap', { kind: 'text', text: 'gap' }],
    ['<18', { kind: 'text', text: '<18' }],
    ['<', { kind: 'text', text: '<' }],
    ['Win!', { kind: 'text', text: 'Win!' }],
    ['"roi < 1"', { kind: 'text', text: 'roi < 1' }],
  ])('%s', (text, term) => {
    expect(parse(text)).toEqual({ terms: [term], problems: [] });
  });

  test('as several terms, each of which must hold', () => {
    expect(termsOf('summer roi < -20 gap red "DE 2"').map(({ kind }) => kind)).toEqual([
      'text',
      'metric',
      'state',
      'text',
    ]);
  });

  test.each([
    ['< 18', ['<', '18']],
    ['<18 summer', ['<18', 'summer']],
    ['<"18 +"', ['<', '18 +']],
    ['"a"b', ['a', 'b']],
  ])('%s as the parts %j of a name', (text, parts) => {
    expect(parse(text)).toEqual({
      terms: parts.map((part) => ({ kind: 'text', text: part })),
      problems: [],
    });
  });

  test.each([
    ['cost > 1.5 250', 1.5, '250'],
    ['cost > 1000 250', 1000, '250'],
    ['cost > 1 0005', 1, '0005'],
    ['cost > 1 2000', 1, '2000'],
    ['cost > 1 "000"', 1, '000'],
    ['cost > 1 DE', 1, 'DE'],
  ])(
    '%s as the number and a part of a name, which has no group of three digits',
    (text, value, part) => {
      expect(parse(text)).toEqual({
        terms: [
          { kind: 'metric', metric: 'cost', operator: '>', value },
          { kind: 'text', text: part },
        ],
        problems: [],
      });
    },
  );

  test.each([
    ['rio < 5', 'metric', 'rio'],
    ['roi <', 'number', 'roi <'],
    ['roi < many', 'number', 'roi < many'],
    ['cost > 1,000', 'number', 'cost > 1,000'],
    ['cost > x5', 'number', 'cost > x5'],
    ['cost > 5x', 'number', 'cost > 5x'],
    ['cost > .5', 'number', 'cost > .5'],
    ['clicks > 1 000', 'number', 'clicks > 1 000'],
    ['clicks > -12 000 000', 'number', 'clicks > -12 000 000'],
    ['gap purple', 'state', 'gap purple'],
    ['"summer', 'quote', '"summer'],
  ])('%s is told to be no filter', (text, expected, at) => {
    expect(parse(text)).toEqual({ terms: [], problems: [{ expected, at }] });
  });

  test('what is not understood leaves the rest as it is', () => {
    expect(parse('summer rio < 5 gap red')).toEqual({
      terms: [
        { kind: 'text', text: 'summer' },
        { kind: 'state', state: 'red' },
      ],
      problems: [{ expected: 'metric', at: 'rio' }],
    });
    expect(parse('roi < "summer DE"')).toEqual({
      terms: [{ kind: 'text', text: 'summer DE' }],
      problems: [{ expected: 'number', at: 'roi <' }],
    });
  });
});

const number = fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 100);
const operator = fc.constantFrom<Operator>('<', '<=', '>', '>=', '=', '!=');
const term = fc.oneof(
  fc
    .record({ metric: fc.constantFrom(...METRICS), operator, number })
    .map(({ metric, operator: sign, number: value }) => ({
      text: `${metric} ${sign} ${value}${metric === 'roi' ? '%' : ''}`,
      term: {
        kind: 'metric',
        ...{ metric, operator: sign },
        value: metric === 'roi' ? value / 100 : value,
      } satisfies Term,
    })),
  fc.constantFrom(...STATES).map((state) => ({
    text: `gap ${state}`,
    term: { kind: 'state', state } satisfies Term,
  })),
  fc
    .string()
    .filter((text) => !text.includes('"'))
    .map((text) => ({ text: `"${text}"`, term: { kind: 'text', text } satisfies Term })),
);

test('whatever terms are written one after the other are read as these terms', () => {
  fc.assert(
    fc.property(fc.array(term), (all) => {
      expect(parse(all.map(({ text }) => text).join(' '))).toEqual({
        terms: all.map((one) => one.term),
        problems: [],
      });
    }),
  );
});

const row: fc.Arbitrary<Filtered & { values: Record<string, number | null> }> = fc
  .record({
    names: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
    values: fc.record(
      Object.fromEntries(METRICS.map((metric) => [metric, fc.option(number)])) as Record<
        Metric,
        fc.Arbitrary<number | null>
      >,
    ),
    state: fc.constantFrom(...STATES),
  })
  .map(({ names, values, state }) => ({
    ...{ names, values },
    valueOf: (metric: Metric) => values[metric] ?? null,
    worst: () => state,
    largestGap: () => null,
  }));

test('any text without signs or words of its own finds what contains all its words', () => {
  const plain = fc.stringMatching(/^[a-f0-9 ]*$/);
  fc.assert(
    fc.property(plain, row, (text, one) => {
      const { terms, problems } = parse(text);
      expect(problems).toEqual([]);
      const wanted = text.split(/\s+/).filter((word) => word !== '');
      expect(fulfils(one, terms)).toBe(
        wanted.every((word) => one.names.some((name) => name.toLowerCase().includes(word))),
      );
    }),
  );
});

test('a condition and its opposite part the rows whose figure is known', () => {
  const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '!=', '!=': '=' } as const;
  fc.assert(
    fc.property(row, fc.constantFrom(...METRICS), operator, number, (one, metric, sign, value) => {
      const holds = (written: Operator) => fulfils(one, termsOf(`${metric} ${written} ${value}`));
      const known = one.values[metric] !== null;
      expect(Number(holds(sign)) + Number(holds(opposite[sign]))).toBe(known ? 1 : 0);
    }),
  );
});

test('nothing that is typed makes it throw, and each half-typed word is a term or a problem', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { terms, problems } = parse(text);
      expect(terms.length + problems.length > 0).toBe(text.trim() !== '');
    }),
  );
});

describe('a row', () => {
  const summer: Filtered = {
    names: ['Summer push', 'Лето ДЕ'],
    valueOf: (metric) => (metric === 'clicks' ? 10 : null),
    worst: () => 'amber',
    largestGap: () => 0.05,
  };

  test.each([
    ['SUMMER', true],
    ['summer лето', true],
    ['winter', false],
    ['summer winter', false],
    ['gap amber', true],
    ['gap red', false],
    ['clicks < 10', false],
    ['clicks < 11', true],
    ['clicks <= 10', true],
    ['clicks <= 9', false],
    ['clicks > 10', false],
    ['clicks > 9', true],
    ['clicks >= 10', true],
    ['clicks >= 11', false],
    ['clicks = 10', true],
    ['clicks = 11', false],
    ['clicks != 10', false],
    ['clicks != 11', true],
    ['cost != 1', false],
    ['gap = 5', true],
    ['gap < 5', false],
  ])('of “Summer push”, 10 clicks and an amber gap of 5 %%, under “%s”: %s', (text, shown) => {
    expect(fulfils(summer, termsOf(text))).toBe(shown);
  });
});

test('the size of a gap is compared without its sign', () => {
  const of = (largest: number | null): Filtered => ({
    names: [],
    valueOf: () => null,
    worst: () => 'unknown',
    largestGap: () => largest,
  });
  expect(fulfils(of(0.06), termsOf('gap > 5'))).toBe(true);
  expect(fulfils(of(0.04), termsOf('gap > 5'))).toBe(false);
  expect(fulfils(of(null), termsOf('gap < 5'))).toBe(false);
});

test('a sum of money is what it is shown as, whatever binary fractions add up to', () => {
  const one = { names: [], valueOf: () => 0.1 + 0.2, worst: () => 'green', largestGap: () => null };
  const holds = (text: string) => fulfils(one as never, termsOf(text));
  expect(['cost = 0.3', 'cost <= 0.3', 'cost >= 0.3'].map(holds)).toEqual([true, true, true]);
  expect(['cost != 0.3', 'cost < 0.3', 'cost > 0.3'].map(holds)).toEqual([false, false, false]);
  expect(['cost > 0.299999', 'cost < 0.300001'].map(holds)).toEqual([true, true]);
  const isEqual = (sum: number, text: string) =>
    fulfils({ ...one, valueOf: () => sum } as never, termsOf(text));
  expect(isEqual(0.1 + 0.2 - 0.3, 'cost = 0')).toBe(true);
  expect(isEqual(99_999_999.9 + 0.4, 'cost = 100000000.3')).toBe(true);
});
