import { expect, test } from 'vitest';
import { protectedIdsSchema } from '../../../lib/sources/protected-id-schema.ts';
import { protectedAt, withProtected } from '../../../lib/sources/protected-ids.ts';

const here = { format: 'mgid', id: '12' };
const elsewhere = { format: 'popads', id: '12' };

test('a placement is protected at one source, once, until it no longer is', () => {
  const both = withProtected(withProtected([], here, true), elsewhere, true);
  expect(both).toEqual([here, elsewhere]);
  expect(withProtected(both, { ...here }, true)).toEqual([elsewhere, here]);
  expect(withProtected(both, here, false)).toEqual([elsewhere]);
  const third = { format: 'mgid', id: '13' };
  expect(withProtected([...both, third], here, false)).toEqual([elsewhere, third]);
  expect([...protectedAt(both, 'mgid')]).toEqual(['12']);
  expect([...protectedAt(both, 'taboola')]).toEqual([]);
});

test('an empty id and an endless one are no placements', () => {
  expect(protectedIdsSchema.safeParse([here]).success).toBe(true);
  for (const id of ['', 'x'.repeat(501)]) {
    expect(protectedIdsSchema.safeParse([{ format: 'mgid', id }]).success).toBe(false);
  }
});
