import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScrub } from '../../../lib/http/scrub.ts';

const KEY = 'se"cret/ key+1&é';

describe('what a tracker says is freed of the key', () => {
  test.each([
    ['as it is', KEY],
    ['as URLs encode it', encodeURIComponent(KEY)],
    ['as URLs encode it, in small letters', encodeURIComponent(KEY).toLowerCase()],
    ['as forms encode it', new URLSearchParams([['k', KEY]]).toString().slice(2)],
    ['as JSON writes it', JSON.stringify(KEY).slice(1, -1)],
    ['as PHP writes JSON', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
    ['as HTML writes it', KEY.replace('&', '&amp;')],
  ])('%s', (_, form) => {
    const clean = createScrub(KEY)(`bad key ${form}, and again ${form}.`);
    expect(clean).toBe('bad key •••, and again •••.');
  });

  test('of each of several', () => {
    expect(createScrub('first-one', 'second one')('first-one, second%20one')).toBe('•••, •••');
  });

  test('also where the text was cut in the middle of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 31 }), (length) => {
        const key = '0123456789abcdef0123456789ABCDEF';
        expect(createScrub(key)(`wrong api_key=${key.slice(0, length)}`)).toBe('wrong api_key=•••');
      }),
    );
  });

  test('a key that is too short to be one does not eat the words', () => {
    expect(createScrub('1')('1 of 11 rows')).toBe('1 of 11 rows');
    expect(createScrub('')('no key')).toBe('no key');
  });
});
