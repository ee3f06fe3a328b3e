import { expect, test } from 'vitest';
import { carriesCampaignIds } from '../../../lib/compare/offer-part.ts';

type Clicks = Readonly<Record<string, number>>;
const carries = (sent: Clicks, got: Clicks, expected = 1_000) =>
  carriesCampaignIds({
    sent: new Map(Object.entries(sent)),
    got: new Map(Object.entries(got)),
    expected,
  });

test('the ids of all campaigns, each with its share of the clicks', () => {
  expect(carries({ 7: 800, 9: 200 }, { 7: 790, 9: 205 })).toBe(true);
});

test('however many clicks were lost on the way', () => {
  expect(carries({ 7: 800, 9: 200 }, { 7: 480, 9: 120 })).toBe(true);
  expect(carries({ 7: 800, 9: 200 }, { 7: 700, 9: 100 })).toBe(true);
});

test('not another number that happens to be one of the ids', () => {
  // A landing's number, whose share is another.
  expect(carries({ 7: 800, 9: 200 }, { 7: 500, 9: 500 })).toBe(false);
  expect(carries({ 7: 800, 9: 200 }, { 7: 900, 9: 100 })).toBe(true);
  expect(carries({ 7: 800, 9: 200 }, { 7: 901, 9: 99 })).toBe(false);
  // The hour, which holds few of the clicks.
  expect(carries({ 7: 500, 9: 500 }, { 7: 40, 9: 42 })).toBe(false);
  expect(carries({ 7: 500, 9: 500 }, { 7: 250, 9: 250 })).toBe(true);
  expect(carries({ 7: 500, 9: 500 }, { 7: 250, 9: 249 })).toBe(false);
});

test('not where a campaign’s id is missing', () => {
  expect(carries({ 7: 950, 9: 50 }, { 7: 950 })).toBe(false);
  expect(carries({ 7: 900, 8: 80, 9: 20 }, { 7: 900, 8: 81 })).toBe(false);
  // It sent too little to be missed.
  expect(carries({ 7: 900, 8: 80, 9: 19 }, { 7: 900, 8: 81 })).toBe(true);
});

test('a single id only where it is too long to be another number', () => {
  expect(carries({ 7: 1_000 }, { 7: 1_000 })).toBe(false);
  expect(carries({ '5a3a6ab1ba4d12e2979aa25c': 1_000 }, { '5a3a6ab1ba4d12e2979aa25c': 990 })).toBe(
    true,
  );
  expect(carries({ '12345678': 1_000 }, { '12345678': 990 })).toBe(true);
  expect(carries({ '1234567': 1_000 }, { '1234567': 990 })).toBe(false);
});

test('not without clicks', () => {
  expect(carries({}, {})).toBe(false);
  expect(carries({ 7: 10, 9: 10 }, { 7: 10, 9: 10 }, 0)).toBe(false);
  expect(carries({ 7: 100, 9: 100 }, {}, 0)).toBe(false);
});
