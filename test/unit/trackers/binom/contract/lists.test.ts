import { describe, expect, test } from 'vitest';
import { binom } from '../../../../../lib/trackers/binom/adapter.ts';
import {
  type Case,
  contractClient,
  type Exchange,
  KEY,
  playAll,
  responseOf,
} from '../../contract.ts';
import {
  ARCHIVED,
  CAMPAIGN,
  campaignsOf,
  OLD,
  PAGE,
  PASTED,
  QUIET,
  SCRIPT,
  SIGN_IN,
} from './shared.ts';

/** The documents name this script for objects, whatever that of reports is called. */
const OBJECTS = 'GET /sub/index.php';
const ROLE = 'GET /sub/public/api/v1/user/role';
const TODAY = 'date=12&date_s=2026-08-02&date_e=2026-08-02&timezone=+2:00';
/** A day that is over everywhere, in two zones. */
const PAST = 'date=12&date_s=2026-07-30&date_e=2026-07-30&timezone=+0:00';
const SHIFTED = 'date=12&date_s=2026-07-30&date_e=2026-07-30&timezone=+12:00';

/** The campaigns as a check asks for them. */
const checked = (say: readonly object[]): Exchange[] => [
  campaignsOf(PAST, say),
  campaignsOf(SHIFTED, []),
];

