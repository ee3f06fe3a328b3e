import { describe } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Case, logQuestion, NOW, playAll, RANGE } from '../../contract.ts';
import { BASE, DAYS, PASTED } from './shared.ts';

const SUBS = Array.from({ length: 30 }, (_, index) => `sub_id_${index + 1}`);
const logBody = (columns: readonly string[], sort: string, filters: readonly object[] = []) => ({
  range: DAYS,
  columns,
  filters,
  sort: [{ name: sort, order: 'ASC' }],
  limit: 1000,
  offset: 0,
});
const CONVERSIONS = [
  ...['conversion_id', 'sub_id', 'campaign_id', 'campaign', 'offer_id', 'offer', 'revenue'],
  ...['status', 'click_datetime', 'postback_datetime', 'tid'],
  ...SUBS,
];
const OLD_CONVERSIONS = CONVERSIONS.map(
  (name) => ({ conversion_id: 'event_id', postback_datetime: 'datetime' })[name] ?? name,
);
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
      title: 'conversions: a version that refuses the names is asked in its own from then on',
      async run(adapter, client) {
        const ids = async () =>
          (await adapter.conversions?.(client, logQuestion()))?.entries.map(
            ({ id, convertedAt }) => [id, convertedAt],
          );
        return [await ids(), await ids()];
      },
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime'),
          status: 406,
          say: { error: 'unknown column conversion_id' },
        },
        ...[0, 1].map(() => ({
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(OLD_CONVERSIONS, 'datetime'),
          say: { rows: [{ event_id: 9, sub_id: 'a', datetime: '2026-08-01 10:00:00' }], total: 1 },
        })),
      ],
      gives: [0, 1].map(() => [['9', Date.parse('2026-08-01T10:00:00+02:00')]]),
    },
    {
      title: 'conversions: a version that leaves out columns that it does not know',
      run: async (adapter, client) =>
        (await adapter.conversions?.(client, logQuestion()))?.entries.map(({ id }) => id),
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime'),
          say: { rows: [{ sub_id: 'a' }], total: 1 },
        },
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(OLD_CONVERSIONS, 'datetime'),
          say: { rows: [{ event_id: 9, sub_id: 'a', datetime: '2026-08-01 10:00:00' }], total: 1 },
        },
      ],
      gives: ['9'],
    },
    {
      title: 'conversions: refused in every wording, it is the first refusal that is told',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [30, 10].flatMap((tokens) =>
        (
          [
            [CONVERSIONS, 'postback_datetime'],
            [OLD_CONVERSIONS, 'datetime'],
          ] as const
        ).map(([columns, sort], index) => ({
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(columns.slice(0, columns.length - 30 + tokens), sort),
          status: 422,
          say: { error: `range is wrong ${tokens} ${index}` },
        })),
      ),
      fails: { kind: 'conflict', values: ['range is wrong 30 0'], status: 422 },
    },
    {
      title: 'clicks: a version with ten tokens, and the last of newer ones',
      run: async (adapter, client) =>
        (await adapter.clicks?.(client, logQuestion()))?.entries.map(({ tokens }) => tokens),
      line: [
        {
          ask: `POST ${BASE}/clicks/log`,
          body: logBody(CLICKS, 'datetime'),
          status: 406,
          say: { error: 'unknown column sub_id_11' },
        },
        {
          ask: `POST ${BASE}/clicks/log`,
          body: logBody(CLICKS.slice(0, -20), 'datetime'),
          say: { rows: [{ ...CLICK_ROW, sub_id_30: 'last' }], total: 1 },
        },
      ],
      gives: [{ 6: '991', 30: 'last' }],
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
