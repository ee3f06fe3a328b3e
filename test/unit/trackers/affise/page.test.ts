import { describe, expect, test } from 'vitest';
import { page } from '../../../../lib/trackers/affise/page.ts';
import { documentWith } from '../fake-tracker-client.ts';

const view = (over: object) => ({
  campaignId: null,
  campaignName: null,
  range: null,
  groupBy: null,
  ...over,
});
/** A route on a network's own domain proves nothing without the user's word for the domain. */
const connected = true;

describe('pages of the Affise panel', () => {
  test.each([
    ['https://net.affise.com/v2/statistics', view({ view: 'statistics' })],
    [
      'https://net.affise.com/v2/statistics/daily?date_from=2026-08-01&date_to=2026-08-02',
      view({ view: 'statistics', range: { from: '2026-08-01', to: '2026-08-02' } }),
    ],
    ['https://net.affise.com/v2/offers', view({ view: 'offers' })],
    ['https://net.affise.com/v2/offers/902', view({ view: 'offer', campaignId: '902' })],
    ['https://net.affise.com/v2/offer/902/', view({ view: 'offer', campaignId: '902' })],
    ['https://net.affise.com/v2/offers/5718dac83b7d9bf8588b4579', view({ view: 'offers' })],
    ['https://net.affise.com/v2/dashboard', view({ view: 'other' })],
    ['https://net.affise.com/v2/something-new', view({ view: 'other' })],
    ['https://net.affise.com/statistics/affise/daily', view({ view: 'statistics' })],
    ['https://net.affise.com/stats/custom', view({ view: 'statistics' })],
    ['https://net.affise.com/users-management', view({ view: 'other' })],
    ['https://partners.brand.com/stats/custom', view({ view: 'statistics' })],
    ['https://partners.brand.com/v2/offers/7', view({ view: 'offer', campaignId: '7' })],
    ['https://partners.brand.com/cpa/v2/offers', view({ view: 'offers' })],
    ['http://127.0.0.1:4020/v2/statistics', view({ view: 'statistics' })],
    [
      'https://net.affise.com/v2/statistics?date_from=2026-08-09&date_to=2026-08-02',
      view({ view: 'statistics' }),
    ],
  ])('%s', (url, expected) => {
    const evidence = { url: new URL(url), title: '', document: documentWith(), connected };
    expect(page.recognise(evidence)).toEqual(expected);
  });

  test('an offer’s name is its heading', () => {
    const document = documentWith({ h1: ' HD-smart [Web] ' });
    const url = new URL('https://net.affise.com/v2/offers/902');
    expect(page.recognise({ url, title: '', document })?.campaignName).toBe('HD-smart [Web]');
  });

  test.each([
    'https://net.affise.com/v2/sign/in',
    'https://net.affise.com/v2/sign/up?ref=1',
    'https://net.affise.com/',
    'https://net.affise.com/offers/902',
    'https://offers-net.affise.com/v2/offers',
    'https://offers-net.affise.com/stats/custom',
    'https://help-center.affise.com/v2/offers',
    'https://blog.brand.com/a/stats/custom',
    'https://api-net.affise.com/v2/offers',
    'https://www.affise.com/v2/offers',
    'https://affise.com/v2/offers',
    'https://blog.brand.com/v2/something',
    'https://blog.brand.com/a/b/v2/offers',
    'https://blog.brand.com/v2',
    'https://blog.brand.com/offers/7',
  ])('%s is nothing, whatever its title', (url) => {
    const evidence = { url: new URL(url), title: 'Affise', document: documentWith(), connected };
    expect(page.recognise(evidence)).toBeNull();
  });

  test('a sign-in form on a panel’s address is nothing', () => {
    const document = documentWith({ '[type="password"]': '' });
    const url = new URL('https://net.affise.com/v2/offers');
    expect(page.recognise({ url, title: '', document })).toBeNull();
  });
});
