import { describe, expect, test } from 'vitest';
import { dimensionOf, dimensionsOf } from '../../../lib/compare/grouped-by.ts';
import type { Grouping } from '../../../lib/compare/groupings.ts';
import type { Dimension } from '../../../lib/report/question.ts';
import type { Capabilities } from '../../../lib/trackers/adapter.ts';

/** A connection whose source templates hold the placement in these slots; null = in none. */
const templates = (...slots: readonly (number | null)[]) => ({
  templates: slots.map((placement) => ({ placement })),
});

const able = (
  dimensions: readonly Dimension[],
  { tokens = 10, levels = 3, side = 'tracker' as 'tracker' | 'network' } = {},
) => ({
  side,
  // Nothing else decides by what reports are grouped.
  capabilities: { dimensions, tokens, levels } as Capabilities,
});

const MISSING = { reason: 'group_missing' };

describe('a grouping', () => {
  const tracker = able(['campaign', 'offer', 'country'], { tokens: 4 });
  const network = able(['campaign', 'country'], { side: 'network', tokens: 4 });

  test.each<[Grouping, Dimension]>([
    ['campaign', 'campaign'],
    ['offer', 'offer'],
    ['country', 'country'],
  ])('of a tracker by %s is its dimension of that name', (by, dimension) => {
    expect(dimensionOf(by, templates(), tracker)).toEqual({ dimension });
  });

  test.each<[Grouping, Dimension]>([
    ['offer', 'campaign'],
    ['campaign', 'campaign'],
    ['country', 'country'],
  ])('of a network by %s is its %s, as its campaigns are its offers', (by, dimension) => {
    expect(dimensionOf(by, templates(), network)).toEqual({ dimension });
  });

  test.each([tracker, network])('is missing where the reports cannot be grouped so', (of) => {
    expect(dimensionOf('browser', templates(), of)).toEqual(MISSING);
  });

  test('by offer is missing on a tracker without offers, though it has campaigns', () => {
    expect(dimensionOf('offer', templates(), able(['campaign']))).toEqual(MISSING);
  });
});

describe('a grouping by placement', () => {
  const tracker = able(['campaign'], { tokens: 4 });

  test.each<[string, readonly (number | null)[], object]>([
    ['is the token that the one template names', [3], { dimension: 'token3' }],
    ['is the last token that the tracker has', [4], { dimension: 'token4' }],
    ['is missing where the tracker has no such token', [5], MISSING],
    ['is the token that all templates agree on', [2, 2, 2], { dimension: 'token2' }],
    ['takes no notice of templates that name none', [null, 2, null], { dimension: 'token2' }],
    ['cannot be told without a template', [], { reason: 'group_no_placement' }],
    ['cannot be told where no template names it', [null, null], { reason: 'group_no_placement' }],
    ['cannot be told where templates differ', [2, 3], { reason: 'group_placements_differ' }],
  ])('%s', (_, slots, expected) => {
    expect(dimensionOf('placement', templates(...slots), tracker)).toEqual(expected);
  });
});

describe('one grouping within another', () => {
  const tracker = able(['campaign', 'offer', 'country', 'os']);

  test('is both dimensions, the outer one first', () => {
    expect(dimensionsOf(['country', 'os'], templates(), tracker)).toEqual({
      dimensions: ['country', 'os'],
    });
    expect(dimensionsOf(['os', 'placement'], templates(7), tracker)).toEqual({
      dimensions: ['os', 'token7'],
    });
  });

  test('is unable for the reason of either, the outer one first', () => {
    expect(dimensionsOf(['placement', 'os'], templates(), tracker)).toEqual({
      reason: 'group_no_placement',
    });
    expect(dimensionsOf(['os', 'placement'], templates(), tracker)).toEqual({
      reason: 'group_no_placement',
    });
    expect(dimensionsOf(['browser', 'placement'], templates(), tracker)).toEqual(MISSING);
  });

  test('divides nothing where a network’s campaigns are its offers', () => {
    const network = able(['campaign', 'country'], { side: 'network' });
    const same = { reason: 'group_same' };
    expect(dimensionsOf(['campaign', 'offer'], templates(), network)).toEqual(same);
    expect(dimensionsOf(['offer', 'campaign'], templates(), network)).toEqual(same);
    expect(dimensionsOf(['offer', 'country'], templates(), network)).toEqual({
      dimensions: ['campaign', 'country'],
    });
    expect(dimensionsOf(['campaign', 'offer'], templates(), tracker)).toEqual({
      dimensions: ['campaign', 'offer'],
    });
  });

  test('takes as many levels as it has dimensions, but none for the campaign', () => {
    const all = ['campaign', 'country', 'os'] as const;
    const [one, two] = [able(all, { levels: 1 }), able(all, { levels: 2 })];
    expect(dimensionsOf(['country', 'os'], templates(), one)).toEqual(MISSING);
    expect(dimensionsOf(['country', 'os'], templates(), two)).toEqual({
      dimensions: ['country', 'os'],
    });
    expect(dimensionsOf(['campaign', 'os'], templates(), one)).toEqual({
      dimensions: ['campaign', 'os'],
    });
  });
});
