import { describe } from 'vitest';
import type { TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { costUpdate, KEY, playRefusals, question, type Refusal } from '../../contract.ts';
import { PASTED } from './shared.ts';

const HTML = '<html>Maintenance</html>';
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: { message: 'Bad key' } }, { kind: 'auth', text: 'binom_key' }],
  ['401 of a proxy', { status: 401, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ['402', { status: 402, say: { error: 'x' } }, { kind: 'unsupported', status: 402 }],
  ['403', { status: 403, say: { error: 'No' } }, { kind: 'permission', text: 'binom2_rights' }],
  ['403 of a proxy', { status: 403, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ...(
    [
      ['errors.detail', { errors: { detail: 'datePreset is required' } }],
      ['error', { error: 'datePreset is required' }],
      ['message', { message: 'datePreset is required' }],
    ] as const
  ).flatMap(([where, say]) =>
    [400, 404, 422].map(
      (status): Refusal => [
        `${status} with ${where}`,
        { status, say },
        { kind: 'conflict', text: 'binom_refused', values: ['datePreset is required'], status },
      ],
    ),
  ),
  ['404 without words', { status: 404, say: {} }, { kind: 'conflict', status: 404 }],
  ['404 of a web server', { status: 404, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ['406', { status: 406, say: { error: 'x' } }, { kind: 'conflict', status: 406 }],
  ['418', { status: 418, say: { message: 'teapot' } }, { kind: 'rate', status: 418 }],
  ['418 of a proxy', { status: 418, text: HTML }, { kind: 'rate' }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '2' }, say: {} },
    { kind: 'rate', retryAfterMs: 2000 },
  ],
  [
    '500',
    { status: 500, say: { error: 'x' } },
    { kind: 'network', status: 500, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'timeout', text: 'problem_gateway_late', status: 502, maybeApplied: true },
  ],
  [
    'an error with 200',
    { say: { error: 'No such campaign' } },
    { kind: 'conflict', text: 'binom_refused', values: ['No such campaign'] },
  ],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 302, headers: { Location: '/login' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: { error: `No ${KEY}` } },
    { kind: 'conflict', values: ['No •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(binom2, PASTED, REFUSALS, {
    read: (client: TrackerClient) => binom2.report(client, question({ groupBy: ['campaign'] })),
    write: (client: TrackerClient) => binom2.setCost?.(client, costUpdate()),
  });
});
