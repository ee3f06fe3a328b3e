import { describe, expect, test } from 'vitest';
import { join, type Link, linkOf, memberOn, unlink } from '../../../lib/compare/links.ts';

describe('links', () => {
  const member = (connection: string, campaignId = '1') => ({
    connection,
    campaignId,
    name: campaignId,
  });
  const made = { id: 'new', how: 'hand', at: 5 } as const;

  test('join, merge and part', () => {
    const two = join([], member('k'), member('b'), made);
    const three = join(two, member('b'), member('r'), { ...made, id: 'other' });
    expect(three).toHaveLength(1);
    const link = linkOf(three, 'r', '1');
    expect(link && memberOn(link, 'k')?.campaignId).toBe('1');
    expect(unlink(three, 'b', '1')[0]?.members.map(({ connection }) => connection)).toEqual([
      'k',
      'r',
    ]);
    expect(unlink(two, 'b', '1')).toEqual([]);
  });

  test('a new choice on a connection replaces the old one', () => {
    const first = join([], member('k'), member('b', '1'), made);
    const second = join(first, member('k'), member('b', '2'), made);
    expect(second[0]?.members.find(({ connection }) => connection === 'b')?.campaignId).toBe('2');
  });

  test('two campaigns of one connection, or two that disagree on a third, are refused', () => {
    expect(() => join([], member('k', '1'), member('k', '2'), made)).toThrow();
    const links: Link[] = [
      { id: 'x', how: 'hand', createdAt: 0, members: [member('k'), member('r', '1')] },
      { id: 'y', how: 'hand', createdAt: 0, members: [member('b'), member('r', '2')] },
    ];
    expect(() => join(links, member('k'), member('b'), made)).toThrow();
  });
});
