import { describe, expect, test } from 'vitest';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { contractClient, type Exchange, playAll, question, responseOf } from '../../contract.ts';
import {
  API,
  INFO,
  info,
  PASTED,
  SOURCES,
  STAT,
  source,
  sourceList,
  stats,
  TODAY,
  totals,
} from './shared.ts';

const DELETED = { id: 9, name: 'Deleted', is_deleted: 1, clicks: '1' };
const role = (answer: Omit<Exchange, 'ask'>): Exchange => ({
  ask: `GET ${API}/user/role`,
  ...answer,
});

describe('check, lists', () => {
  const facts = { account: null, version: 'v2', zone: null, currency: null };
  playAll(binom2, PASTED, [
    {
      title: 'check: the role, and the campaigns without their total',
      run: (adapter, client) => adapter.check(client),
      line: [
        role({ say: { id: 2, role: 'admin' } }),
        info('campaign', [INFO, DELETED, totals('2')]),
      ],
      gives: { ...facts, campaigns: 1, role: 'admin', mayWrite: true },
    },
    {
      title: 'check: what another role may do is not told',
      run: (adapter, client) => adapter.check(client),
      line: [role({ say: { id: 3, role: 'user' } }), info('campaign', [totals(0)])],
      gives: { ...facts, campaigns: 0, role: 'user', mayWrite: null },
    },
    {
      title: 'check: something else answers here',
      run: (adapter, client) => adapter.check(client),
      line: [role({ status: 404, say: { message: 'No route' } })],
      fails: { kind: 'conflict', status: 404 },
    },
    {
      title: 'campaigns: sources come from their figures, ids of sources from the list',
      run: (adapter, client) => adapter.campaigns(client),
      line: [
        info('campaign', [
          INFO,
          { ...INFO, id: 8, name: 'Other', traffic_source: 'Direct' },
          { ...INFO, id: 10, name: 'Bare', is_deleted: '0' },
          DELETED,
          totals(4),
        ]),
        stats(TODAY, [STAT, totals(1)]),
        sourceList(SOURCES),
      ],
      gives: [
        {
          id: '7',
          name: 'Summer <b>',
          active: true,
          meanTimeToConvert: 120_000,
          source: { id: '21', name: 'PropellerAds' },
        },
        {
          id: '8',
          name: 'Other',
          active: true,
          meanTimeToConvert: 120_000,
          source: { id: 'Direct', name: 'Direct' },
        },
        { id: '10', name: 'Bare', active: true, meanTimeToConvert: 120_000, source: null },
      ],
    },
    {
      title: 'sources: each is asked for its tokens, whose fields differ by version',
      run: (adapter, client) => adapter.sources(client),
      line: [
        sourceList({ data: [...SOURCES, { id: '22', name: 'Bare' }] }),
        source(21, {
          id: 21,
          tokens: [
            { name: 'campaignid', value: '{campaignid}' },
            null,
            { title: 'zone', placeholder: '{zoneid}' },
            { name: '', value: '' },
            { value: '{cost}' },
          ],
        }),
        source(22, { id: 22, tokens: null }),
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          tokens: [
            { slot: 1, name: 'campaignid', macro: '{campaignid}', role: 'campaign' },
            { slot: 3, name: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 5, name: 'Token 5', parameter: null, macro: '{cost}', role: null },
          ],
        },
        { id: '22', name: 'Bare', tokens: [] },
      ],
    },
    {
      title: 'sources: tokens by slot, without what only looks like one; none is an empty list',
      run: (adapter, client) => adapter.sources(client),
      line: [
        sourceList([...SOURCES, { id: 22, name: 'Bare' }]),
        source(21, {
          tokens: {
            1: { id: '1', parameter: 'zoneid', placeholder: '{zoneid}', name: 'Zone ID' },
            30: { id: '30', parameter: 'os', placeholder: '', name: '' },
            4: { id: '4', parameter: '', placeholder: '', name: '' },
            external_id: { parameter: 'subid', placeholder: '{subid}', name: 'External ID' },
            cost: { id: '5', parameter: 'cost', placeholder: '{cost}', name: 'Cost' },
          },
        }),
        source(22, { tokens: [] }),
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          tokens: [
            { slot: 1, name: 'Zone ID', parameter: 'zoneid', macro: '{zoneid}', role: 'placement' },
            { slot: 30, name: 'os', macro: null, role: null },
          ],
        },
        { id: '22', name: 'Bare', tokens: [] },
      ],
    },
    {
      title: 'sources: a list with gaps, whose ids are the slots',
      run: (adapter, client) => adapter.sources(client),
      line: [
        sourceList(SOURCES),
        source(21, {
          tokens: [
            { id: '7', name: 'b' },
            { id: 2, name: 'a' },
          ],
        }),
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          tokens: [
            { slot: 2, name: 'a', macro: null, role: null },
            { slot: 7, name: 'b', macro: null, role: null },
          ],
        },
      ],
    },
    {
      title: 'offers',
      run: (adapter, client) => adapter.offers?.(client),
      line: [
        info('offer', {
          data: [
            { id: 3, name: 'A', is_deleted: false, payout: '12.50', affiliate_network: 'Net' },
            { id: 4, name: 'B', is_deleted: 0, payout: '0' },
            {
              id: 6,
              name: 'C',
              payout: { money: { amount: 1.5, currency: 'eur' }, isAuto: false, upsell: false },
            },
            { id: 7, name: 'D', payout: { money: { amount: 0, currency: 'USD' }, isAuto: true } },
            { id: 8, name: 'E', payout: { money: { amount: 2, currency: 'USD' }, isAuto: true } },
            { id: 9, name: 'F', payout: { money: null, isAuto: false } },
            { id: 5, name: 'Gone', is_deleted: true },
            totals(3),
          ],
        }),
      ],
      gives: [
        {
          id: '3',
          name: 'A',
          active: true,
          payout: { amount: 12.5, currency: 'USD' },
          network: 'Net',
        },
        { id: '4', name: 'B', active: true, payout: null, network: null },
        {
          id: '6',
          name: 'C',
          active: true,
          payout: { amount: 1.5, currency: 'EUR' },
          network: null,
        },
        { id: '7', name: 'D', active: true, payout: null, network: null },
        { id: '8', name: 'E', active: true, payout: null, network: null },
        { id: '9', name: 'F', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, client) => adapter.landers?.(client),
      line: [info('landing', [{ id: 11, name: 'Quiz' }, DELETED, totals(2)])],
      gives: [{ id: '11', name: 'Quiz', active: true }],
    },
  ]);

  test('names of parameters and values are encoded, the key is in its header', async () => {
    const { client, urls } = contractClient(binom2, PASTED, () => responseOf({ say: [] }));
    await binom2.report(
      client,
      question({ groupBy: ['country'], filters: [{ dimension: 'campaign', value: '7' }] }),
    );
    expect(urls[0]).toBe(
      'https://t.example/sub/public/api/v1/report/campaign?ids%5B%5D=7&datePreset=custom_time' +
        '&dateFrom=2026-08-01+00%3A00%3A00&dateTo=2026-08-02+23%3A59%3A59&timezone=Europe%2FMadrid' +
        '&groupings%5B%5D=geoCountry&sortColumn=clicks&sortType=desc&limit=1000&offset=0',
    );
  });
});

test.each([
  'https://t.example/sub/index.php?page=Campaigns',
  'https://t.example/sub/jl8sn.php',
  'https://t.example/sub/panel/report/7',
  'https://t.example/sub/click',
])('%s is the tracker in its folder', (pasted) => {
  expect(binom2.address(new URL(pasted)).api).toBe('https://t.example/sub');
});
