import { describe } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { type Case, log, logQuestion, playAll, RANGE } from '../../contract.ts';
import { ID, LOG_DAYS, PASTED } from './shared.ts';

const CONVERSIONS = `GET /conversions?${LOG_DAYS}&page=1&per=10000`;
/** "Conversions log" of the published document with another day: a bare row without ids of campaign and offer. */
const OLD_CONVERSION = {
  id: '5927edeeba4d1227f217f019',
  clickid: '5927edeeba4d1227f217f00d',
  campaign: 'Mr Molten Man',
  offer: 'Dark Firestar',
  source: 'Scorpion',
  country: 'TZ',
  payout: 0.31,
  created_at: '2026-08-01T08:57:00Z',
};
const OLD_ENTRY = {
  id: '5927edeeba4d1227f217f019',
  clickId: '5927edeeba4d1227f217f00d',
  campaign: { id: 'Mr Molten Man', name: 'Mr Molten Man' },
  offer: { id: 'Dark Firestar', name: 'Dark Firestar' },
  status: 'sale',
  statusText: '',
  payout: 0.31,
  currency: 'USD',
  clickedAt: null,
  convertedAt: Date.parse('2026-08-01T08:57:00Z'),
  externalId: null,
  tokens: {},
};
const TRACK = {
  id: '592561daba4d12f0f4bbf675',
  campaign: 'Snowbird',
  offer: 'Scorpia',
  country: 'CY',
  is_lp_track: 0,
  ref_id: '',
  cost: 4,
  created_at: '2026-08-01T10:35:00Z',
  sub1: '',
  sub6: 991,
};
const CLICK = {
  id: '592561daba4d12f0f4bbf675',
  campaign: { id: 'Snowbird', name: 'Snowbird' },
  at: Date.parse('2026-08-01T10:35:00Z'),
  cost: 4,
  country: 'CY',
  tokens: { 6: '991' },
};

