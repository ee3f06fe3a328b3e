import { describe, expect, test } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { DOCUMENTED } from './shared.ts';

describe('refusals', () => {
  test.each([
    [401, { error: 'Unauthorized' }, { kind: 'auth', said: 'Unauthorized' }],
    [401, { errors: ['Token is invalid'] }, { kind: 'auth', said: 'Token is invalid' }],
    [403, { error: 'action not allowed' }, { kind: 'permission', said: 'action not allowed' }],
    [
      400,
      { errors: ['Title cannot be blank', 'URL cannot be blank'] },
      { kind: 'conflict', said: 'Title cannot be blank; URL cannot be blank' },
    ],
    [404, { error: 'not found' }, { kind: 'conflict', text: 'redtrack_refused' }],
    [200, { error: 'no such report' }, { kind: 'conflict', said: 'no such report' }],
  ])('%i %j', (status, json, expected) => {
    expect(redtrack.refusal({ status, json, text: '' })).toMatchObject(expected);
  });

  test.each([
    [429, { error: 'too many requests' }],
    [500, { error: 'Problem with loading report' }],
    [200, [DOCUMENTED]],
    [200, { items: [], total: 0 }],
    [502, undefined],
  ])('%i %j is left to the rules for all trackers', (status, json) => {
    expect(redtrack.refusal({ status, json, text: '' })).toBeNull();
  });
});
