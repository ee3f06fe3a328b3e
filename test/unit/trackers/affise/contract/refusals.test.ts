import { describe } from 'vitest';
import type { TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { KEY, playRefusals, question, type Refusal } from '../../contract.ts';
import { PASTED, upload } from './shared.ts';

const HTML = '<html>Sign in</html>';
const said = (error: unknown, status = 2) => ({ status, error });
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: said('API-Key is missing') }, { kind: 'auth', status: 401 }],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  [
    '403',
    { status: 403, say: said('Access denied') },
    { kind: 'permission', text: 'affise_permission' },
  ],
  ...[400, 404, 406, 409, 418, 422].map(
    (status): Refusal => [
      `${status}`,
      { status, say: said('date_from is required', 0) },
      { kind: 'conflict', text: 'affise_refused', values: ['date_from is required'], status },
    ],
  ),
  ['400 without words', { status: 400, say: { status: 2 } }, { kind: 'conflict', status: 400 }],
  ['status 2 with 200: a key', { say: said('Wrong API-Key') }, { kind: 'auth' }],
  [
    'status 2 with 200: rights',
    { say: said('You have no permission') },
    { kind: 'permission', text: 'affise_permission' },
  ],
  ['status 2 with 200: a limit', { say: said('Too many requests') }, { kind: 'rate' }],
  [
    'status 0 with 200',
    { say: said('Wrong slice', 0) },
    { kind: 'conflict', values: ['Wrong slice'] },
  ],
  [
    'status "2" with 200, fields that are wrong',
    { say: { status: '2', error: { slice: ['required'] } } },
    { kind: 'conflict', values: ['{"slice":["required"]}'] },
  ],
  [
    'status 2 with 200, a message',
    { say: { status: 2, message: 'Later' } },
    { kind: 'conflict', values: ['Later'] },
  ],
  ['status 2 with 200, no words', { say: { status: 2 } }, { kind: 'conflict' }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '5' }, say: said('Too many requests') },
    { kind: 'rate', retryAfterMs: 5000 },
  ],
  ['500', { status: 500, say: said('x') }, { kind: 'network', status: 500, maybeApplied: true }],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'timeout', text: 'problem_gateway_late', maybeApplied: true },
  ],
  ['503', { status: 503 }, { kind: 'network', status: 503, maybeApplied: true }],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 302, headers: { Location: '/v2/sign/in' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: said(`bad ${KEY}`) },
    { kind: 'conflict', values: ['bad •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(affise, PASTED, REFUSALS, {
    read: (client: TrackerClient) => affise.report(client, question()),
    write(client: TrackerClient) {
      // Known already, so that the write is the first request.
      client.memory.set('affise.key', 'admin');
      return affise.uploadConversions?.(client, [upload()]);
    },
  });
});
