import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trackingParameters, trackingText } from '../../../lib/sources/tracking.ts';
import type { Source, TokenRole } from '../../../lib/trackers/adapter.ts';

type Token = Source['tokens'][number];
const token = (
  slot: number,
  name: string,
  macro: string | null,
  role: TokenRole | null = null,
  parameter?: string,
): Token => ({ slot, name, macro, role, ...(parameter ? { parameter } : {}) });
const NONE = { campaign: null, adSet: null, ad: null, placement: null };
const textOf = (tokens: Token[], template = NONE) =>
  trackingText(trackingParameters(tokens, template));

describe('tracking parameters', () => {
  test('stand in the order of the slots, under the names of the address', () => {
    const tokens = [
      token(3, 'Banner', '{bannerid}', 'ad', 'b'),
      token(1, 'zone', '{zoneid}', 'placement'),
      token(2, 'campaign', '{campaignid}', 'campaign'),
    ];
    expect(textOf(tokens)).toBe('zone={zoneid}&campaign={campaignid}&b={bannerid}');
  });

  test('leave out what the tracker has no name for', () => {
    const untold: Token = { ...token(1, 'Token 1', '{zoneid}', 'placement'), parameter: null };
    const tokens = [untold, token(2, 'c', '{campaignid}')];
    expect(trackingText(trackingParameters(tokens, { ...NONE, placement: 1 }))).toBe(
      'c={campaignid}',
    );
  });

  test('show a gap for a token of the template whose macro is not known, and leave out others', () => {
    const tokens = [
      token(1, 'zone', null),
      token(2, 'campaign', '{campaignid}'),
      token(3, 'x', null),
    ];
    const parameters = trackingParameters(tokens, { ...NONE, placement: 1 });
    expect(parameters).toEqual([
      { name: 'zone', value: null },
      { name: 'campaign', value: '{campaignid}' },
    ]);
    expect(trackingText(parameters)).toBe('zone=___&campaign={campaignid}');
  });

  test.each([
    '{zoneid}',
    '{{campaign.id}}',
    '\u0024{SUBID}',
    '##WIDGET_ID##',
    '#zone#',
    '[zone_id]',
    '$zone$',
    '%zone%',
    '%%SITE%%',
    '__CAMPAIGN_ID__',
    '<zone>',
    '{zoneid}_{{ad.id}}',
    '{placement:raw|x y}',
  ])('leave the macro %s as it is', (macro) => {
    expect(textOf([token(1, 'zone', macro)])).toBe(`zone=${macro}`);
  });

  test('have no blanks around names and macros', () => {
    expect(textOf([token(1, ' zone ', ' {zoneid} ')])).toBe('zone={zoneid}');
  });

  test('encode what is around a macro, and names', () => {
    expect(textOf([token(1, 'zone id', 'a b&{zoneid}=ü')])).toBe(
      'zone%20id=a%20b%26{zoneid}%3D%C3%BC',
    );
  });

  test('read back as what went in, whatever the text', () => {
    const plain = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replace(/[[\]{}#%$_<>]/g, '').trim());
    fc.assert(
      fc.property(plain, plain, (name, value) => {
        fc.pre(name !== '' && value !== '' && name.isWellFormed() && value.isWellFormed());
        const read = [...new URLSearchParams(textOf([token(1, name, value)]))];
        expect(read).toEqual([[name, value]]);
      }),
    );
  });
});