describe('check, lists', () => {
  const facts = {
    account: null,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
    outdated: false,
  };
  const v2 = (say: Omit<Exchange, 'ask'>): Exchange => ({ ask: ROLE, keyless: true, ...say });
  playAll(binom, PASTED, [
    {
      title: 'check: v1, where nothing answers as v2',
      run: (adapter, client) => adapter.check(client),
      line: [...checked([CAMPAIGN, ARCHIVED, QUIET]), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1', campaigns: 2 },
    },
    {
      title: 'check: columns of versions up to 1.8',
      run: (adapter, client) => adapter.check(client),
      line: [...checked([OLD]), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1, before 1.9', campaigns: 1, outdated: true },
    },
    {
      title: 'check: those columns, but it is v2 that answers',
      run: (adapter, client) => adapter.check(client),
      line: [
        ...checked([OLD]),
        v2({ status: 401, say: { error: 'No key' } }),
        { ask: 'GET /sub/robots.txt', keyless: true, status: 404 },
      ],
      gives: { ...facts, version: 'v2, answering as v1', campaigns: 1 },
    },
    {
      title: 'check: without a campaign nothing tells the age',
      run: (adapter, client) => adapter.check(client),
      line: [campaignsOf(PAST, []), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1', campaigns: 0 },
    },
    {
      title: 'campaigns: with the columns of versions up to 1.8',
      run: (adapter, client) => adapter.campaigns(client),
      line: [campaignsOf(TODAY, [OLD])],
      gives: [{ id: '10', name: 'Test Camp', active: true, source: { id: '2', name: 'Test' } }],
    },
    {
      title: 'check: the entry that v2 keeps for calls of v1',
      run: (adapter, client) => adapter.check(client),
      line: [
        ...checked([CAMPAIGN]),
        v2({ status: 401, say: { error: 'No key' } }),
        { ask: 'GET /sub/robots.txt', keyless: true, status: 404 },
      ],
      gives: { ...facts, version: 'v2, answering as v1', campaigns: 1 },
    },
    {
      title: 'check: which version it is cannot be told now',
      run: (adapter, client) => adapter.check(client),
      line: [...checked([CAMPAIGN]), v2({ status: 500 })],
      gives: { ...facts, version: 'v1', campaigns: 1 },
    },
    {
      title: 'check: another site',
      run: (adapter, client) => adapter.check(client),
      line: [{ ...campaignsOf(PAST, undefined), text: '<html>Shop</html>' }],
      fails: { kind: 'shape', text: 'problem_html' },
    },
    {
      title: 'campaigns: archived ones are left out',
      run: (adapter, client) => adapter.campaigns(client),
      line: [campaignsOf(TODAY, [CAMPAIGN, ARCHIVED, QUIET])],
      gives: [
        {
          id: '7',
          name: 'Test <b>Camp</b>',
          active: true,
          source: { id: '21', name: 'PropellerAds' },
        },
        { id: '8', name: 'Quiet', active: true, source: null },
      ],
    },
    ...[[], null, ''].map(
      (say): Case => ({
        title: `campaigns: ${JSON.stringify(say)} is none`,
        run: (adapter, client) => adapter.campaigns(client),
        line: [campaignsOf(TODAY, say)],
        gives: [],
      }),
    ),
    {
      title: 'sources: fields that look like tokens, else the slots by number',
      run: async (adapter, client) =>
        (await adapter.sources(client)).map(({ tokens, ...source }) => ({
          ...source,
          count: tokens.length,
          first: tokens.slice(0, 3),
        })),
      line: [
        {
          ask: `${OBJECTS}?action=source_getall`,
          say: [
            { id: '21', name: 'PropellerAds', t1_name: 'zone', t1_value: '{zoneid}', token_2: 'c' },
            { id: 22, name: 'Plain' },
            { id: 23, name: 'Macros alone', t1_value: '{zoneid}' },
          ],
        },
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          count: 10,
          first: [
            { slot: 1, name: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 2, name: 'c', macro: null, role: null },
            { slot: 3, name: 'Token 3', parameter: null, macro: null, role: null },
          ],
        },
        {
          id: '22',
          name: 'Plain',
          count: 10,
          first: [1, 2, 3].map((slot) => ({
            slot,
            name: `Token ${slot}`,
            parameter: null,
            macro: null,
            role: null,
          })),
        },
        {
          id: '23',
          name: 'Macros alone',
          count: 10,
          first: [
            { slot: 1, name: '{zoneid}', parameter: null, macro: '{zoneid}', role: 'placement' },
            ...[2, 3].map((slot) => ({
              slot,
              name: `Token ${slot}`,
              parameter: null,
              macro: null,
              role: null,
            })),
          ],
        },
      ],
    },
    {
      title: 'offers: payout in the tracker’s currency, none where it is automatic',
      run: (adapter, client) => adapter.offers?.(client),
      line: [
        {
          ask: `${OBJECTS}?action=offer_getall`,
          say: [
            { id: '10', name: 'MyOfferName', payout: '1.2', status: '1', auto_payout: '0' },
            { id: 11, name: 'Auto', payout: '3', status: 1, auto_payout: 1, network_name: 'Net' },
            { id: '12', name: 'Deleted', payout: '1', status: '0', auto_payout: '0' },
          ],
        },
      ],
      gives: [
        {
          id: '10',
          name: 'MyOfferName',
          active: true,
          payout: { amount: 1.2, currency: 'USD' },
          network: null,
        },
        { id: '11', name: 'Auto', active: true, payout: null, network: 'Net' },
      ],
    },
    {
      title: 'landers',
      run: (adapter, client) => adapter.landers?.(client),
      line: [
        {
          ask: `${OBJECTS}?action=landing_getall`,
          say: [
            { id: '1', name: 'Quiz', status: '1', lang: 'EN', offers: '1' },
            { id: '2', name: 'Deleted', status: 0 },
          ],
        },
      ],
      gives: [{ id: '1', name: 'Quiz', active: true }],
    },
    ...[{ status: 404, text: 'Not Found' }, { text: PAGE }, { text: SIGN_IN }].map(
      (elsewhere, index): Case => ({
        title: `landers: the script itself where index.php is not the tracker's (${index})`,
        run: (adapter, client) => adapter.landers?.(client),
        line: [
          { ask: `${OBJECTS}?action=landing_getall`, ...elsewhere },
          { ask: `${SCRIPT}?action=landing_getall`, say: [{ id: '1', name: 'Quiz', status: '1' }] },
        ],
        gives: [{ id: '1', name: 'Quiz', active: true }],
      }),
    ),
    {
      title: 'objects: an error comes with 200',
      run: (adapter, client) => adapter.offers?.(client),
      line: [{ ask: `${OBJECTS}?action=offer_getall`, say: { error: 'Object not found' } }],
      fails: { kind: 'conflict', text: 'binom_refused', values: ['Object not found'] },
    },
  ]);

  test('the key is the last of the query, encoded, and a connection without a script asks index.php', async () => {
    const { client, urls } = contractClient(binom, 'https://t.example/', () =>
      responseOf({ say: [] }),
    );
    await binom.landers?.(client);
    expect(urls).toEqual([
      `https://t.example/index.php?action=landing_getall&${new URLSearchParams({ api_key: KEY })}`,
    ]);
  });
});
