import { describe } from 'vitest';
import type { TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { costUpdate, KEY, playRefusals, question, type Refusal } from '../../contract.ts';
import { ID, PASTED } from './shared.ts';

const HTML = '<html>Sign in</html>';
const REFUSALS: readonly Refusal[] = [
  [
    '401',
    { status: 401, say: { error: 'Unauthorized' } },
    { kind: 'auth', status: 401, said: 'Unauthorized' },
  ],
  [
    '401 with the old list',
    { status: 401, say: { errors: ['Token is invalid'] } },
    { kind: 'auth' },
  ],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  [
    '403',
    { status: 403, say: { error: 'not allowed' } },
    { kind: 'permission', text: 'redtrack_rights' },
  ],
  ...[400, 404, 406, 418, 422].map(
    (status): Refusal => [
      `${status}`,
      { status, say: { errors: ['Title cannot be blank', 'URL cannot be blank'] } },
      {
        kind: 'conflict',
        text: 'redtrack_refused',
        values: ['Title cannot be blank; URL cannot be blank'],
        status,
      },
    ],
  ),
  [
    '400 with words that are no text',
    { status: 400, say: { error: { a: 1 } } },
    { kind: 'conflict', status: 400 },
  ],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '4' }, say: { error: 'too many requests' } },
    { kind: 'rate', retryAfterMs: 4000 },
  ],
  [
    '500',
    { status: 500, say: { error: 'Problem with loading report' } },
    { kind: 'network', said: 'Problem with loading report', maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'timeout', text: 'problem_gateway_late', maybeApplied: true },
  ],
  ['503', { status: 503 }, { kind: 'network', status: 503, maybeApplied: true }],
  [
    'an error with 200',
    { say: { error: 'no such report' } },
    { kind: 'conflict', values: ['no such report'] },
  ],
  ['the old list with 200', { say: { errors: ['no'] } }, { kind: 'conflict', values: ['no'] }],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 301, headers: { Location: '/signin' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: { error: `bad ${KEY}` } },
    { kind: 'conflict', values: ['bad •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(redtrack, PASTED, REFUSALS, {
    read: (client: TrackerClient) => redtrack.report(client, question()),
    write: (client: TrackerClient) => redtrack.setCost?.(client, costUpdate({ campaignId: ID })),
  });
});
