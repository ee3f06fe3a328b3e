import { describe, expect, test } from 'vitest';
import { isUnfilled, oddityOf } from '../../../lib/sources/token-check.ts';

describe('clicks without a placement', () => {
  test.each([
    '',
    '  ',
    '\u200b',
    'Unknown',
    'UNKNOWN ',
    'unknown',
    'null',
    'undefined',
    'None',
    'N/A',
    'n a'.replace(' ', ''),
    '-',
    '--',
    '(not set)',
    'not  set',
    '(empty)',
    'empty',
    'нет',
    'Неизвестно',
    '{zoneid}',
    'zone-{zoneid}',
    '\u0024{SUBID}',
    '[SITE_ID]',
    '##PLACEMENT_ID##',
    '%7Bzoneid%7D',
    '%5BSITE_ID%5D',
    '%24%7BSUBID%7D',
  ])('“%s” stands for none', (value) => {
    expect(isUnfilled(value)).toBe(true);
  });

  test.each([
    '0',
    '1',
    '-1',
    'unknown-site',
    'nothing',
    'none.example',
    'x/%D0',
    '%',
    '100%25',
    'a-b',
    'nan',
  ])('“%s” is a placement', (value) => {
    expect(isUnfilled(value)).toBe(false);
  });
});

describe('a token whose values are no placements', () => {
  test.each<[values: number, clicks: number, oddity: string | null]>([
    // Almost one value per click.
    [10_000, 10_000, 'clickIds'],
    [9000, 10_000, 'clickIds'],
    [8999, 10_000, null],
    [180, 200, 'clickIds'],
    // A handful of values.
    [3, 10_000, 'types'],
    [1, 200, 'types'],
    [4, 10_000, null],
    // Too little to tell.
    [199, 199, null],
    [2, 199, null],
    [0, 0, null],
    // Placements.
    [400, 10_000, null],
  ])('%i values on %i clicks: %s', (values, clicks, oddity) => {
    expect(oddityOf({ values, clicks })).toBe(oddity);
  });
});
