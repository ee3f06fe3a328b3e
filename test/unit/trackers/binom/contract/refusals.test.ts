import { describe } from 'vitest';
import type { TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { binom } from '../../../../../lib/trackers/binom/adapter.ts';
import { costUpdate, KEY, playRefusals, type Refusal } from '../../contract.ts';
import { PAGE, PASTED, SIGN_IN } from './shared.ts';

const REFUSALS: readonly Refusal[] = [
  [
    'a wrong key with 200',
    { say: { error: 'Wrong api_key' } },
    { kind: 'auth', text: 'binom_key' },
  ],
  [
    'a wrong key in other words',
    { say: { error: 'Wrong key' } },
    { kind: 'auth', text: 'binom_key' },
  ],
  [
    'an error by status and message',
    { say: { status: 'error', message: 'No such campaign' } },
    { kind: 'conflict', values: ['No such campaign'] },
  ],
  [
    'the sign-in with 200',
    { text: SIGN_IN },
    { kind: 'auth', text: 'binom_login_page', maybeApplied: true },
  ],
  [
    'another page with 200',
    { text: PAGE },
    { kind: 'shape', text: 'problem_html', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { say: { error: `No ${KEY}` } },
    { kind: 'conflict', values: ['No •••'] },
  ],
  ['an error that is no text', { say: { error: ['x'] } }, { kind: 'conflict', values: ['["x"]'] }],
  ['401', { status: 401, say: { error: 'x' } }, { kind: 'auth', text: 'binom_key', status: 401 }],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  ['403', { status: 403, text: 'No' }, { kind: 'permission', status: 403 }],
  ['403 with an error', { status: 403, say: { error: 'No access' } }, { kind: 'permission' }],
  ...[400, 404, 406, 418, 422].map(
    (status): Refusal => [
      `${status} with an error`,
      { status, say: { error: 'Nothing here' } },
      { kind: 'conflict', text: 'binom_refused', status },
    ],
  ),
  [
    '429 with an error',
    { status: 429, headers: { 'Retry-After': '3' }, say: { error: 'slow down' } },
    { kind: 'rate', retryAfterMs: 3000 },
  ],
  [
    '500 with an error',
    { status: 500, say: { error: 'MySQL' } },
    { kind: 'network', status: 500, said: 'MySQL', maybeApplied: true },
  ],
  [
    '502 with an error',
    { status: 502, say: { error: 'x' } },
    { kind: 'network', status: 502, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: PAGE },
    { kind: 'timeout', text: 'problem_gateway_late', status: 502, maybeApplied: true },
  ],
  ['504', { status: 504 }, { kind: 'timeout', status: 504, maybeApplied: true }],
  [
    'a redirect to the sign-in',
    { status: 302, headers: { Location: '/' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  ['an empty answer', {}, { kind: 'shape', text: 'problem_empty', maybeApplied: true }],
];

describe('refusals', () => {
  playRefusals(binom, PASTED, REFUSALS, {
    read: (client: TrackerClient) => binom.campaigns(client),
    write: (client: TrackerClient) => binom.setCost?.(client, costUpdate({ currency: 'USD' })),
  });
});
