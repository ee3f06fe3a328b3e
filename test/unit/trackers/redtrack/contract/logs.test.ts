import { describe } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { type Case, log, logQuestion, playAll, RANGE } from '../../contract.ts';
import { DAYS, ID, PASTED } from './shared.ts';

const CONVERSIONS = `GET /conversions?${DAYS}&page=1&per=10000`;
/** "Conversions log" of the published document, whole: a bare row without ids of campaign and offer. */
const OLD_CONVERSION = {
  id: '5927edeeba4d1227f217f019',
  clickid: '5927edeeba4d1227f217f00d',
  campaign: 'Mr Molten Man',
  offer: 'Dark Firestar',
  source: 'Scorpion',
  country: 'TZ',
  payout: 0.31,
  created_at: '2017-05-26T08:57:00Z',
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
  convertedAt: Date.parse('2017-05-26T08:57:00Z'),
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
  created_at: '2017-05-24T10:35:00Z',
  sub1: '',
  sub6: 991,
};
const CLICK = {
  id: '592561daba4d12f0f4bbf675',
  campaign: { id: 'Snowbird', name: 'Snowbird' },
  at: Date.parse('2017-05-24T10:35:00Z'),
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
          ask: `GET /conversions?${DAYS}&campaign_id=${ID}&clickid=clk&page=1&per=10000`,
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
                track_time: '2018-02-07T20:47:14.008+03:00',
                conv_time: '2018-02-07T18:47:14.964070409Z',
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
          payout: 12.5,
          currency: 'EUR',
          clickedAt: Date.parse('2018-02-07T20:47:14.008+03:00'),
          convertedAt: Date.parse('2018-02-07T18:47:14.964Z'),
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
      title: 'clicks: the documented track',
      run: (adapter, client) => adapter.clicks?.(client, logQuestion({ campaignId: ID })),
      line: [{ ask: `GET /tracks?${DAYS}&campaign_id=${ID}&page=1&per=10000`, say: [TRACK] }],
      gives: log([CLICK]),
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
        line: [{ ask: `GET /tracks?${DAYS}&clickid=${TRACK.id}&page=1&per=10000`, say }],
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
