import { describe, expect, test } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { fakeTrackerClient } from '../../fake-tracker-client.ts';

/** "Campaigns list" of the published document; serial_number is in today's interface description. */
const CAMPAIGNS = [
  {
    id: '5a7b3ba2f07a9105f25a5f5d',
    serial_number: 41,
    title: 'Supah Hybrid',
    cpc: 3,
    source_id: '5a7b3ba1f07a9105f25a5f51',
    source_title: 'Magnificent Two-Face Man',
    status: 1,
    stat: { clicks: 240, roi: 33.7148 },
    tags: null,
  },
  { id: 'b', title: 'Paused', status: 2, source_id: '' },
  { id: 'c', title: 'Deleted', status: 3 },
];

describe('campaigns', () => {
  test.each([
    ['a bare array', CAMPAIGNS],
    ['items and total', { items: CAMPAIGNS, total: { clicks: 240 } }],
    ['items alone', { items: CAMPAIGNS }],
  ])('from %s', async (_name, json) => {
    const { client, sent } = fakeTrackerClient(redtrack, () => ({ json }));
    expect(await redtrack.campaigns(client)).toEqual([
      {
        id: '5a7b3ba2f07a9105f25a5f5d',
        name: 'Supah Hybrid',
        active: true,
        source: { id: '5a7b3ba1f07a9105f25a5f51', name: 'Magnificent Two-Face Man' },
      },
      { id: 'b', name: 'Paused', active: false, source: null },
    ]);
    expect(sent[0]).toMatchObject({ line: 'GET /campaigns', query: ['page=1', 'per=100'] });
  });

  test('an account with none says null', async () => {
    const { client } = fakeTrackerClient(redtrack, () => ({ json: null }));
    expect(await redtrack.campaigns(client)).toEqual([]);
  });
});

describe('sources', () => {
  test('today: subs in slot order, with a role each', async () => {
    // Shape from the current interface description; roles as a client of 2026 sends them.
    const subs = [
      { value: '{replace}', alias: 'utm_campaign', hint: 'Campaign name', role: 'rt_campaign' },
      { value: '' },
      { value: '{adgroupid}', hint: 'Ad group ID', role: 'gid' },
      { value: '{creative}', hint: 'Creative ID', role: 'aid' },
      { value: '{campaignid}', hint: 'Campaign ID', role: 'cid' },
      { value: '{placement}', alias: 'plc', role: 'pid' },
      { value: 'Google', alias: 'utm_source', role: 'rt_source' },
    ];
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: [{ id: 's1', title: 'Ads', subs }],
    }));
    expect(await redtrack.sources(client)).toEqual([
      {
        id: 's1',
        name: 'Ads',
        tokens: [
          {
            slot: 1,
            name: 'Campaign name',
            parameter: 'utm_campaign',
            macro: '{replace}',
            role: null,
          },
          { slot: 3, name: 'Ad group ID', parameter: 'sub3', macro: '{adgroupid}', role: 'adSet' },
          { slot: 4, name: 'Creative ID', parameter: 'sub4', macro: '{creative}', role: 'ad' },
          {
            slot: 5,
            name: 'Campaign ID',
            parameter: 'sub5',
            macro: '{campaignid}',
            role: 'campaign',
          },
          { slot: 6, name: 'plc', parameter: 'plc', macro: '{placement}', role: 'placement' },
          { slot: 7, name: 'utm_source', parameter: 'utm_source', macro: 'Google', role: null },
        ],
      },
    ]);
  });

  test('without a role the macro is asked', async () => {
    const subs = [{ value: '{zoneid}', alias: 'zone' }];
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: [{ id: 's', title: 'Push', subs }],
    }));
    const [source] = await redtrack.sources(client);
    expect(source?.tokens).toEqual([
      { slot: 1, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
    ]);
  });

  test('the old document: sub1…sub10 beside hints', async () => {
    const old = {
      id: 's',
      title: 'Google AdWords',
      sub1: '',
      sub2: '{Placement}',
      sub10: '{target}',
      hints: { sub1: '', sub2: 'Website placement for display network', sub10: 'Category' },
    };
    const { client } = fakeTrackerClient(redtrack, () => ({ json: [old] }));
    const [source] = await redtrack.sources(client);
    expect(source?.tokens.map(({ slot, macro }) => [slot, macro])).toEqual([
      [2, '{Placement}'],
      [10, '{target}'],
    ]);
  });
});

describe('the check', () => {
  // "Log in using api key" of the published document, shortened.
  const auth = {
    id: '5a8407acf07a9153abe11564',
    email: 'your_email',
    api_key: 'MYAPITOKEN',
    password: '842e918e652bc3010a32e43423572aacca0e9221',
    timezone: { id: '5a8407abf07a9153abe11530', zone: 'UTC', alias: '', offset: 0 },
  };

  test('says account, zone and campaigns', async () => {
    const { client } = fakeTrackerClient(redtrack, (path) => ({
      json: path === '/auth' ? auth : CAMPAIGNS,
    }));
    expect(await redtrack.check(client)).toEqual({
      account: 'your_email',
      version: null,
      campaigns: 2,
      zone: 'UTC',
      currency: null,
      role: null,
      mayWrite: null,
    });
  });
});