describe('logs', () => {
  playAll(redtrack, PASTED, [
    {
      title: 'conversions: the old bare array',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [{ ask: CONVERSIONS, say: [OLD_CONVERSION] }],
      gives: log([OLD_ENTRY]),
    },
    {
      title: 'conversions: items and total today, of one campaign and click',
      run: (adapter, client) =>
        adapter.conversions?.(client, logQuestion({ campaignId: ID, clickId: 'clk' })),
      line: [
        {
          ask: `GET /conversions?${LOG_DAYS}&campaign_id=${ID}&clickid=clk&page=1&per=10000`,
          say: {
            items: [
              {
                ...OLD_CONVERSION,
                clickid: 'clk',
                campaign_id: ID,
                offer_id: 'o1',
                type: 'Purchase',
                status: 'Approved',
                payout: '12.5',
                payout_default: 10,
                currency: 'eur',
                track_time: '2026-08-02T20:47:14.008+03:00',
                conv_time: '2026-08-02T18:47:14.964070409Z',
                ref_id: 'r',
                external_id: 'tx',
                sub3: 'x',
                duplicate_status: '',
              },
              { ...OLD_CONVERSION, id: 2, status: 'declined', payout: null, created_at: '' },
              { ...OLD_CONVERSION, id: 3, status: 'pending' },
              { ...OLD_CONVERSION, id: 4, status: 'my own word' },
            ],
            total: 4,
          },
        },
      ],
      gives: log([
        {
          ...OLD_ENTRY,
          clickId: 'clk',
          campaign: { id: ID, name: 'Mr Molten Man' },
          offer: { id: 'o1', name: 'Dark Firestar' },
          statusText: 'Approved',
          type: 'Purchase',
          payout: 12.5,
          currency: 'EUR',
          clickedAt: Date.parse('2026-08-02T20:47:14.008+03:00'),
          convertedAt: Date.parse('2026-08-02T18:47:14.964Z'),
          externalId: 'tx',
          tokens: { 3: 'x' },
        },
        {
          ...OLD_ENTRY,
          id: '2',
          status: 'rejected',
          statusText: 'declined',
          payout: null,
          convertedAt: null,
        },
        { ...OLD_ENTRY, id: '3', status: 'hold', statusText: 'pending' },
        { ...OLD_ENTRY, id: '4', status: null, statusText: 'my own word' },
      ]),
    },
    {
      title: 'conversions: days are cut in the asked zone, by each conversion’s instant',
      run: async (adapter, client) =>
        (await adapter.conversions?.(client, logQuestion()))?.entries.map(({ id }) => id),
      line: [
        {
          ask: CONVERSIONS,
          say: [
            ['before', '2026-07-31T21:59:59Z'],
            ['first', '2026-07-31T22:00:00Z'],
            ['last', '2026-08-02T21:59:59Z'],
            ['after', '2026-08-02T22:00:00Z'],
            ['untold', ''],
          ].map(([id, conv_time]) => ({ id, clickid: id, conv_time })),
        },
      ],
      gives: ['first', 'last', 'untold'],
    },
    {
      title: 'conversions: campaign and offer as objects, named by title or by name',
      run: async (adapter, client) => {
        const found = await adapter.conversions?.(client, logQuestion());
        return found?.entries.map(({ campaign, offer }) => [campaign, offer]);
      },
      line: [
        {
          ask: CONVERSIONS,
          say: [
            { id: 1, campaign: { id: ID, title: 'Summer' }, offer: { id: 'o1', name: 'Quiz' } },
          ],
        },
      ],
      gives: [
        [
          { id: ID, name: 'Summer' },
          { id: 'o1', name: 'Quiz' },
        ],
      ],
    },
    {
      title: 'clicks: days are cut in the asked zone, by each click’s instant',
      run: async (adapter, client) =>
        (await adapter.clicks?.(client, logQuestion()))?.entries.map(({ id }) => id),
      line: [
        {
          ask: `GET /tracks?${LOG_DAYS}&page=1&per=10000`,
          say: {
            items: [
              { ...TRACK, id: 'before', created_at: '2026-07-31T21:59:59Z' },
              { ...TRACK, id: 'first', created_at: '2026-07-31T22:00:00Z' },
              { ...TRACK, id: 'last', created_at: '2026-08-02T21:59:59Z' },
              { ...TRACK, id: 'after', created_at: '2026-08-02T22:00:00Z' },
            ],
            total: 4,
          },
        },
      ],
      gives: ['first', 'last'],
    },
    {
      title: 'clicks: the documented track',
      run: (adapter, client) => adapter.clicks?.(client, logQuestion({ campaignId: ID })),
      line: [{ ask: `GET /tracks?${LOG_DAYS}&campaign_id=${ID}&page=1&per=10000`, say: [TRACK] }],
      gives: log([CLICK]),
    },
    {
      title: 'one click: found on the day before, of which nobody knows the zone',
      run: async (adapter, client) => (await adapter.click?.(client, TRACK.id, RANGE))?.id,
      line: [
        {
          ask: `GET /tracks?${LOG_DAYS}&clickid=${TRACK.id}&page=1&per=10000`,
          say: [{ ...TRACK, created_at: '2026-07-31T12:00:00Z' }],
        },
      ],
      gives: TRACK.id,
    },
    ...(
      [
        ['found', { items: [TRACK], total: 1 }, CLICK],
        ['not there', null, null],
        ['filtered in vain', [{ ...TRACK, id: 'other' }], null],
      ] as const
    ).map(
      ([title, say, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, client) => adapter.click?.(client, TRACK.id, RANGE),
        line: [{ ask: `GET /tracks?${LOG_DAYS}&clickid=${TRACK.id}&page=1&per=10000`, say }],
        gives,
      }),
    ),
    {
      title: 'what is no moment is a wrong shape',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [{ ask: CONVERSIONS, say: [{ ...OLD_CONVERSION, track_time: 'soon' }] }],
      fails: { kind: 'shape', field: 'track_time', call: 'conversions', tracker: 'RedTrack' },
    },
  ]);
});
