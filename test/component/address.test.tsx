import { expect, test } from 'vitest';
import { parseAddress } from '../../lib/connections/recognise.ts';
import { problemOf } from '../../lib/errors.ts';

/** Chromium encodes in a host what Firefox and Node refuse. */
const refused = (pasted: string): string | undefined => {
  try {
    return parseAddress(pasted).href;
  } catch (error) {
    return problemOf(error).text;
  }
};

test.each(['not an address', 'https://Мой трекер/admin', 'https://t%20r.example', 'a*b.example'])(
  '%s is no address in Chromium either',
  (pasted) => {
    expect(refused(pasted)).toBe('address_unreadable');
  },
);

test('hosts in other scripts are', () => {
  expect(refused('трекер.рф')).toContain('https://xn--');
  expect(refused('münchen.example')).toContain('https://xn--');
});
