import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvCell, csvText } from '../../../lib/report/csv.ts';

/** A reader by the grammar of RFC 4180, section 2, that knows nothing of the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A field, quoted or not, and what ends it.
  for (const [whole, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy,
  )) {
    if (whole === '' && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') throw new Error('The last line does not end.');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test('the examples of RFC 4180, section 2', () => {
  const plain = [
    ['aaa', 'bbb', 'ccc'],
    ['zzz', 'yyy', 'xxx'],
  ];
  expect(csvText(plain)).toBe('aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n');
  expect(csvText([['aaa', 'b\r\nbb', 'ccc']])).toBe('aaa,"b\r\nbb",ccc\r\n');
  expect(csvText([['aaa', 'b"bb', 'ccc']])).toBe('aaa,"b""bb",ccc\r\n');
});

describe('a cell', () => {
  test.each<[CsvCell, string]>([
    [null, ''],
    ['', ''],
    [0, '0'],
    [-3.5, '-3.5'],
    [1e21, '1e+21'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    // Spreadsheets of some countries split cells at semicolons, and pasted text at tabs.
    ['a;b', '"a;b"'],
    ['a\tb', '"a\tb"'],
    ['Лето 2026', 'Лето 2026'],
    [' padded ', ' padded '],
    // OWASP, "CSV injection": what a spreadsheet takes for the start of a formula.
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['\t1', '"\'\t1"'],
    ['\n1', '"\'\n1"'],
    // A spreadsheet skips blanks and what nobody sees, and takes wide and small signs for the signs.
    ['  =1', "'  =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\u200b=1', "'\u200b=1"],
    ['\ufeff+1', "'\ufeff+1"],
    ['\u202e@x', "'\u202e@x"],
    ['\u0000-1', "'\u0000-1"],
    [' \u200b \t=1', '"\' \u200b \t=1"'],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['−1', "'−1"],
    ['﹦1', "'﹦1"],
    ['﹢1', "'﹢1"],
    ['﹣1', "'﹣1"],
    ['﹫x', "'﹫x"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("http://x.example","y")', '"\'=HYPERLINK(""http://x.example"",""y"")"'],
    // Only the start counts.
    ['a=1', 'a=1'],
    ['7-8@9+10', '7-8@9+10'],
  ])('%j is written %j', (cell, written) => {
    expect(csvText([[cell]])).toBe(`${written}\r\n`);
  });
});

test('any text reads back as it was, or behind one apostrophe', () => {
  const marks = fc.constantFrom(...'",;\r\n\t \u200b=+-@＝\'aЖ');
  const texts = fc.array(fc.array(fc.string({ unit: marks }), { minLength: 1, maxLength: 4 }));
  const runs = (text: string) => {
    const seen = [...text].find((one) => !' \u200b\t\r\n'.includes(one));
    return '=+-@＝'.includes(seen ?? '?') || '\t\r\n'.includes(text.charAt(0) || '?');
  };
  fc.assert(
    fc.property(texts, (rows) => {
      const expected = rows.map((row) => row.map((text) => (runs(text) ? `'${text}` : text)));
      expect(readCsv(csvText(rows))).toEqual(expected);
    }),
  );
});

test('any number reads back as itself', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
  fc.assert(
    fc.property(numbers, (row) => {
      // CSV knows one nought.
      const expected = row.map((number) => number + 0);
      expect(readCsv(csvText([row])).map((fields) => fields.map(Number))).toEqual([expected]);
    }),
  );
});
