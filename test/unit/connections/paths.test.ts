import { describe, expect, test } from 'vitest';
import type { Paths } from '../../../lib/connections/connection.ts';
import { ownPaths } from '../../../lib/connections/paths.ts';
import { recogniseAddress } from '../../../lib/connections/recognise.ts';
import { trackers } from '../../../lib/trackers/index.ts';

const USUAL = { login: 'login', click: 'click' };
const recognised = (pasted: string, tracker: string, paths?: Paths) =>
  recogniseAddress(trackers, pasted, tracker, paths);

describe('a typed path', () => {
  test.each([
    ['', {}],
    [' /login/ ', {}],
    ['go', { login: 'go' }],
    ['/a-b/c.php/', { login: 'a-b/c.php' }],
    ['вход', { login: 'вход' }],
  ])('%j is kept as %j', (login, own) => {
    expect(ownPaths(USUAL, { login })).toEqual(own);
  });

  test.each([
    'https://t.example/go',
    'go?x=1',
    'go#x',
    '../go',
    'a/./b',
    'a//b',
    'go in',
    'c:\\go',
    '.',
    'login/..',
  ])('%j is refused', (click) => {
    expect(() => ownPaths(USUAL, { click })).toThrow(
      expect.objectContaining({
        problem: { kind: 'input', reason: 'path', text: 'path_wrong', values: [click] },
      }),
    );
  });

  test('is nothing where a tracker has no such paths', () => {
    expect(ownPaths(undefined, { login: '??' })).toEqual({});
  });
});

describe.each(['binom', 'binom2'])('a pasted address of %s', (tracker) => {
  test.each<[string, Paths | undefined, string, string[]]>([
    ['https://t.example/login', undefined, 'https://t.example', ['/login']],
    ['https://t.example/click?key=1', undefined, 'https://t.example', ['/click', '?key=1']],
    ['https://t.example/go', { click: 'go' }, 'https://t.example', ['/go']],
    [
      'https://t.example/sub/go/in/?a=1#b',
      { login: '/go/in' },
      'https://t.example/sub',
      ['/go/in/', '?a=1', '#b'],
    ],
    [
      'https://t.example/%D0%B2%D1%85%D0%BE%D0%B4',
      { login: 'вход' },
      'https://t.example',
      ['/%D0%B2%D1%85%D0%BE%D0%B4'],
    ],
    ['https://t.example/cargo', { click: 'go' }, 'https://t.example/cargo', []],
  ])('%s with %j loses what it ends in, and that is said', (pasted, paths, api, removed) => {
    expect(recognised(pasted, tracker, paths)).toMatchObject({
      address: { api, removed },
      problem: null,
    });
  });
});

test('the one script of a tracker stays where it is the sign-in too, and goes as the click entry', () => {
  const pasted = 'https://t.example/arm.php?page=Campaigns';
  const scriptOf = (paths: Paths) => recognised(pasted, 'binom', paths).address?.script;
  expect(scriptOf({ login: 'arm.php' })).toBe('arm.php');
  expect(scriptOf({ click: 'arm.php' })).toBeNull();
});

test('a wrong path is the problem of the address, until it is right', () => {
  expect(recognised('https://t.example', 'binom', { login: 'a b' })).toMatchObject({
    address: null,
    problem: { text: 'path_wrong', values: ['a b'] },
  });
  expect(recognised('https://t.example', 'keitaro', { login: 'a b' }).problem).toBeNull();
});
