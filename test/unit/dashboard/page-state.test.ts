import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  NO_FILTER,
  type PageState,
  readState,
  writeState,
} from '../../../components/dashboard/page-state.ts';
import { GROUPINGS } from '../../../lib/compare/groupings.ts';
import { COMPARED_METRICS } from '../../../lib/settings/compare-columns.ts';

const text = fc.string();
const columns = fc.record({
  metrics: fc.subarray([...COMPARED_METRICS], { minLength: 1 }),
  without: fc.array(fc.string({ minLength: 1 })),
  layout: fc.constantFrom('metric', 'tracker'),
});
const state: fc.Arbitrary<PageState> = fc.record({
  view: fc.constant('compare'),
  days: fc.constantFrom<PageState['days']>('last7', 'today', {
    from: '2026-08-01',
    to: '2026-08-03',
  }),
  by: fc.constantFrom(...GROUPINGS),
  inner: fc.constantFrom(null, ...GROUPINGS),
  versus: fc.constantFrom('before', null),
  search: text,
  sort: text,
  descending: fc.boolean(),
  columns: fc.option(columns),
  base: text,
  red: fc.boolean(),
  kind: fc.constant('campaign'),
  click: fc.constant(''),
  journal: fc.constant(NO_FILTER),
  record: fc.constant(''),
});

test('whatever the table shows is in the hash', () => {
  fc.assert(
    fc.property(state, (one) => {
      expect(readState(writeState(one))).toEqual(one);
    }),
  );
});

test('whose links are shown is in the hash', () => {
  for (const kind of ['campaign', 'offer'] as const) {
    expect(readState(writeState({ ...readState('#view=links'), kind }))).toMatchObject({
      view: 'links',
      kind,
    });
  }
  expect(readState('#view=links&kind=moon').kind).toBe('campaign');
});

test('a hash that says nothing, or nonsense, is today’s campaigns', () => {
  const plain = readState('');
  expect(plain).toMatchObject({ view: 'compare', days: 'today', by: 'campaign', columns: null });
  expect(readState('#by=moon&then=sun&metrics=love&vs=x&days=2026-08-03..2026-08-01')).toEqual(
    plain,
  );
});
