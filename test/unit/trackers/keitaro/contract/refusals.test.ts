import { describe, expect, test } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import {
  contractClient,
  costUpdate,
  playRefusals,
  problemOf,
  type Refusal,
  responseOf,
} from '../../contract.ts';
import { PASTED } from './shared.ts';

const HTML = '<!doctype html><html><title>Win a phone</title></html>';
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: { error: 'Bad key' } }, { kind: 'auth', text: 'keitaro_key' }],
  ['402', { status: 402, say: { error: 'PRO' } }, { kind: 'unsupported', text: 'keitaro_edition' }],
  ['402, no body', { status: 402 }, { kind: 'unsupported', text: 'keitaro_edition' }],
  ['403', { status: 403, say: { message: 'No' } }, { kind: 'permission', text: 'keitaro_rights' }],
  ['404', { status: 404, say: { error: 'x' } }, { kind: 'conflict', text: 'keitaro_not_found' }],
  [
    '404 of a web server',
    { status: 404, text: HTML },
    { kind: 'conflict', text: 'keitaro_not_found' },
  ],
  ...[400, 406, 422].map(
    (status): Refusal => [
      `${status} with the fields that are wrong`,
      { status, say: { errors: { cost: ['is wrong'] } } },
      { kind: 'conflict', text: 'keitaro_refused', values: ['{"cost":["is wrong"]}'], status },
    ],
  ),
  ['406, no body', { status: 406 }, { kind: 'conflict', status: 406 }],
  ['418', { status: 418, say: { error: 'x' } }, { kind: 'conflict', status: 418 }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '7' }, say: { error: 'slow' } },
    { kind: 'rate', retryAfterMs: 7000 },
  ],
  ['429 of a proxy', { status: 429, text: HTML }, { kind: 'rate' }],
  [
    '500',
    { status: 500, say: { error: 'x' } },
    { kind: 'network', status: 500, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'timeout', text: 'problem_gateway_late', maybeApplied: true },
  ],
  [
    '403 of a proxy, which speaks of no key',
    { status: 403, text: HTML },
    { kind: 'shape', text: 'problem_html', status: 403 },
  ],
  [
    '401 of a proxy, which asks for its own password',
    { status: 401, text: HTML },
    { kind: 'shape', text: 'problem_html', status: 401 },
  ],
  [
    'a landing page with 200',
    { text: HTML },
    { kind: 'shape', text: 'keitaro_wrong_domain', maybeApplied: true },
  ],
  [
    'an error with 200',
    { say: { error: 'No such campaign' } },
    { kind: 'conflict', text: 'keitaro_refused', values: ['No such campaign'] },
  ],
  [
    'a redirect',
    { status: 302, headers: { Location: 'https://elsewhere.example/' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  ['an empty answer', {}, { kind: 'shape', text: 'problem_empty', maybeApplied: true }],
];

test('fields that a validation lists bare are said', async () => {
  for (const say of [{ currency: ['is not valid'] }, [{ field: 'currency', error: 'is bad' }]]) {
    const { client } = contractClient(keitaro, PASTED, () => responseOf({ status: 406, say }));
    const problem = await problemOf(keitaro.campaigns(client));
    expect(problem).toMatchObject({ kind: 'conflict', text: 'keitaro_refused' });
    expect(problem.said).toBe(JSON.stringify(say));
  }
});

describe('refusals', () => {
  playRefusals(keitaro, PASTED, REFUSALS, {
    read: async (client) => keitaro.landers?.(client),
    write: (client) => keitaro.setCost?.(client, costUpdate()),
  });
});
