import { describe } from 'vitest';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { type Case, log, logQuestion, playAll } from '../../contract.ts';
import { API, DAYS, INFO, info, PAGE, PASTED, totals } from './shared.ts';

describe('conversions', () => {
  const LOG = `GET ${API}/conversions/log?${DAYS}&${PAGE}`;
  const ROW = {
    id: 'clk1',
    campaign: 'Summer <b>',
    traffic_source: 'PropellerAds',
    clicked_at: '2026-08-01 10:00:00',
    conversed_at: '2026-08-01 11:30:00',
    time_since_click: '01:30:00',
    payout: '12.50000000',
    status: 'Approved',
    offer: 'My offer',
    geo: 'ES',
  };
  const entry = {
    id: 'clk1',
    clickId: 'clk1',
    campaign: { id: 'Summer <b>', name: 'Summer <b>' },
    offer: { id: 'My offer', name: 'My offer' },
    status: 'sale',
    statusText: 'Approved',
    payout: 12.5,
    currency: 'USD',
    clickedAt: Date.parse('2026-08-01T10:00:00+02:00'),
    convertedAt: Date.parse('2026-08-01T11:30:00+02:00'),
    externalId: null,
    tokens: {},
  };
  playAll(binom2, PASTED, [
    {
      title: 'the log: its id is the click’s; a click may convert twice',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [
        {
          ask: LOG,
          say: {
            data: [
              ROW,
              { ...ROW, conversed_at: 1_785_600_000, status: 'upsell', payout: null, offer: '' },
              { ...ROW, id: 'clk2', campaign_id: 8, status: '', clicked_at: null },
            ],
          },
        },
      ],
      gives: log([
        entry,
        {
          ...entry,
          offer: null,
          status: null,
          statusText: 'upsell',
          payout: null,
          convertedAt: 1_785_600_000_000,
        },
        {
          ...entry,
          id: 'clk2',
          clickId: 'clk2',
          campaign: { id: '8', name: 'Summer <b>' },
          status: null,
          statusText: '',
          clickedAt: null,
        },
      ]),
    },
    {
      title: 'of one campaign and click: picked here, by id or else by name',
      run: (adapter, client) =>
        adapter.conversions?.(client, logQuestion({ campaignId: '7', clickId: 'clk1' })),
      line: [
        {
          ask: LOG,
          say: [
            ROW,
            { ...ROW, campaign: 'Other' },
            { ...ROW, campaign_id: '8' },
            { ...ROW, id: 'x' },
          ],
        },
        info('campaign', [INFO, { id: 8, name: 'Other', is_deleted: 1 }, totals(2)]),
      ],
      gives: log([{ ...entry, campaign: { id: '7', name: 'Summer <b>' } }]),
    },
    {
      title: 'of one campaign that is named with its id, whatever its name is by now',
      run: (adapter, client) =>
        adapter.conversions?.(client, logQuestion({ campaignId: '49', clickId: 'clk1' })),
      line: [
        {
          ask: LOG,
          say: [
            { ...ROW, campaign: 'Renamed (2) (id:49)' },
            { ...ROW, campaign: 'Summer <b> (id:7)' },
          ],
        },
      ],
      gives: log([{ ...entry, campaign: { id: '49', name: 'Renamed (2)' } }]),
    },
    ...(
      [
        ['no campaign', [{ ...INFO, name: 'Renamed' }, totals(1)]],
        ['two campaigns', [INFO, { ...INFO, id: 8 }, totals(2)]],
      ] as const
    ).map(
      ([title, campaigns]): Case => ({
        title: `of one campaign, and the name is that of ${title}: none, and not the whole`,
        run: (adapter, client) => adapter.conversions?.(client, logQuestion({ campaignId: '7' })),
        line: [{ ask: LOG, say: [ROW] }, info('campaign', campaigns)],
        gives: { ...log([]), complete: false },
      }),
    ),
    {
      title: 'what is no moment is a wrong shape',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [{ ask: LOG, say: [{ ...ROW, clicked_at: 'soon' }] }],
      fails: { kind: 'shape', field: 'clicked_at', call: 'conversions', tracker: 'Binom v2' },
    },
  ]);
});
