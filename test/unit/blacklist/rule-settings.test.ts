import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { ruleSettingsSchema, thresholdsSchema } from '../../../lib/blacklist/rule-settings.ts';
import type { ThumbRule } from '../../../lib/blacklist/thumb-rule.ts';

const one = { measure: 'roi', is: 'below', value: -0.3 } as const;
const isTaken = (thumbRule: unknown): boolean =>
  thresholdsSchema.safeParse({ ...DEFAULT_RULES, thumbRule }).success;
const times = <T>(count: number, of: T): T[] => Array.from({ length: count }, () => of);

describe('a rule of thumb in the settings', () => {
  test('comes back as it was', () => {
    const thumbRule: ThumbRule = [
      [one, { measure: 'cost', is: 'atLeast', value: 10, currency: 'USD' }],
      [{ measure: 'conversions', is: 'atMost', value: 0 }],
    ];
    const rules = { ...DEFAULT_RULES, thumbRule, listBy: 'either' };
    expect(ruleSettingsSchema.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
  });

  test('is none in settings that are older than it', () => {
    const { thumbRule: _, listBy: __, ...old } = DEFAULT_RULES;
    expect(ruleSettingsSchema.parse(old)).toEqual(old);
  });

  test('has five groups of five conditions at most, and none that is empty', () => {
    expect(isTaken([])).toBe(true);
    expect(isTaken(times(5, times(5, one)))).toBe(true);
    expect(isTaken(times(6, [one]))).toBe(false);
    expect(isTaken([times(6, one)])).toBe(false);
    expect(isTaken([[]])).toBe(false);
  });

  test.each([
    ['an unknown figure', { ...one, measure: 'luck' }],
    ['an unknown comparison', { ...one, is: 'near' }],
    ['no number', { ...one, value: '2' }],
    ['NaN', { ...one, value: Number.NaN }],
    ['infinity', { ...one, value: Number.POSITIVE_INFINITY }],
    ['a number beyond all figures', { ...one, value: 1e10 }],
    ['no currency', { ...one, measure: 'cost', currency: '<b>' }],
    ['nothing', null],
  ])('has no condition with %s', (_, condition) => {
    expect(isTaken([[condition]])).toBe(false);
  });
});
