import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../../fake-tracker-client.ts';

/** "Offer list" of the published document (affiliate methods), shortened. */
const OFFERS = {
  status: 1,
  offers: [
    { id: 902, offer_id: '5718dac83b7d9bf8588b4579', title: 'HD-smart [Web]', payments: [] },
    { id: 903, title: 'Stopped', status: 'stopped' },
  ],
  pagination: { per_page: 500, total_count: 2, page: 1 },
};
const DENIED = { status: 403, json: { status: 2, error: 'Access denied' } };

describe('offers', () => {
  const expected = [
    { id: '902', name: 'HD-smart [Web]', active: true, source: null },
    { id: '903', name: 'Stopped', active: false, source: null },
  ];

  test('an affiliate reads their own list', async () => {
    const { client, sent } = fakeTrackerClient(affise, () => ({ json: OFFERS }));
    expect(await affise.campaigns(client)).toEqual(expected);
    expect(sent).toMatchObject([
      { line: 'GET /3.0/partner/offers', query: ['limit=500', 'page=1'] },
    ]);
  });

  test.each([
    ['with 403', DENIED],
    ['in an answer with status 200', { json: { status: 2, error: 'Access denied' } }],
    ['with 404', { status: 404, json: { status: 2, error: 'Not found' } }],
  ])('an administrator, refused %s, reads the other one from then on', async (_name, refused) => {
    const { client, sent } = fakeTrackerClient(affise, (path) =>
      path === '/3.0/offers' ? { json: OFFERS } : refused,
    );
    expect(await affise.campaigns(client)).toEqual(expected);
    await affise.campaigns(client);
    expect(sent.map(({ line }) => line)).toEqual([
      'GET /3.0/partner/offers',
      'GET /3.0/offers',
      'GET /3.0/offers',
    ]);
  });

  test('a refused key is not tried elsewhere', async () => {
    const { client, sent } = fakeTrackerClient(affise, () => ({
      status: 401,
      json: { status: 2, error: 'API-Key is missing' },
    }));
    expect(await problemFrom(affise.campaigns(client))).toMatchObject({ kind: 'auth' });
    expect(sent.length).toBe(1);
  });
});
