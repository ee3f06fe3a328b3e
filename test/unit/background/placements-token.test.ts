import { beforeEach, describe, expect, test } from 'vitest';
import { kept, setUp, startAnew, told } from './placements-world.ts';

beforeEach(startAnew);

describe('the token that holds the placement', () => {
  test('is proposed by what its macro is at the source: never the id of the click', async () => {
    const { list } = setUp();
    expect(await list()).toMatchObject({
      slot: { slot: 2, from: 'proposed' },
      source: 'PropellerAds',
      format: 'propellerads',
      kind: 'zone',
    });
  });

  test('is kept in the source’s template, with what else is proposed', async () => {
    const { keep } = setUp();
    expect(await keep(3)).toBeNull();
    expect(kept).toEqual([
      {
        sourceId: 's',
        sourceName: 'PropellerAds',
        campaign: 4,
        adSet: null,
        ad: null,
        placement: 3,
      },
    ]);
  });

  test('replaces the one in the template, and no token holds two ids', async () => {
    const template = { sourceId: 's', sourceName: 'P', campaign: 4, adSet: 1, ad: 3, placement: 2 };
    told.templates = [template];
    const { keep, list } = setUp();
    expect((await list()).slot).toEqual({ slot: 2, from: 'template' });
    await keep(3);
    expect(kept).toEqual([{ ...template, ad: null, placement: 3 }]);
  });
});
