import { describe } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Case, logQuestion, NOW, playAll, RANGE } from '../../contract.ts';
import { BASE, DAYS, PASTED } from './shared.ts';

const SUBS = Array.from({ length: 10 }, (_, index) => `sub_id_${index + 1}`);
const logBody = (columns: readonly string[], sort: string, filters: readonly object[] = []) => ({
  range: DAYS,
  columns,
  filters,
  sort: [{ name: sort, order: 'asc' }],
  limit: 1000,
  offset: 0,
});
const CONVERSIONS = [
  ...['conversion_id', 'sub_id', 'campaign_id', 'campaign', 'offer_id', 'offer', 'revenue'],
  ...['status', 'click_datetime', 'postback_datetime', 'tid'],
  ...SUBS,
];
const CLICKS = [
  ...['sub_id', 'datetime', 'campaign_id', 'campaign', 'cost', 'country_code'],
  ...SUBS,
];
const bySubId = { name: 'sub_id', operator: 'EQUALS', expression: '1a2b3c' };
const byCampaign = { name: 'campaign_id', operator: 'EQUALS', expression: 4 };
const CLICK_ROW = {
  sub_id: '1a2b3c',
  datetime: '2026-08-01 00:30:00',
  campaign_id: 4,
  campaign: 'Summer',
  cost: '0.0100',
  country_code: 'ES',
  sub_id_6: 991,
  sub_id_7: '',
};
const CLICK = {
  id: '1a2b3c',
  campaign: { id: '4', name: 'Summer' },
  at: Date.parse('2026-08-01T00:30:00+02:00'),
  cost: 0.01,
  country: 'ES',
  tokens: { 6: '991' },
};

describe('logs', () => {
  playAll(keitaro, PASTED, [
    {
      title: 'conversions: sub_id is the click id, times in three forms, statuses',
      run: (adapter, client) =>
        adapter.conversions?.(client, logQuestion({ campaignId: '4', clickId: '1a2b3c' })),
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime', [byCampaign, bySubId]),
          say: {
            rows: [
              {
                conversion_id: 11,
                sub_id: '1a2b3c',
                campaign_id: 4,
                campaign: 'Summer',
                offer_id: 5,
                offer: 'Offer & Co',
                revenue: '12.5000',
                status: 'sale',
                click_datetime: '2026-08-01 10:00:00',
                postback_datetime: {
                  date: '2026-08-01 09:30:00.000000',
                  timezone_type: 3,
                  timezone: 'UTC',
                },
                tid: 'tx-1',
                sub_id_6: '991',
              },
              {
                conversion_id: '12',
                sub_id: '1a2b3c',
                campaign_id: 4,
                offer_id: 0,
                offer: '',
                revenue: null,
                status: 'Trash',
                click_datetime: null,
                postback_datetime: '0000-00-00 00:00:00',
                tid: null,
              },
              { sub_id: '1a2b3c', status: 'upsell3', postback_datetime: '2026-08-02 23:59:59' },
            ],
            total: '3',
          },
        },
      ],
      gives: {
        entries: [
          {
            id: '11',
            clickId: '1a2b3c',
            campaign: { id: '4', name: 'Summer' },
            offer: { id: '5', name: 'Offer & Co' },
            status: 'sale',
            statusText: 'sale',
            payout: 12.5,
            currency: 'USD',
            clickedAt: Date.parse('2026-08-01T10:00:00+02:00'),
            convertedAt: Date.parse('2026-08-01T09:30:00Z'),
            externalId: 'tx-1',
            tokens: { 6: '991' },
          },
          {
            id: '12',
            clickId: '1a2b3c',
            campaign: { id: '4', name: '4' },
            offer: null,
            status: 'rejected',
            statusText: 'Trash',
            payout: null,
            currency: 'USD',
            clickedAt: null,
            convertedAt: null,
            externalId: null,
            tokens: {},
          },
          {
            id: '1a2b3c',
            clickId: '1a2b3c',
            campaign: null,
            offer: null,
            status: null,
            statusText: 'upsell3',
            payout: null,
            currency: 'USD',
            clickedAt: null,
            convertedAt: Date.parse('2026-08-02T23:59:59+02:00'),
            externalId: null,
            tokens: {},
          },
        ],
        zone: 'Europe/Madrid',
        fetchedAt: NOW,
        complete: true,
      },
    },
    {
      title: 'conversions: what is no moment is a wrong shape',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime'),
          say: { rows: [{ sub_id: 'a', postback_datetime: 'soon' }], total: 1 },
        },
      ],
      fails: { kind: 'shape', field: 'postback_datetime', tracker: 'Keitaro' },
    },
    {
      title: 'clicks',
      run: (adapter, client) => adapter.clicks?.(client, logQuestion({ campaignId: '4' })),
      line: [
        {
          ask: `POST ${BASE}/clicks/log`,
          body: logBody(CLICKS, 'datetime', [byCampaign]),
          say: { rows: [CLICK_ROW], total: 1 },
        },
      ],
      gives: { entries: [CLICK], zone: 'Europe/Madrid', fetchedAt: NOW, complete: true },
    },
    ...(
      [
        ['found', [CLICK_ROW], CLICK],
        ['not there', [], null],
        ['filtered in vain', [{ ...CLICK_ROW, sub_id: 'other' }], null],
      ] as const
    ).map(
      ([title, rows, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, client) => adapter.click?.(client, '1a2b3c', RANGE),
        line: [
          {
            ask: `POST ${BASE}/clicks/log`,
            body: logBody(CLICKS, 'datetime', [bySubId]),
            say: { rows, total: rows.length },
          },
        ],
        gives,
      }),
    ),
  ]);
});
