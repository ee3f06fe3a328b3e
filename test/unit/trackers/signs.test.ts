import { expect, test, vi } from 'vitest';
import { connected, ENOUGH, recognised, SIGN_IN, VETO } from '../../../lib/trackers/signs.ts';
import { documentWith } from './fake-tracker-client.ts';

const evidence = { url: new URL('https://t.example/'), title: '', document: documentWith() };
const yes = (weight: number) => ({ sign: () => true, weight });
const no = (weight: number) => ({ sign: () => false, weight });

test.each([
  ['signs that reach the threshold together', [yes(ENOUGH - 4), yes(4)], true],
  ['signs that do not', [yes(ENOUGH - 4), yes(3)], false],
  ['signs that are not there', [no(ENOUGH), yes(4)], false],
  ['a veto after a proof', [yes(ENOUGH), yes(VETO)], false],
  ['a veto that does not hold', [yes(ENOUGH), no(VETO)], true],
  ['nothing', [], false],
])('%s', (_, signs, expected) => {
  expect(recognised(signs, evidence)).toBe(expected);
});

test('after a proof only vetoes are looked at, after a veto nothing', () => {
  const late = vi.fn(() => true);
  recognised([yes(ENOUGH), { sign: late, weight: 1 }], evidence);
  recognised([yes(VETO), { sign: late, weight: 1 }], evidence);
  expect(late).not.toHaveBeenCalled();
});

test('the user’s word counts where it was given', () => {
  expect(recognised([connected(ENOUGH)], evidence)).toBe(false);
  expect(recognised([connected(ENOUGH)], { ...evidence, connected: true })).toBe(true);
});

test('a password field rules out everything', () => {
  const document = documentWith({ '[type="password"]': '' });
  expect(recognised([yes(ENOUGH), SIGN_IN], { ...evidence, document })).toBe(false);
});
