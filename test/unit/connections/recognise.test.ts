import { describe, expect, test } from 'vitest';
import { hostPattern, hostPatterns, isLoopback } from '../../../lib/connections/hosts.ts';
import {
  cleanAddress,
  parseAddress,
  recogniseAddress,
} from '../../../lib/connections/recognise.ts';
import { trackers } from '../../../lib/trackers/index.ts';

const byId = (id: string) => {
  const found = trackers.find((tracker) => tracker.id === id);
  if (!found) throw new Error(`no tracker ${id}`);
  return found;
};

describe('a pasted address', () => {
  test.each([
    ['https://t.example/admin/#!/campaigns/12', 'keitaro', 'https://t.example'],
    ['https://t.example/admin_api/v1', 'keitaro', 'https://t.example'],
    ['https://t.example/index.php?page=Stats&camp_id=7', 'binom', 'https://t.example'],
    ['https://app.redtrack.io/campaigns', 'redtrack', 'https://api.redtrack.io'],
    ['https://mynet.affise.com/v2/statistics', 'affise', 'https://api-mynet.affise.com'],
  ])('%s is recognised as %s', (pasted, tracker, api) => {
    const recognised = recogniseAddress(trackers, pasted, null);
    expect(recognised.trackers[0]).toBe(tracker);
    expect(recognised.address?.api).toBe(api);
    expect(recognised.address?.removed.length).toBeGreaterThan(0);
  });

  test('without a scheme is taken as https', () => {
    expect(recogniseAddress(trackers, ' app.redtrack.io ', null).trackers).toEqual(['redtrack']);
  });

  test('that nobody claims is its origin, of which permission can be asked; or the user chooses', () => {
    expect(recogniseAddress(trackers, 'https://t.example:8443/some/path?a=1', null)).toEqual({
      trackers: [],
      address: {
        api: 'https://t.example:8443',
        pages: [],
        script: null,
        removed: [],
        hosts: ['https://t.example/*'],
      },
      problem: null,
    });
    expect(recogniseAddress(trackers, 'https://t.example/', 'keitaro').address?.hosts).toEqual([
      'https://t.example/*',
    ]);
  });

  test.each([
    ['', 'address_empty'],
    ['http://', 'address_unreadable'],
    ['ftp://t.example', 'address_scheme'],
    ['https://me:secret@t.example', 'address_credentials'],
    ['https://not an address', 'address_unreadable'],
    ['Мой трекер', 'address_unreadable'],
    ['https://t%2Eexample', 'address_unreadable'],
    ['https://*.example', 'address_unreadable'],
    ['t..example', 'address_unreadable'],
    ['https://.t.example', 'address_unreadable'],
    ['https://t.example./admin', 'address_unreadable'],
  ])('%j is refused with the reason %s', (pasted, text) => {
    expect(recogniseAddress(trackers, pasted, 'keitaro').problem).toMatchObject({
      kind: 'input',
      text,
    });
  });

  test.each([
    ['трекер.рф/admin', 'https://xn--e1aaowdh.xn--p1ai'],
    ['https://münchen.example/a b%20c', 'https://xn--mnchen-3ya.example'],
    // A host of an intranet, whatever its letters.
    ['tracker', 'https://tracker'],
    ['трекер', 'https://xn--e1aaowdh'],
    ['[::1]:8080', 'https://[::1]:8080'],
  ])('%s is a host like others', (pasted, origin) => {
    expect(parseAddress(pasted).origin).toBe(origin);
  });

  test('what is left out of it is listed in its order', () => {
    const removed = (pasted: string, tracker: string, paths = {}) =>
      recogniseAddress(trackers, pasted, tracker, paths).address?.removed;
    expect(removed('https://t.example/admin/?object=x#!/campaigns/5', 'keitaro')).toEqual([
      '/admin/',
      '?object=x',
      '#!/campaigns/5',
    ]);
    expect(removed('https://t.example/panel/go?a=1', 'binom2', { click: 'go' })).toEqual([
      '/panel',
      '/go',
      '?a=1',
    ]);
  });

  test('over plain http tells which host it is, for the user to accept', () => {
    const plain = (pasted: string) => recogniseAddress(trackers, pasted, 'keitaro').plainHost;
    expect(plain('http://t.example:81/admin')).toBe('t.example:81');
    expect(plain('https://t.example/admin')).toBeUndefined();
    expect(plain('http://127.0.0.1/admin')).toBeUndefined();
    expect(() => cleanAddress(byId('keitaro'), 'http://t.example/')).toThrow();
    expect(cleanAddress(byId('keitaro'), 'http://t.example/', true).api).toBe('http://t.example');
  });

  test('over plain http is taken from this machine only', () => {
    expect(cleanAddress(byId('keitaro'), 'http://127.0.0.1:8080/admin').api).toBe(
      'http://127.0.0.1:8080',
    );
    expect(() => cleanAddress(byId('keitaro'), 'http://192.168.1.4/admin')).toThrow();
  });
});

describe('hosts', () => {
  test('a pattern has no port', () => {
    expect(hostPattern('http://keitaro.localhost:4801/sub')).toBe('http://keitaro.localhost/*');
  });

  test('of a connection are asked for once each', () => {
    expect(
      hostPatterns({ api: 'https://api.x.example', pages: ['https://app.x.example'] }),
    ).toEqual(['https://api.x.example/*', 'https://app.x.example/*']);
    expect(hostPatterns({ api: 'https://t.example/sub', pages: ['https://t.example'] })).toEqual([
      'https://t.example/*',
    ]);
  });

  test.each([
    ['http://localhost:1', true],
    ['http://binom.localhost', true],
    ['http://127.0.0.9', true],
    ['http://[::1]:80', true],
    ['http://localhost.evil.example', false],
    ['http://127.evil.example', false],
    ['http://10.0.0.1', false],
  ])('%s is loopback: %s', (address, loopback) => {
    expect(isLoopback(new URL(address))).toBe(loopback);
  });
});
