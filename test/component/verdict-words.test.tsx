import { beforeEach, describe, expect, test } from 'vitest';
import { campaignWords, sureText, verdictWords } from '../../components/panel/verdict-words.ts';
import { placementAt } from '../../lib/blacklist/columns.ts';
import { type CompleteRules, DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import type { Basis } from '../../lib/report/question.ts';
import { useEnglish, useLanguage } from './fixtures.ts';
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

/** Twenty placements whose conversions pay 10 each, at a ROI of −9 %. */
const EVEN: readonly Row[] = Array.from({ length: 20 }, (_, nth) => ({
  id: `z${nth}`,
  clicks: 900,
  conversions: 20,
  cost: 220,
  revenue: 200,
}));

describe('verdicts in plain words', () => {
  /** @param ripe cost of the clicks that have had time to convert, where it is not all */
  const words = (
    row: Row,
    {
      others = ROWS,
      ripe,
      basis = 'visit',
      ...change
    }: Partial<CompleteRules> & { others?: readonly Row[]; ripe?: number; basis?: Basis } = {},
  ) => {
    const rules = { ...DEFAULT_RULES, ...change };
    const all = figures([row, ...others]);
    const ripeCost = all.ripeCost.map((cost, at) => (at === 0 ? (ripe ?? cost) : cost));
    const columns = { ...all, ripeCost };
    const { campaign } = scorePlacements(columns, rules, 10);
    const verdict = judgePlacement(columns, 0, campaign, rules, 10);
    return verdictWords(placementAt(columns, 0), verdict, campaign, {
      currency: 'USD',
      targetRoi: rules.targetRoi,
      basis,
    })
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
    const text = words(
      { id: 'x', clicks: 300, conversions: 10, cost: 46, revenue: 60 },
      {
        others: poor,
      },
    );
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

  describe('with a target other than break-even', () => {
    // 1,000 spent at 10 a conversion is 100 payouts: a ROI of 50 % takes 150 conversions.
    const rich = { id: 'x', clicks: 9000, conversions: 120, cost: 1000, revenue: 1200 };

    test('what earns less than that is not said to lose', () => {
      const text = words(rich, { others: EVEN, targetRoi: 0.5 });
      expect(text).toMatch(
        /^100 payouts spent, 120 conversions; the campaign makes 1 per payout\. 99\.\d % sure that it misses the target of 50 %\. Earned \$1,200\.00 on \$1,000\.00; the target of 50 % needs 150 conversions, has 120\. Profit \$200\.00, ROI \+20\.0 %\. Cutting it forgoes about \$\d+\.\d\d of profit a day\.$/,
      );
      expect(text).not.toMatch(/loses|break-even|saves/);
    });

    test('what loses less than that is not said to earn', () => {
      const loses = { ...rich, conversions: 90, revenue: 900 };
      const text = words(loses, { others: EVEN, targetRoi: -0.5 });
      expect(text).toContain('>99.9 % sure that it meets the target of −50 %.');
      expect(text).toContain('the target of −50 % needs 50 conversions, has 90.');
      expect(text).toContain('Loss $100.00, ROI −10.0 %.');
    });

    test('nor is what is open', () => {
      const open = { id: 'x', clicks: 90, conversions: 3, cost: 20, revenue: 30 };
      expect(words(open, { others: EVEN, targetRoi: 0.125 })).toMatch(
        /\d % likely to miss the target of 12\.5 %: too early to tell\. Needs about .*; the target of 12\.5 % needs 2\.3 conversions, has 3\. Profit \$10\.00/,
      );
    });

    test('in Russian', () => {
      useLanguage('ru');
      const text = words(rich, { others: EVEN, targetRoi: 0.5 });
      expect(text).toMatch(/Ниже цели 50 % с уверенностью 99,\d %\./);
      expect(text).toContain('; для цели 50 %: 150 конверсий, есть: 120. Прибыль 200,00 $');
      expect(text).not.toMatch(/минус|безубыточности|сэкономит/);
    });

    test('of the campaign, too', () => {
      const at20 = EVEN.map((row) => ({ ...row, cost: 200, revenue: 240, conversions: 24 }));
      const of = (targetRoi: number) => {
        const { campaign } = scorePlacements(figures(at20), { ...DEFAULT_RULES, targetRoi }, 10);
        expect(campaign.loses).toBe(true);
        return campaignWords(campaign, targetRoi).replace(/\s/g, ' ');
      };
      expect(of(0.5)).toBe(
        'The campaign as a whole misses the target of 50 %, >99.9 % sure. Cutting placements won’t mend that.',
      );
    });
  });

  describe('where a part of the clicks has had no time to convert', () => {
    // 40 of 100 spent count, at 10 a conversion: 4 of 10 payouts, which its 4 conversions earn back.
    const young = { id: 'x', clicks: 900, conversions: 4, cost: 100, revenue: 40 };

    test('the need is that of the other part, and both are told', () => {
      expect(words(young, { others: EVEN, ripe: 40 })).toMatch(
        /^10 payouts \(4 with time to convert\) spent, 4 conversions; .* Earned \$40\.00 on \$100\.00; for the \$40\.00 that has had time to convert, break-even needs 4 conversions, has 4\. So far a loss of \$60\.00, ROI −60\.0 %\./,
      );
    });

    test('with a target and in Russian, too', () => {
      useLanguage('ru');
      expect(
        words(
          { ...young, revenue: 120, conversions: 12 },
          { others: EVEN, ripe: 40, targetRoi: 0.5 },
        ),
      ).toMatch(
        /^Расход: 10 выплат \(время на конверсию было у 4\), получено: 12 конверсий; .* Доход 120,00 \$ при расходе 100,00 \$\. Время на конверсию было лишь у 40,00 \$; для цели 50 % им нужно: 6 конверсий, есть: 12\. Пока прибыль 20,00 \$, ROI \+20,0 %\./,
      );
    });

    // 30 of the 110 came with clicks before these days, 20 of the 100 will convert after them.
    test('conversions on their own date are of other clicks, too', () => {
      expect(words(young, { others: EVEN, ripe: 110, basis: 'postback' })).toMatch(
        /^10 payouts \(11 for the conversions counted\) spent, 4 conversions; .* Earned \$40\.00 on \$100\.00; by conversion date, the conversions counted are those of \$110\.00 spent, for which break-even needs 11 conversions, has 4\. Loss \$60\.00, ROI −60\.0 %\./,
      );
      useLanguage('ru');
      expect(words(young, { others: EVEN, ripe: 110, basis: 'postback' })).toContain(
        'По дате конверсии учтено то, что принёс расход в 110,00 $; для безубыточности ему нужно: 11 конверсий, есть: 4. Убыток 60,00 $',
      );
    });

    test('but not where the difference is no cent', () => {
      expect(words(young, { others: EVEN, ripe: 99.9999 })).toContain(
        'Earned $40.00 on $100.00; break-even needs 10 conversions, has 4. Loss $60.00, ROI −60.0 %.',
      );
    });
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
    expect(
      words({ id: 'x', clicks: 1, conversions: 0, cost: 3.9, revenue: 0 }, { others: losing }),
    ).toContain('It has spent too little itself');
  });
});
