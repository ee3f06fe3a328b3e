import { beforeEach, describe, expect, test } from 'vitest';
import { sureText, verdictWords } from '../../components/panel/verdict-words.ts';
import { placementAt } from '../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import { useEnglish } from './fixtures.ts';
import { figures, ROWS, type Row } from './placement-rows.ts';

beforeEach(useEnglish);

test.each<[probability: number | null, text: string]>([
  [1, '>99.9 %'],
  [0.9993, '>99.9 %'],
  [0.999, '99.9 %'],
  [0.9959, '99.5 %'],
  [0.99, '99 %'],
  [0.9899, '98 %'],
  [0.5, '50 %'],
  [0, '0 %'],
  [null, '–'],
])('a probability of %s is written %s', (probability, text) => {
  expect(sureText(probability).replace(/\s/g, ' ')).toBe(text);
});

describe('verdicts in plain words', () => {
  const words = (row: Row, others: readonly Row[] = ROWS, rules = DEFAULT_RULES) => {
    const columns = figures([row, ...others]);
    const { campaign } = scorePlacements(columns, rules, 10);
    const verdict = judgePlacement(columns, 0, campaign, rules, 10);
    return verdictWords(placementAt(columns, 0), verdict, campaign, 'USD')
      .join(' ')
      .replace(/\s/g, ' ');
  };

  test('of a cut', () => {
    expect(words({ id: 'x', clicks: 100, conversions: 0, cost: 16.8, revenue: 0 })).toMatch(
      /^4\.2 payouts spent, 0 conversions; the campaign makes 1\.\d per payout\. 9\d(\.\d)? % sure that it loses\. Earned \$0\.00 on \$16\.80; break-even needs 4\.2 conversions, has 0\. Loss \$16\.80, ROI −100\.0 %\. Cutting it saves about \$\d/,
    );
  });

  test('say what the conversions are worth, as the money does, where some were refused', () => {
    const row = { id: 'x', clicks: 900, conversions: 12, rejected: 3, cost: 160, revenue: 36 };
    expect(words(row)).toMatch(
      /^(\S+) payouts spent, 12 conversions worth (?!12)(\S+) payouts;.* Earned \$36\.00 on \$160\.00; break-even needs \1 conversions, has \2\./,
    );
  });

  test('of what is paid more than the others, and so not cut', () => {
    const poor = Array.from({ length: 29 }, (_, at) => {
      const conversions = 20 + at;
      return {
        id: `p${at}`,
        clicks: 900,
        conversions,
        cost: 2.4 * conversions,
        revenue: 2 * conversions,
      };
    });
    const text = words({ id: 'x', clicks: 300, conversions: 10, cost: 46, revenue: 60 }, poor);
    expect(text).toContain(
      'Its own revenue doesn’t show that it loses: what speaks against it is the campaign.',
    );
    expect(text).toMatch(/ Profit \$14\.00, ROI \+30\.4 %\.$/);
    expect(text).not.toContain('sure that it loses');
  });

  test('of a keep', () => {
    expect(words({ id: 'x', clicks: 100, conversions: 40, cost: 60, revenue: 160 })).toMatch(
      /99\.9 % sure that it earns\..* Profit \$100\.00, ROI \+166\.7 %\./,
    );
  });

  test('of what cannot be told', () => {
    expect(words({ id: 'x', clicks: 5, conversions: 0, revenue: 0 })).toBe(
      'The tracker doesn’t tell what it cost.',
    );
    expect(words({ id: 'x', clicks: 5, conversions: 0, cost: 0, revenue: 0 })).toBe(
      'It cost nothing.',
    );
    expect(words({ id: '', clicks: 5, conversions: 0, cost: 1, revenue: 0 })).toMatch(
      /^These clicks came without a placement/,
    );
  });

  test('of what the campaign alone speaks against', () => {
    const losing = [{ id: 'a', clicks: 9000, conversions: 5, cost: 400, revenue: 20 }];
    expect(words({ id: 'x', clicks: 1, conversions: 0, cost: 3.9, revenue: 0 }, losing)).toContain(
      'It has spent too little itself',
    );
  });
});
