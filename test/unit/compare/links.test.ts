import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkSchema } from '../../../lib/compare/link-schema.ts';
import {
  join,
  type Link,
  linkOf,
  type Member,
  memberOn,
  ofKind,
  unlink,
  withSplit,
} from '../../../lib/compare/links.ts';
import type { Problem } from '../../../lib/errors.ts';

const member = (connection: string, campaignId = '1'): Member => ({
  connection,
  campaignId,
  name: `${connection}${campaignId}`,
});
const made = { id: 'new', how: 'hand', at: 5 } as const;
const also = { ...made, also: true };
const namesIn = (links: readonly Link[]): string[][] =>
  links.map(({ members }) => members.map(({ name }) => name).sort());

describe('links', () => {
  test('join, merge and part', () => {
    const two = join([], member('k'), member('b'), made);
    const three = join(two, member('b'), member('r'), { ...made, id: 'other' });
    expect(three).toHaveLength(1);
    const link = linkOf(three, 'r', '1');
    expect(link && memberOn(link, 'k')).toEqual(member('k'));
    expect(link && memberOn(link, 'r')).toEqual(member('r'));
    expect(link && memberOn(link, 's')).toBeNull();
    expect(unlink(three, 'b', '1')[0]?.members.map(({ connection }) => connection)).toEqual([
      'k',
      'r',
    ]);
    expect(unlink(two, 'b', '1')).toEqual([]);
  });

  test('leave others as they are', () => {
    const [first] = join([], member('k', '8'), member('b', '8'), made);
    const both = join(first ? [first] : [], member('k'), member('b'), { ...made, id: 'other' });
    expect(both.map(({ id }) => id)).toEqual(['new', 'other']);
    expect(unlink(both, 'k', '1')).toEqual([first]);
    expect(unlink(both, 'k', '5')).toEqual(both);
  });

  test('of two campaigns become one, with all members', () => {
    const links = join(join([], member('k'), member('r'), made), member('b'), member('s'), {
      ...made,
      id: 'other',
    });
    const joined = join(links, member('k'), member('b'), { ...made, id: 'third', at: 9 });
    expect(namesIn(joined)).toEqual([['b1', 'k1', 'r1', 's1']]);
    expect(joined[0]).toMatchObject({ id: 'new', createdAt: 9 });
    // The link that is there keeps its id, whichever of the two it holds.
    expect(join(links, member('x'), member('b'), made)[1]).toMatchObject({ id: 'other' });
  });

  test('a new choice on a connection replaces the old one', () => {
    const first = join([], member('k'), member('b', '1'), made);
    expect(namesIn(join(first, member('k'), member('b', '2'), made))).toEqual([['b2', 'k1']]);
    expect(namesIn(join(first, member('k', '2'), member('b'), made))).toEqual([['b1', 'k2']]);
  });

  test('two campaigns of one connection, or two that disagree on a third, are refused', () => {
    const refusal = (problem: Partial<Problem>) =>
      expect.objectContaining({
        problem: expect.objectContaining({ kind: 'conflict', ...problem }),
      });
    const sameConnection = refusal({ text: 'link_same_connection' });
    expect(() => join([], member('k', '1'), member('k', '2'), made)).toThrow(sameConnection);
    expect(() => join([], member('k'), member('k'), also)).toThrow(sameConnection);
    const links: Link[] = [
      { id: 'x', how: 'hand', createdAt: 0, members: [member('k'), member('r', '1')] },
      { id: 'y', how: 'hand', createdAt: 0, members: [member('b'), member('r', '2')] },
    ];
    expect(() => join(links, member('k'), member('b'), made)).toThrow(
      refusal({ text: 'link_conflict', values: ['r1', 'r2'] }),
    );
  });
});

describe('several campaigns of a connection in one link', () => {
  const three = join(
    join([], member('k'), member('b', '1'), made),
    member('k'),
    member('b', '2'),
    also,
  );

  test('come beside the first', () => {
    expect(namesIn(three)).toEqual([['b1', 'b2', 'k1']]);
    // The link that is there makes two of one connection meaningful.
    expect(namesIn(join(three, member('b', '1'), member('b', '3'), also))).toEqual([
      ['b1', 'b2', 'b3', 'k1'],
    ]);
  });

  test('stay when another side is chosen anew', () => {
    const more = join(three, member('k'), member('r'), made);
    expect(namesIn(more)).toEqual([['b1', 'b2', 'k1', 'r1']]);
    expect(namesIn(join(more, member('b', '2'), member('r', '9'), made))).toEqual([
      ['b1', 'b2', 'k1', 'r9'],
    ]);
  });

  test('are parted one by one, until one connection is left', () => {
    const two = unlink(three, 'b', '2');
    expect(namesIn(two)).toEqual([['b1', 'k1']]);
    expect(unlink(two, 'b', '1')).toEqual([]);
    expect(unlink(three, 'k', '1')).toEqual([]);
  });

  test('keep both links of those that are joined', () => {
    const links = join(three, member('k', '5'), member('r', '5'), made);
    expect(namesIn(join(links, member('k', '1'), member('r', '5'), also))).toEqual([
      ['b1', 'b2', 'k1', 'k5', 'r5'],
    ]);
  });
});

