import { describe, expect, test } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';

describe('addresses', () => {
  const own = { api: 'https://api.redtrack.io', pages: ['https://app.redtrack.io'] };
  test.each([
    ['https://app.redtrack.io', { ...own, removed: [] }],
    ['https://app.redtrack.io/campaigns?x=1#y', { ...own, removed: ['/campaigns', '?x=1', '#y'] }],
    ['http://api.redtrack.io/report', { ...own, removed: ['http://', '/report'] }],
    [
      'https://track.brand.com/campaigns',
      {
        api: 'https://track.brand.com/api',
        pages: ['https://track.brand.com'],
        removed: ['/campaigns'],
      },
    ],
    [
      'http://127.0.0.1:4010/api/',
      { api: 'http://127.0.0.1:4010/api', pages: ['http://127.0.0.1:4010'], removed: [] },
    ],
    [
      'https://redtrack.io.evil.example/',
      {
        api: 'https://redtrack.io.evil.example/api',
        pages: ['https://redtrack.io.evil.example'],
        removed: [],
      },
    ],
  ])('%s', (pasted, expected) => {
    expect(redtrack.address(new URL(pasted))).toEqual(expected);
  });

  test('only its own hosts are claimed', () => {
    expect(redtrack.claims(new URL('https://app.redtrack.io/x'))).toBe(true);
    expect(redtrack.claims(new URL('https://notredtrack.io/'))).toBe(false);
  });
});
