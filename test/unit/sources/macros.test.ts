import { describe, expect, test } from 'vitest';
import { isMacro, meaningOf, roleOfMacro } from '../../../lib/sources/macros.ts';

describe('a macro of a source with a table is what it is there', () => {
  test.each<[source: string, macro: string, meaning: unknown]>([
    ['PropellerAds', '{zoneid}', { placement: 'zone' }],
    ['PropellerAds', '{subzone_id}', { placement: 'subzone' }],
    ['PropellerAds', '\u0024{SUBID}', 'none'],
    ['PropellerAds', '{zone_type}', 'none'],
    ['PropellerAds', '{campaignid}', 'campaign'],
    ['Propeller #2', '{bannerid}', 'ad'],
    ['RichAds', '[SITE_ID]', { placement: 'siteId' }],
    ['RichAds', '[PUBLISHER_ID]', { placement: 'publisher' }],
    ['RichAds', '[CLICK_ID]', 'none'],
    ['HilltopAds', '{{zoneid}}', { placement: 'zone' }],
    ['HilltopAds', '{{ctoken}}', 'none'],
    ['Kadam', '[SID]', { placement: 'zone' }],
    ['Kadam', '{site_id}', { placement: 'zone' }],
    ['Kadam', '[CPA]', 'none'],
    ['MGID', '{widget_id}', { placement: 'widget' }],
    ['MGID', '{click_id}', 'none'],
    ['MGID', '{user_id}', 'none'],
    // The slug, not the number.
    ['Taboola', '{site}', { placement: 'publisher' }],
    ['Taboola', '{site_id}', 'none'],
    ['Outbrain', '{{section_id}}', { placement: 'section' }],
    ['Zeropark', '{target}', { placement: 'target' }],
    ['Zeropark', '{cid}', 'none'],
    ['PopAds', '[WEBSITEID]', { placement: 'siteId' }],
    ['PopAds', '[IMPRESSIONID]', 'none'],
    ['PopCash', '[siteid]', { placement: 'siteId' }],
    ['ExoClick', '{zone_id}', { placement: 'zone' }],
    ['ExoClick', '{site_id}', { placement: 'siteId' }],
    ['ExoClick', '{src_hostname}', { placement: 'site' }],
    ['ExoClick', '{conversions_tracking}', 'none'],
    ['Mondiad', '{zoneId}', { placement: 'zone' }],
    ['Google', '{placement}', { placement: null }],
    ['Google', '{gclid}', 'none'],
    ['Facebook', '{{placement}}', 'none'],
    ['Facebook', '{{site_source_name}}', 'none'],
    ['Facebook', '{{adset.id}}', 'adSet'],
    ['Яндекс', '{source}', { placement: null }],
    ['Яндекс', '{source_type}', 'none'],
    ['TikTok', '__PLACEMENT__', 'none'],
    ['TikTok', '__AID__', 'adSet'],
    ['TikTok', '__CID__', 'ad'],
    ['Adsterra', '##PLACEMENT_ID##', { placement: 'zone' }],
    ['Adsterra', '##SUB_ID_SHORT(action)##', 'none'],
    ['TrafficStars', '{adspot_id}', { placement: 'spot' }],
    // More than the one macro is the id of nothing.
    ['PropellerAds', '{zoneid}_{bannerid}', 'none'],
    ['PropellerAds', 'z-{zoneid}', 'none'],
    ['PropellerAds', 'zoneid', 'none'],
    ['PropellerAds', ' {zoneid} ', { placement: 'zone' }],
  ])('%s: %s', (source, macro, meaning) => {
    expect(meaningOf(source, macro)?.meaning).toEqual(meaning);
  });

  test('the most precise placement stands first', () => {
    const rank = (macro: string) => meaningOf('PropellerAds', macro)?.rank ?? Number.NaN;
    expect(rank('{zoneid}')).toBeLessThan(rank('{subzone_id}'));
  });

  test('there is nothing to say of another source, or of no macro', () => {
    expect(meaningOf('My source', '{zoneid}')).toBeNull();
    expect(meaningOf('RollerAds', '{zoneid}')).toBeNull();
    expect(meaningOf('MGID', null)).toBeNull();
    expect(meaningOf('MGID', '  ')).toBeNull();
  });
});

test.each([
  ['zone', '{zoneid}', 'placement'],
  ['', '{placement}', 'placement'],
  ['', '{{campaign.id}}', 'campaign'],
  ['', '##WIDGET_ID##', 'placement'],
  ['banner', null, 'ad'],
  ['adset', '{adset_id}', 'adSet'],
  ['', '{bannerid}', 'ad'],
  ['', '{campaignid}', 'campaign'],
  ['country', '{geo}', null],
  ['cost', '{cost}', null],
  ['', '{{adset.id}}', 'adSet'],
  ['', '{{ad.id}}', 'ad'],
  ['', '{{adgroupid}}', 'adSet'],
  ['', '{widget_id}', 'placement'],
  ['', '[zone_id]', 'placement'],
  ['', '$zone$', 'placement'],
  ['', '%zone%', 'placement'],
  ['', '%%SITE%%', 'placement'],
  ['', '{publisherId}', 'placement'],
  ['', '{pub}', 'placement'],
  ['', '{source_id}', 'placement'],
  ['', '{app_id}', 'placement'],
  ['', '##CAMPAIGN_ID##', 'campaign'],
  ['', '__CAMPAIGN_ID__', 'campaign'],
  ['', '__AID__', 'adSet'],
  ['', '__CID__', 'ad'],
  ['', '{line_item}', 'adSet'],
  ['', '{creative_id}', 'ad'],
  ['', '{ad_format}', null],
  ['', '{timezone}', null],
  ['', '{time_zone}', null],
  ['', '{targeting}', null],
  ['', '{click_id}', null],
  ['', '\u0024{SUBID}', null],
  ['', '{sub_id}', null],
  ['', '{zone_type}', null],
  ['', '{placement_format}', null],
  ['', '{site_category}', null],
  ['', '{site_click_id}', null],
  ['', '{user_app_id}', null],
  ['', '{visitor_zone}', null],
  ['', '{device_target}', null],
  ['', '{zone_impression_id}', null],
  ['zone', '{x1}', 'placement'],
  // What the macro says is final.
  ['zone', '{click_id}', null],
  ['campaign', '\u0024{SUBID}', null],
  ['', '', null],
  ['', null, null],
])('at another source the token %j with %j holds the %s', (name, macro, role) => {
  expect(roleOfMacro(name, macro)).toBe(role);
});

describe('a macro that nobody replaced', () => {
  test.each([
    '{zoneid}',
    '{{zone.id}}',
    '\u0024{SUBID}',
    '[SID]',
    '##ID##',
    '##SUB_ID_SHORT(action)##',
    '#zone#',
    '%zone%',
    '%%SITE%%',
    '$zone$',
    '__ZONE__',
    '<zone>',
    'z-{zoneid}-x',
    '[SID]-[ID]',
    '{a}{b}',
    '{}',
  ])('%s is one', (text) => {
    expect(isMacro(text)).toBe(true);
  });

  test.each(['123', 'a_b', '__', '50%', 'x.example/%D0%BF%D1%80', 'Game [HD]', 'a#b', '$5', ''])(
    '“%s” is none',
    (text) => {
      expect(isMacro(text)).toBe(false);
    },
  );
});
