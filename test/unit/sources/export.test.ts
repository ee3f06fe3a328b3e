import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '../../../lib/report/csv.ts';
import { exportList } from '../../../lib/sources/export.ts';
import { formats, guessSource, type SourceFormat } from '../../../lib/sources/formats.ts';
import { roleOfMacro } from '../../../lib/sources/macros.ts';

const format = (id: string): SourceFormat => {
  const found = formats.find((one) => one.id === id);
  if (!found) throw new Error(`no format ${id}`);
  return found;
};
const none = { protectedIds: new Set<string>() };

describe('a list for a source', () => {
  test.each([
    ['propellerads', ['123', '456'], '123\n456'],
    ['hilltopads', ['123', '456'], '123,456'],
    ['mgid', ['123s456', '9'], '123s456,9'],
    ['richads', ['0123456789abcdef0123456789abcdef'], '0123456789abcdef0123456789abcdef'],
    ['exoclick', ['https://www.Shop.example/path?x=1'], 'shop.example'],
    ['ppcmate', ['34567:*:1'], '34567:*:1'],
    ['mintegral', ['mtg123'], 'mtg123'],
  ])('%s', (id, ids, text) => {
    expect(exportList(ids, format(id), none).texts).toEqual([text]);
  });

  test('rejects ids of another kind and names them', () => {
    const { texts, rejected } = exportList(['1', 'x1', '', '2 3'], format('propellerads'), none);
    expect(texts).toEqual(['1']);
    expect(rejected).toEqual([
      { id: 'x1', why: 'rejected_kind' },
      { id: '', why: 'rejected_empty' },
      { id: '2 3', why: 'rejected_kind' },
    ]);
  });

  test('keeps the order, drops what came twice and what is protected', () => {
    const list = exportList(['3', '1', '3', '2'], format('popcash'), {
      protectedIds: new Set(['1']),
    });
    expect(list).toMatchObject({ texts: ['3\n2'], duplicates: 1, protected: 1 });
  });

  test('is cut at the source’s limit', () => {
    const ids = Array.from({ length: 2501 }, (_, index) => `site${index}.example`);
    expect(
      exportList(ids, format('microsoftads'), none).chunks.map((chunk) => chunk.length),
    ).toEqual([2500, 1]);
  });

  test('takes another separator on the user’s word', () => {
    expect(
      exportList(['1', '2'], format('popads'), { ...none, separator: 'newline' }).texts,
    ).toEqual(['1\n2']);
  });

  test('every id that goes out fits its source’s pattern', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.constantFrom(...formats), (ids, one) => {
        for (const id of exportList(ids, one, none).chunks.flat()) expect(id).toMatch(one.pattern);
      }),
    );
  });
});

test.each([
  ['PropellerAds', 'propellerads'],
  ['Propeller Ads #2', 'propellerads'],
  ['MGID main', 'mgid'],
  ['My own source', undefined],
  ['', undefined],
])('the source named %j is %s', (name, id) => {
  expect(guessSource(name)?.id).toBe(id);
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
  ['', '##CAMPAIGN_ID##', 'campaign'],
  ['', '__CAMPAIGN_ID__', 'campaign'],
  ['', '__AID__', 'adSet'],
  ['', '__CID__', 'ad'],
  ['', '{ad_format}', null],
  ['', '{timezone}', null],
  ['', '{click_id}', null],
  ['zone', '{x1}', 'placement'],
])('the token %j with %j holds the %s', (name, macro, role) => {
  expect(roleOfMacro(name, macro)).toBe(role);
});

describe('CSV', () => {
  test('neutralises what a spreadsheet would run', () => {
    expect(csvText([['=1+1', '+1', '-1', '@x', '\tx', '\rx', -1, 2.5, null, 'ok']])).toBe(
      "'=1+1,'+1,'-1,'@x,'\tx,\"'\rx\",-1,2.5,,ok\r\n",
    );
  });

  test('reads back', () => {
    /** A reader of its own, by RFC 4180, for one record. */
    const read = (text: string): string[] => {
      const cells = [''];
      let quoted = false;
      for (let at = 0; at < text.length - 2; at++) {
        const character = text.charAt(at);
        const last = cells.length - 1;
        if (quoted && character === '"' && text.charAt(at + 1) === '"') {
          cells[last] += '"';
          at += 1;
        } else if (character === '"') quoted = !quoted;
        else if (character === ',' && !quoted) cells.push('');
        else cells[last] += character;
      }
      return cells;
    };
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        expect(read(csvText([cells]))).toEqual(cells);
      }),
    );
  });
});
