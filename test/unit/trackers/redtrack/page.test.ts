import { describe, expect, test } from 'vitest';
import { page } from '../../../../lib/trackers/redtrack/page.ts';
import { documentWith } from '../fake-tracker-client.ts';

const ID = '5a7b3ba2f07a9105f25a5f5d';
const view = (over: object) => ({
  campaignId: null,
  campaignName: null,
  range: null,
  groupBy: null,
  ...over,
});
const campaign = (over: object) => view({ view: 'campaign', campaignId: ID, ...over });

describe('pages of RedTrack’s web app', () => {
  test.each([
    ['https://app.redtrack.io/campaigns', 'RedTrack', view({ view: 'campaigns' })],
    ['https://app.redtrack.io/campaigns/', '', view({ view: 'campaigns' })],
    [
      'https://app.redtrack.io/campaigns?date_from=2026-08-01&date_to=2026-08-02',
      'RedTrack',
      view({ view: 'campaigns', range: { from: '2026-08-01', to: '2026-08-02' } }),
    ],
    [
      'https://app.redtrack.io/campaigns?time_interval=last7days',
      'RedTrack',
      view({ view: 'campaigns', range: { preset: 'last7' } }),
    ],
    [
      `https://app.redtrack.io/campaigns/report/${ID}?dateFrom=2026-08-01&dateTo=2026-08-01`,
      'RedTrack',
      campaign({ range: { from: '2026-08-01', to: '2026-08-01' } }),
    ],
    [
      `https://app.redtrack.io/campaigns/reports/traffic/${ID.toUpperCase()}`,
      'Summer push DE | RedTrack',
      campaign({ campaignName: 'Summer push DE' }),
    ],
    [`https://app.redtrack.io/campaigns/edit/${ID}`, 'Campaigns - RedTrack', campaign({})],
    ['https://app.redtrack.io/campaigns/new', 'RedTrack', view({ view: 'other' })],
    ['https://app.redtrack.io/offers', 'RedTrack', view({ view: 'offers' })],
    [`https://app.redtrack.io/offers/edit/${ID}`, 'RedTrack', view({ view: 'offer' })],
    [`https://app.redtrack.io/landers/edit/${ID}`, 'RedTrack', view({ view: 'lander' })],
    ['https://app.redtrack.io/sources', 'RedTrack', view({ view: 'sources' })],
    ['https://app.redtrack.io/payments', 'RedTrack', view({ view: 'other' })],
    ['https://app.redtrack.io/', 'RedTrack', view({ view: 'other' })],
    ['https://track.brand.com/campaigns', 'Campaigns | RedTrack', view({ view: 'campaigns' })],
    [`https://track.brand.com/campaigns/report/${ID}`, 'Brand', campaign({})],
    ['http://127.0.0.1:4010/campaigns', 'RedTrack', view({ view: 'campaigns' })],
    [
      'https://app.redtrack.io/campaigns?date_from=2026-08-09&date_to=2026-08-02',
      'RedTrack',
      view({ view: 'campaigns' }),
    ],
  ])('%s "%s"', (url, title, expected) => {
    const evidence = { url: new URL(url), title, document: documentWith() };
    expect(page.recognise(evidence)).toEqual(expected);
  });

  test.each([
    ['https://app.redtrack.io/signin', 'RedTrack'],
    ['https://app.redtrack.io/sign-up', 'RedTrack'],
    ['https://app.redtrack.io/signup/plan', 'RedTrack'],
    ['https://app.redtrack.io/sign_up', 'RedTrack'],
    ['https://app.redtrack.io/signup-trial', 'RedTrack'],
    ['https://app.redtrack.io/create-account', 'RedTrack'],
    ['https://app.redtrack.io/free-trial', 'RedTrack'],
    ['https://app.redtrack.io/confirm-email/abc', 'RedTrack'],
    ['https://app.redtrack.io/activate', 'RedTrack'],
    ['https://app.redtrack.io/reset-password/abc', 'RedTrack'],
    ['https://app.redtrack.io/api/campaigns', ''],
    ['https://api.redtrack.io/campaigns', ''],
    ['https://help.redtrack.io/campaigns', 'RedTrack help'],
    ['https://redtrack.io/sources', 'RedTrack'],
    ['https://blog.brand.com/campaigns', 'Campaigns we love'],
    ['https://app.redtrack.io.evil.example/campaigns', 'Campaigns'],
  ])('%s "%s" is nothing', (url, title) => {
    const evidence = { url: new URL(url), title, document: documentWith() };
    expect(page.recognise(evidence)).toBeNull();
  });

  test('a sign-in form on the app’s address is nothing', () => {
    const document = documentWith({ '[type="password"]': '' });
    const url = new URL('https://app.redtrack.io/campaigns');
    expect(page.recognise({ url, title: 'RedTrack', document })).toBeNull();
  });
});
