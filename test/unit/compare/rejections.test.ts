import { expect, test } from 'vitest';
import { rejectionSchema } from '../../../lib/compare/link-schema.ts';
import type { Link } from '../../../lib/compare/links.ts';
import { pairKey, type Rejection, unlinked } from '../../../lib/compare/rejections.ts';

const member = (connection: string, campaignId: string) => ({ connection, campaignId, name: '' });
const [a, b, c] = [member('k', '1'), member('b', '2'), member('b', '3')];

test('a pair has one key, whatever its order; another kind or id has another', () => {
  expect(pairKey('campaign', { a, b })).toBe(pairKey('campaign', { a: b, b: a }));
  expect(pairKey('campaign', { a, b })).not.toBe(pairKey('offer', { a, b }));
  expect(pairKey('campaign', { a, b })).not.toBe(pairKey('campaign', { a, b: c }));
  // No id can be made to look like another pair.
  const [one, other] = [member('k', '1"]["b'), member('b', '2')];
  expect(pairKey('campaign', { a: one, b: other })).not.toBe(pairKey('campaign', { a, b }));
});

test('a rejection is stored whole, and read as it was', () => {
  const rejection: Rejection = { id: 'x', kind: 'offer', members: [a, b], rejectedAt: 5 };
  expect(rejectionSchema.parse(JSON.parse(JSON.stringify(rejection)))).toEqual(rejection);
  for (const change of [{ kind: 'lander' }, { members: [a] }, { rejectedAt: null }]) {
    expect(rejectionSchema.safeParse({ ...rejection, ...change }).success).toBe(false);
  }
});

test('a link takes back the rejection of a pair in it, of its own kind', () => {
  const rejection: Rejection = { id: 'x', members: [a, b], rejectedAt: 0 };
  const offer: Rejection = { ...rejection, id: 'o', kind: 'offer' };
  const link: Link = { id: 'l', members: [a, c, b], how: 'hand', createdAt: 0 };
  expect(unlinked([rejection, offer], [link])).toEqual([offer]);
  expect(unlinked([rejection, offer], [{ ...link, members: [a, c] }])).toEqual([rejection, offer]);
});
