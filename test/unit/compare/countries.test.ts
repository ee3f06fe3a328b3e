import { describe, expect, test } from 'vitest';
import { createCountryCodes } from '../../../lib/compare/countries.ts';

const codeOf = (written: string): string | null => createCountryCodes()(written);

describe('a country is found', () => {
  test.each([
    ['DE', 'DE'],
    ['DE', 'de'],
    ['DE', 'Germany'],
    ['AD', 'Andorra'],
    ['ZW', 'ZW'],
    ['GB', 'United Kingdom'],
    ['GB', 'UK'],
    ['US', 'US'],
    ['US', 'United States'],
    ['HK', 'Hong Kong SAR China'],
    ['HK', 'Hong Kong'],
    ['CI', 'Côte d’Ivoire'],
    ['CI', "Côte d'Ivoire"],
  ])('%s by its code or its name in CLDR, “%s”', (code, name) => {
    expect(codeOf(name)).toBe(code);
  });

  // The short names of ISO 3166-1 and former names that differ from CLDR's.
  test.each([
    ['CI', 'Ivory Coast'],
    ['CZ', 'Czech Republic'],
    ['KR', 'Korea, Republic of'],
    ['RU', 'Russian Federation'],
    ['TR', 'Turkey'],
    ['US', 'United States of America'],
    ['US', 'USA'],
    ['VN', 'Viet Nam'],
    ['BN', 'Brunei Darussalam'],
    ['BO', 'Bolivia (Plurinational State of)'],
    ['BO', 'Bolivia, Plurinational State of'],
    ['CD', 'Congo, Democratic Republic of the'],
    ['CD', 'Congo, The Democratic Republic of the'],
    ['CV', 'Cabo Verde'],
    ['GB', 'United Kingdom of Great Britain and Northern Ireland'],
    ['IR', 'Iran (Islamic Republic of)'],
    ['IR', 'Iran, Islamic Republic of'],
    ['KR', 'Republic of Korea'],
    ['LA', 'Lao People’s Democratic Republic'],
    ['MD', 'Moldova, Republic of'],
    ['MD', 'Republic of Moldova'],
    ['MK', 'Macedonia'],
    ['PS', 'Palestine, State of'],
    ['SY', 'Syrian Arab Republic'],
    ['SZ', 'Swaziland'],
    ['TW', 'Taiwan, Province of China'],
    ['TZ', 'Tanzania, United Republic of'],
    ['TZ', 'United Republic of Tanzania'],
    ['VE', 'Venezuela (Bolivarian Republic of)'],
    ['VE', 'Venezuela, Bolivarian Republic of'],
  ])('%s by another name, “%s”', (code, name) => {
    expect(codeOf(name)).toBe(code);
  });

  test('whatever case and spaces it is written in', () => {
    expect(codeOf(' germany ')).toBe('DE');
    expect(codeOf('VIET NAM')).toBe('VN');
  });

  // Withdrawn codes of ISO 3166-3, and the countries that came after them.
  test.each([
    ['DD', 'DE', 'Germany'],
    ['SU', 'RU', 'Russia'],
    ['YU', 'RS', 'Serbia'],
    ['ZR', 'CD', 'Congo - Kinshasa'],
    ['TP', 'TL', 'Timor-Leste'],
  ])('not by the withdrawn code %s: its successor is %s', (withdrawn, code, name) => {
    expect(codeOf(withdrawn)).toBeNull();
    expect(codeOf(name)).toBe(code);
  });
});

test.each(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'QQ', 'European Union', 'Atlantis', ''])(
  '“%s” is no country',
  (written) => {
    expect(codeOf(written)).toBeNull();
  },
);
