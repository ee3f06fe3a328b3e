import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { DOCUMENTED } from './shared.ts';

describe('refusals', () => {
  test.each([
    [401, { status: 2, error: 'API-Key is missing' }, 'auth'],
    [403, { status: 2, error: 'Access denied' }, 'permission'],
    [404, { status: 2, error: 'Not found' }, 'conflict'],
    [409, { status: 2, error: 'Duplicate' }, 'conflict'],
    [400, { status: 0, error: 'date_from is required' }, 'conflict'],
    [200, { status: 2, error: 'Wrong API-Key' }, 'auth'],
    [200, { status: 0, error: 'You have no permission' }, 'permission'],
    [200, { status: 2, error: 'Too many requests' }, 'rate'],
    [200, { status: '2', error: { slice: ['required'] } }, 'conflict'],
    [200, { status: 2, message: 'Something else' }, 'conflict'],
  ])('%i %j is %s', (status, json, kind) => {
    expect(affise.refusal({ status, json, text: '' })).toMatchObject({ kind, status });
  });

  test.each([
    [200, DOCUMENTED],
    [429, { status: 2, error: 'Too many requests' }],
    [500, { status: 2, error: 'x' }],
    [502, undefined],
  ])('%i %j is left to the rules for all trackers', (status, json) => {
    expect(affise.refusal({ status, json, text: '' })).toBeNull();
  });
});
