import { describe, expect, test } from 'vitest';
import { proposeTemplate } from '../../../lib/sources/template.ts';
import type { Source, TokenRole } from '../../../lib/trackers/adapter.ts';

type Token = Source['tokens'][number];
const token = (
  slot: number,
  name: string,
  macro: string | null,
  role: TokenRole | null = null,
): Token => ({ slot, name, macro, role });
const propose = (name: string, ...tokens: Token[]) => proposeTemplate({ name, tokens });
const NONE = { campaign: null, adSet: null, ad: null, placement: null };

describe('a proposed template', () => {
  test('takes each role from the token that has it', () => {
    const tokens = [
      token(1, 'zone', '{zoneid}', 'placement'),
      token(2, 'cost', '{cost}'),
      token(4, 'campaign', '{campaignid}', 'campaign'),
      token(5, 'banner', '{bannerid}', 'ad'),
      token(6, 'set', '{adset}', 'adSet'),
    ];
    expect(propose('My source', ...tokens)).toEqual({ campaign: 4, adSet: 6, ad: 5, placement: 1 });
  });

  test('prefers an id to a name, and takes the name where there is nothing else', () => {
    const named = token(1, 'campaign', '{{campaign.name}}', 'campaign');
    const titled = token(3, 'Campaign title', null, 'campaign');
    const id = token(2, 'campaign id', '{{campaign.id}}', 'campaign');
    expect(propose('x', named, id).campaign).toBe(2);
    expect(propose('x', id, named).campaign).toBe(2);
    expect(propose('x', titled, id).campaign).toBe(2);
    expect(propose('x', named).campaign).toBe(1);
    expect(propose('x', named, titled).campaign).toBe(1);
  });

  test('of no tokens is empty', () => {
    expect(propose('x')).toEqual(NONE);
  });

  test('never takes the id of a click for a placement, whatever the token is called', () => {
    const click = token(1, 'zone', '\u0024{SUBID}', 'placement');
    expect(propose('PropellerAds', click).placement).toBeNull();
    expect(propose('PropellerAds', click, token(2, 'x', '{zoneid}')).placement).toBe(2);
  });

  test('follows the source’s table, not the words in a macro', () => {
    const type = token(1, 'zone', '{zone_type}', 'placement');
    expect(propose('PropellerAds', type).placement).toBeNull();
    expect(
      propose('Facebook', token(1, 'placement', '{{placement}}', 'placement')).placement,
    ).toBeNull();
    const tokens = [token(1, 'number', '{site_id}', 'placement'), token(2, 'name', '{site}')];
    expect(propose('Taboola', ...tokens).placement).toBe(2);
    expect(propose('PropellerAds', token(1, '', '{campaignid}', 'ad'))).toEqual({
      ...NONE,
      campaign: 1,
    });
  });

  test('takes the most precise placement that a source has', () => {
    const tokens = [token(1, 'sub', '{subzone_id}'), token(2, 'zone', '{zoneid}')];
    expect(propose('PropellerAds', ...tokens).placement).toBe(2);
    expect(propose('PropellerAds', ...tokens.toReversed()).placement).toBe(2);
    expect(propose('PropellerAds', token(1, 'sub', '{subzone_id}')).placement).toBe(1);
  });

  test('believes the tracker where a token has no macro', () => {
    expect(propose('PropellerAds', token(3, 'zone', null, 'placement')).placement).toBe(3);
    const tokens = [token(3, 'zone', null, 'placement'), token(4, 'x', '{zoneid}')];
    expect(propose('PropellerAds', ...tokens).placement).toBe(4);
  });
});