test.each(['hand', 'name', 'offer', 'id', 'figures'] as const)(
  'a link by %s is stored whole, and read as it was',
  (how) => {
    const [link] = join([], member('k'), member('b'), { ...made, how, kind: 'offer' });
    expect(linkSchema.parse(JSON.parse(JSON.stringify(link)))).toEqual(link);
    expect(linkSchema.safeParse({ ...link, how: 'guess' }).success).toBe(false);
    expect(linkSchema.safeParse({ ...link, kind: 'lander' }).success).toBe(false);
    expect(linkSchema.safeParse({ ...link, members: [{ connection: 'k' }] }).success).toBe(false);
  },
);

test('offers and campaigns of the same ids are kept apart', () => {
  const campaigns = join([], member('k'), member('b'), made);
  const offers = join([], member('k'), member('b'), { ...made, id: 'o', kind: 'offer' });
  const all = [...campaigns, ...offers];
  expect(ofKind(all, 'campaign')).toEqual(campaigns);
  expect(ofKind(all, 'offer')).toEqual(offers);
  expect(campaigns[0]).not.toHaveProperty('kind');
});

test('whatever is linked and parted, a campaign is in one link, and a link joins connections', () => {
  const one = fc.record({
    connection: fc.constantFrom('k', 'b', 'r'),
    campaignId: fc.constantFrom('1', '2', '3'),
    name: fc.constant(''),
  });
  const act = fc.oneof(fc.record({ a: one, b: one, also: fc.boolean() }), fc.record({ part: one }));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let links: Link[] = [];
      for (const [at, did] of acts.entries()) {
        try {
          links =
            'part' in did
              ? unlink(links, did.part.connection, did.part.campaignId)
              : join(links, did.a, did.b, { ...made, id: String(at), also: did.also });
        } catch {
          // Refused: everything stays as it was.
        }
        const places = links.flatMap(({ members }) =>
          members.map(({ connection, campaignId }) => connection + campaignId),
        );
        expect(new Set(places).size).toBe(places.length);
        for (const { members } of links) {
          expect(new Set(members.map(({ connection }) => connection)).size).toBeGreaterThan(1);
        }
        expect(new Set(links.map(({ id }) => id)).size).toBe(links.length);
      }
    }),
  );
});

test.each(['hand', 'name', 'offer', 'id', 'address', 'figures'] as const)(
  'a link that was found by “%s” is read again as it was made',
  (how) => {
    const [link] = join([], member('k'), member('b'), { ...made, how });
    expect(linkSchema.parse(link)).toEqual({
      id: 'new',
      members: [member('k'), member('b')],
      how,
      createdAt: 5,
    });
  },
);

describe('a link of split traffic', () => {
  const k = member('k');
  const b = member('b');
  const r = member('r');
  const s = member('s');
  const split = (links: readonly Link[]) => links.map((link) => link.split ?? false);
  const halves = withSplit([], [k, b], true, made);

  test('is made by hand of campaigns that nothing links, and read again as it is', () => {
    expect(halves).toEqual([
      { id: 'new', members: [k, b], how: 'hand', split: true, createdAt: 5 },
    ]);
    expect(linkSchema.parse(JSON.parse(JSON.stringify(halves[0])))).toEqual(halves[0]);
    // Once the user takes it back, it is as a link of the same events ever was.
    const same = withSplit(halves, [b, k], false, { ...made, at: 9 });
    expect(same).toEqual(join([], k, b, made));
    expect(withSplit(same, [k, b], true, { ...made, at: 9 })).toEqual(halves);
  });

  test('takes in what the user names besides, with the links of those', () => {
    const two = join(halves, r, s, { ...made, id: 'other' });
    const all = withSplit(two, [k, b, r], true, made);
    expect(namesIn(all)).toEqual([['b1', 'k1', 'r1', 's1']]);
    expect(split(all)).toEqual([true]);
    expect(split(withSplit(two, [r, s], true, made))).toEqual([true, true]);
    expect(() => withSplit([], [k, member('k', '2')], true, made)).toThrow();
  });

  test('stays one while campaigns come and go', () => {
    const three = join(halves, b, r, also);
    expect(split(three)).toEqual([true]);
    expect(split(unlink(three, 'k', '1'))).toEqual([true]);
    expect(split(join(halves, k, member('b', '2'), made))).toEqual([true]);
    expect(split(join(halves, k, b, made))).toEqual([true]);
  });

  test('merges with another one as such, and with a link of the same events as that', () => {
    const others = join([], r, s, { ...made, id: 'other' });
    const other = withSplit(others, [r, s], true, made);
    expect(split(join([...halves, ...other], k, r, made))).toEqual([true]);
    expect(split(join([...halves, ...others], k, r, made))).toEqual([false]);
    expect(split(join([...halves, ...others], r, k, made))).toEqual([false]);
    expect(split(join([], k, b, made))).toEqual([false]);
  });
});
