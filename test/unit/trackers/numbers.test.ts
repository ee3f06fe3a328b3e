import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  figure,
  flag,
  idText,
  isTrue,
  numericId,
  parseFigure,
  readNumber,
} from '../../../lib/trackers/numbers.ts';

describe('a figure', () => {
  test.each([
    // As printed on screen (Binom API page: separators between digits and percent signs).
    ['1 234', 1234],
    ['1\u00a0234\u00a0567', 1234567],
    ['1\u2009234', 1234],
    ['1\u202f234,56', 1234.56],
    ['12.5 %', 12.5],
    ['12.5%', 12.5],
    ['1,234', 1234],
    ['1,234,567.89', 1234567.89],
    ["1'234.5", 1234.5],
    ['$1.20', 1.2],
    ['-$1.20', -1.2],
    ['$ -1.20', -1.2],
    ['1.20 €', 1.2],
    ['−3', -3],
    // Keitaro: "10.0000"; Binom v2: many digits; exponents of tiny prices.
    ['10.0000', 10],
    ['0.0000', 0],
    ['1.5e-7', 1.5e-7],
    ['1E+3', 1000],
    ['.5', 0.5],
    // A comma that can group nothing.
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    [0, 0],
    [-2.5, -2.5],
  ])('%j is %d', (written, number) => {
    expect(parseFigure(written)).toBe(number);
  });

  test.each([
    '',
    ' ',
    '-',
    '—',
    '–',
    '- %',
    'n/a',
    'NaN',
    'Infinity',
    '-INF',
    '∞',
    '1e999',
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('%s is none, not nought', (written) => {
    expect(parseFigure(written)).toBeNull();
  });

  test.each([
    '<b>',
    '12a',
    '1 2',
    '12 34',
    '1,23,4',
    '1.234,56',
    '2026-08-01',
    '1-2',
    '$',
    true,
    {},
    [],
  ])('%j cannot be read', (written) => {
    expect(parseFigure(written)).toBeUndefined();
    expect(readNumber(written)).toBeNull();
  });

  test('is the same whatever stands between its thousands', () => {
    const separators = fc.constantFrom(' ', '\u00a0', '\u2009', '\u202f', "'", ',');
    const amounts = fc.record({ whole: fc.integer({ min: -1e9, max: 1e9 }), cents: fc.nat(99) });
    const signs = fc.constantFrom('', '%', ' %', ' €');
    fc.assert(
      fc.property(separators, amounts, signs, (separator, { whole, cents }, sign) => {
        const fraction = String(cents).padStart(2, '0');
        const grouped = String(Math.abs(whole)).replace(/\B(?=(\d{3})+$)/g, separator);
        const size = Number(`${Math.abs(whole)}.${fraction}`);
        const read = parseFigure(`${whole < 0 ? '-' : ''}${grouped}.${fraction}${sign}`);
        expect(read).toBe(whole < 0 ? -size : size);
      }),
    );
  });

  test('every number that JavaScript writes is read back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(parseFigure(String(number))).toBe(Number(String(number)));
      }),
    );
  });

  test('nothing is ever read as NaN', () => {
    fc.assert(fc.property(fc.anything(), (value) => void expect(parseFigure(value)).not.toBeNaN()));
  });

  test('no text becomes nought unless its digits are noughts', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (parseFigure(text) === 0)
          expect(text.normalize('NFKC')).toMatch(/^[^1-9]*0[^1-9]*(e.*)?$/i);
      }),
    );
  });
});

describe('in an answer', () => {
  test('a figure that cannot be read is a shape error', () => {
    expect(figure.safeParse('12 480').data).toBe(12480);
    expect(figure.safeParse('-').data).toBeNull();
    expect(figure.safeParse(null).data).toBeNull();
    expect(figure.safeParse('<b>').success).toBe(false);
    expect(figure.safeParse(true).success).toBe(false);
  });

  test('an id is text', () => {
    expect(idText.parse(7)).toBe('7');
    expect(idText.parse('007')).toBe('007');
    expect(idText.safeParse(null).success).toBe(false);
  });
});

test.each<[id: string, sent: string | number]>([
  ['7', 7],
  ['999999999999999', 999_999_999_999_999],
  ['1234567890123456', '1234567890123456'],
  ['', ''],
  ['-1', '-1'],
  ['0x10', '0x10'],
  ['7f3', '7f3'],
])('the id %j goes out as %j', (id, sent) => {
  expect(numericId(id)).toBe(sent);
});

test.each([
  [[true, 1, '1', 'true'], true],
  [[false, 0, '0', 'false', '', 'yes', 2, null, undefined], false],
])('%j: a tracker says so, %j', (written, so) => {
  for (const value of written) {
    expect(isTrue(value)).toBe(so);
    expect(flag.parse(value)).toBe(so);
  }
});
