import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FEATURES } from '../../../lib/managed/feature.ts';
import { parsePolicy } from '../../../lib/managed/policy.ts';
import schema from '../../../public/managed-schema.json' with { type: 'json' };

const preset = {
  tracker: 'fake',
  address: 'https://t.example',
  currency: 'USD',
  zone: 'Europe/Madrid',
};
const entries = (raw: unknown) => parsePolicy(raw).problems.map(({ entry }) => entry);

test('nothing laid down is no problem', () => {
  for (const raw of [undefined, null, {}]) {
    expect(parsePolicy(raw)).toEqual({
      connections: [],
      thresholds: {},
      forbidden: new Set(),
      problems: [],
    });
  }
});

test('a whole policy is read; what a preset leaves out has its usual value', () => {
  const policy = parsePolicy({
    connections: [
      { ...preset, templates: [{ sourceId: '1', sourceName: 'S', placement: 3 }] },
      { ...preset, name: 'Second', basis: 'postback' },
    ],
    thresholds: { targetRoi: 0.2, payout: null },
    forbidden: [...FEATURES],
  });
  const slots = { campaign: null, adSet: null, ad: null, placement: 3 };
  expect(policy.problems).toEqual([]);
  expect(policy.connections[0]?.preset).toEqual({
    ...preset,
    name: '',
    basis: 'visit',
    templates: [{ sourceId: '1', sourceName: 'S', ...slots }],
  });
  expect(policy.connections[1]?.preset).toMatchObject({ name: 'Second', basis: 'postback' });
  expect(policy.thresholds).toEqual({ targetRoi: 0.2, payout: null });
  expect([...policy.forbidden]).toEqual([...FEATURES]);
});

test('a key in a policy is not read', () => {
  const policy = parsePolicy({ connections: [{ ...preset, key: 'canary-key' }] });
  expect(JSON.stringify(policy)).not.toContain('canary');
});

test('a wrong entry is left out and named; the others hold', () => {
  const raw = {
    connections: [{ ...preset, currency: 'dollars' }, preset, 'https://t.example'],
    thresholds: { confidence: 2, targetRoi: 0.1, confidnece: 0.9 },
    forbidden: ['cost', 'costs', 7],
    forbiden: ['http'],
  };
  expect(entries(raw)).toEqual([
    'forbiden',
    'connections.0.currency',
    'connections.2.tracker',
    'thresholds.confidence',
    'thresholds.confidnece',
    'forbidden.0',
    'forbidden.2',
  ]);
  const policy = parsePolicy(raw);
  expect(policy.connections.map(({ entry }) => entry)).toEqual(['connections.1']);
  expect(policy.thresholds).toEqual({ targetRoi: 0.1 });
  expect([...policy.forbidden]).toEqual(['costs']);
});

test.each(['connections', 'thresholds', 'forbidden'])('%s of another kind is named', (part) => {
  expect(entries({ [part]: 'x' })).toEqual([part]);
});

describe('whatever an administrator wrote', () => {
  test('it is read without a crash', () => {
    const parts = fc.record(
      { connections: fc.jsonValue(), thresholds: fc.jsonValue(), forbidden: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), parts), (raw) => {
        const { connections, thresholds, forbidden, problems } = parsePolicy(raw);
        for (const one of [connections, problems]) expect(Array.isArray(one)).toBe(true);
        for (const value of Object.values(thresholds)) {
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
        for (const feature of forbidden) expect(FEATURES).toContain(feature);
      }),
    );
  });

  test('nothing forbidden becomes allowed by what stands beside it', () => {
    fc.assert(
      fc.property(
        fc.subarray([...FEATURES]),
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.nat(),
        (features, garbage, others, seed) => {
          const forbidden: unknown[] = [...garbage];
          for (const feature of features)
            forbidden.splice(seed % (forbidden.length + 1), 0, feature);
          const policy = parsePolicy({ ...others, forbidden });
          for (const feature of features) expect(policy.forbidden.has(feature)).toBe(true);
        },
      ),
    );
  });
});

test('the schema for browsers knows the same parts', () => {
  const { connections, thresholds, forbidden } = schema.properties;
  expect(Object.keys(schema.properties)).toEqual(['connections', 'thresholds', 'forbidden']);
  const full = {
    ...preset,
    name: 'x',
    basis: 'visit',
    paths: { login: 'a', click: 'b' },
    templates: [{ sourceId: '1', sourceName: 'S', campaign: 1, adSet: 2, ad: 3, placement: 4 }],
  };
  expect(Object.keys(connections.items.properties).sort()).toEqual(Object.keys(full).sort());
  const rules = { targetRoi: 0, confidence: 0.9, payout: 1, approval: 1, priorWeight: 1 };
  expect(Object.keys(thresholds.properties)).toEqual(Object.keys(rules));
  expect(entries({ connections: [full], thresholds: rules })).toEqual([]);
  for (const feature of FEATURES) expect(forbidden.title).toContain(feature);
});
