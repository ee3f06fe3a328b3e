import { beforeEach, describe, expect, test } from 'vitest';
import { asked, loser, RANGE, setUp, startAnew, told, winner } from './placements-world.ts';

beforeEach(startAnew);

describe('a list that is exported', () => {
  test('has what loses most first, with its figures, and is in the ledger', async () => {
    const { send, ledger } = setUp();
    const { part, count, nothing, leftOut } = await send();
    expect(part).toMatchObject({ kind: 'zone', count: 2, text: '101\n102', fresh: 2 });
    expect([count, nothing, leftOut]).toEqual([2, null, []]);
    expect(part?.name).toBe('crosstrack-x-12-propellerads-2026-08-14');
    const rows = part?.csv.trimEnd().split('\r\n') ?? [];
    expect(rows[0]).toBe(
      'placement,clicks,cost_USD,conversions,revenue_USD,verdict,confidence,target_roi,listed_by',
    );
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 6).join())).toEqual([
      '101,900,50,0,0,cut',
      '102,900,40,0,0,cut',
    ]);
    expect(await ledger()).toMatchObject([
      { campaignName: 'Summer', format: 'propellerads', ids: ['101', '102'], range: RANGE },
    ]);
    expect(await ledger({ connection: 'k', campaignId: '12' })).toHaveLength(1);
    expect(await ledger({ connection: 'other', campaignId: '12' })).toEqual([]);
    expect(await ledger({ connection: 'other' })).toEqual([]);
    expect(await ledger({ connection: 'k', campaignId: '13' })).toEqual([]);
  });

  test("is in the form of the user's own source, which the campaign's source is by its name", async () => {
    told.source = 'MyNet | DE';
    told.ownSources = [
      {
        id: 'own-mynet',
        name: 'MyNet',
        digits: true,
        letters: false,
        signs: '',
        shortest: 3,
        longest: 3,
        separator: 'comma',
        perList: 1,
      },
    ];
    told.rows = [...told.rows, loser('1001', 60)];
    const { list, send } = setUp();
    expect((await list()).format).toBe('own-mynet');
    const { part, leftOut } = await send({ format: 'own-mynet', slot: 2 });
    expect(part).toMatchObject({ text: '101', fresh: 1 });
    expect(leftOut.map(({ id }) => id)).toEqual(['1001']);
  });

  test('leaves out what is protected at that source, and names it', async () => {
    told.protectedIds = [
      { format: 'propellerads', id: '101' },
      { format: 'exoclick', id: '102' },
    ];
    const { send, ledger } = setUp();
    const { part, leftOut } = await send();
    expect(part?.text).toBe('102');
    expect(leftOut).toEqual([{ id: '101', why: 'rejected_protected', values: [] }]);
    expect(await ledger()).toMatchObject([{ ids: ['102'] }]);
  });

  test('tells what no earlier one had', async () => {
    const { send } = setUp();
    expect((await send()).part?.fresh).toBe(2);
    told.rows = [...told.rows, loser('105')];
    expect((await send()).part?.fresh).toBe(1);
  });

  test('of several is the one that was asked for; each has its own file and entry', async () => {
    told.source = 'ExoClick';
    told.rows = [loser('101', 50), loser('https://www.Bad.example/'), winner('103')];
    const { send, ledger } = setUp();
    const first = await send({ format: 'exoclick', slot: 5 });
    const second = await send({ format: 'exoclick', slot: 5, part: 1 });
    expect(first.part).toMatchObject({ kind: 'zone', text: '101', fresh: 1 });
    expect(second.part).toMatchObject({ kind: 'site', text: 'bad.example', fresh: 1 });
    // Every id that goes out has its figures, under the name that it goes out with.
    expect(second.part?.csv).toMatch(/\r\nbad\.example,900,40,0,0,cut,0\.\d+,0,verdict\r\n$/);
    expect(first.part?.name).not.toBe(second.part?.name);
    const entries = await ledger();
    expect(entries.map(({ ids }) => ids.join()).toSorted()).toEqual(['101', 'bad.example']);
  });

  test('judges the sum of what the source cannot tell apart', async () => {
    told.source = 'ExoClick';
    told.rows = [
      loser('www.x.example'),
      { ...winner('x.example'), conversions: 80, revenue: 320 },
      loser('y.example'),
      winner('z.example'),
    ];
    const { send } = setUp();
    const { part, leftOut } = await send({ format: 'exoclick', slot: 5 });
    expect(part?.text).toBe('y.example');
    expect(leftOut).toEqual([]);
  });

  test('follows the user’s ticks', async () => {
    const { send } = setUp();
    const { part } = await send({ added: ['103'], removed: ['101'] });
    expect(part?.text.split('\n').toSorted()).toEqual(['102', '103']);
  });

  test('follows them in another format, too, where placements are one row', async () => {
    told.source = 'Google Ads';
    told.rows = [
      loser('x.example', 50),
      loser('www.x.example', 80),
      loser('y.example'),
      winner('z.example'),
      winner('www.z.example'),
    ];
    const { send } = setUp();
    const both = { format: 'googleads', slot: 5 };
    expect((await send(both)).part?.text).toBe('x.example\ny.example');
    const { part } = await send({ ...both, removed: ['x.example'] });
    expect(part?.text).toBe('y.example');
    const { part: more } = await send({ ...both, added: ['z.example'] });
    expect(more?.text.split('\n')).toContain('z.example');
  });

  test('of the kind that the token holds says so', async () => {
    const { send } = setUp();
    expect((await send({ slot: 3 })).part?.kind).toBe('subzone');
    expect((await send()).part?.kind).toBe('zone');
    told.source = 'My source';
    const untold = await setUp().send({ slot: 2 });
    expect(untold.notes).toContain('note_kind_untold');
    expect((await send()).notes).toEqual(['note_appends', 'note_separator_untold']);
  });
});

describe('nothing is exported, and nothing entered in the ledger', () => {
  test('where the source takes none of the ids; the reason is told', async () => {
    const { send, ledger } = setUp();
    const { part, count, nothing, leftOut } = await send({ format: 'richads' });
    expect([part, count]).toEqual([null, 0]);
    expect(nothing).toEqual({ count: 2, are: 'form_digits', wants: ['form_hash'], kind: null });
    expect(leftOut.map(({ id }) => id)).toEqual(['101', '102']);
    expect(await ledger()).toEqual([]);
  });

  test('where nothing is to be cut, or there is no such list', async () => {
    const { send, ledger } = setUp();
    expect(await send({ part: 1 })).toMatchObject({ part: null, count: 0 });
    told.rows = [winner('103')];
    expect(await send()).toMatchObject({ part: null, count: 0, nothing: null, leftOut: [] });
    expect(await ledger()).toEqual([]);
  });

  test('where the figures are missing or failed', async () => {
    told.problem = { kind: 'network' };
    const { send, ledger } = setUp();
    await expect(send()).rejects.toMatchObject({ problem: { kind: 'network' } });
    expect(asked).toEqual(['token2 known', 'token2 fresh']);
    expect(await ledger()).toEqual([]);
  });

  test('of clicks that came without a placement, whatever they cost', async () => {
    told.rows = [...['', 'Unknown', '{zoneid}'].map((id) => loser(id, 900)), winner('103')];
    const { send, ledger } = setUp();
    expect(await send({ added: ['', 'Unknown', '{zoneid}'] })).toMatchObject({ part: null });
    expect(await ledger()).toEqual([]);
  });
});
