import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';

describe('addresses', () => {
  const net = { api: 'https://api-net.affise.com', pages: ['https://net.affise.com'] };
  test.each([
    ['https://net.affise.com/v2/offers?x=1', { ...net, removed: ['/v2/offers', '?x=1'] }],
    ['https://api-net.affise.com', { ...net, removed: [] }],
    ['http://api-net.affise.com/3.0/', { ...net, removed: ['http://', '/3.0/'] }],
    ['http://api.net.affise.com/3.0/offers', { ...net, removed: ['http://', '/3.0/offers'] }],
    [
      'https://api-lime-finance.affise.com/',
      {
        api: 'https://api-lime-finance.affise.com',
        pages: ['https://lime-finance.affise.com'],
        removed: [],
      },
    ],
    [
      'https://partners.brand.com/sub/3.0/stats/custom?x',
      {
        api: 'https://partners.brand.com/sub',
        pages: ['https://partners.brand.com'],
        removed: ['/3.0/stats/custom', '?x'],
      },
    ],
    [
      'http://127.0.0.1:4020/v2/statistics#a',
      {
        api: 'http://127.0.0.1:4020',
        pages: ['http://127.0.0.1:4020'],
        removed: ['/v2/statistics', '#a'],
      },
    ],
    [
      'https://net.affise.com.evil.example/v2/',
      {
        api: 'https://net.affise.com.evil.example',
        pages: ['https://net.affise.com.evil.example'],
        removed: ['/v2/'],
      },
    ],
  ])('%s', (pasted, expected) => {
    expect(affise.address(new URL(pasted))).toEqual(expected);
  });

  test.each([
    ['https://affise.com/', 'affise_address'],
    ['https://www.affise.com/pricing', 'affise_address'],
    ['https://help-center.affise.com/', 'affise_address'],
    ['https://offers-net.affise.com/postback?clickid=1', 'affise_address'],
  ])('%s is refused', (pasted, text) => {
    expect(() => affise.address(new URL(pasted))).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ kind: 'input', text }) }),
    );
  });

  test.each([
    ['https://net.affise.com/v2/offers', true],
    ['https://partners.brand.com/3.0/partner/offers', true],
    ['https://partners.brand.com/v2/offers', false],
    ['https://www.affise.com/', false],
    ['https://offers-net.affise.com/postback', false],
    ['https://notaffise.com/', false],
  ])('%s claimed: %s', (pasted, claimed) => {
    expect(affise.claims(new URL(pasted))).toBe(claimed);
  });
});
