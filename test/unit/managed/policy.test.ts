import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../../lib/blacklist/default-rules.ts';
import { MEASURES } from '../../../lib/blacklist/thumb-rule.ts';
import { FEATURES } from '../../../lib/managed/feature.ts';
import { parsePolicy } from '../../../lib/managed/policy.ts';
import schema from '../../../public/managed-schema.json' with { type: 'json' };

const preset = {
  tracker: 'fake',
  address: 'https://t.example',
  currency: 'USD',
  zone: 'Europe/Madrid',
};
const template = { sourceId: '1', sourceName: 'S', placement: 3 };
const NO_SLOTS = { campaign: null, adSet: null, ad: null, placement: null };

/** "thresholds.payout managed_wrong > 0": what is named, and why. */
const named = (raw: unknown) =>
  parsePolicy(raw).problems.map(({ entry, problem }) =>
    [entry, problem.text, ...(problem.values ?? [])].join(' '),
  );
const presets = (raw: unknown) => parsePolicy(raw).connections.map((one) => one.preset);

test('nothing laid down is no problem', () => {
  for (const raw of [undefined, null, {}, { json: '{}' }]) {
    expect(parsePolicy(raw)).toEqual({
      connections: [],
      thresholds: {},
      forbidden: new Set(),
      problems: [],
    });
  }
});

const WHOLE = {
  connections: [
    { ...preset, templates: [template] },
    { ...preset, name: 'Second', basis: 'postback', plainHttp: true, paths: { login: 'in' } },
  ],
  thresholds: { ...DEFAULT_THRESHOLDS, targetRoi: 0.2 },
  forbidden: [...FEATURES],
};

describe.each([
  ['as it is', WHOLE],
  ['as text', { json: JSON.stringify(WHOLE) }],
  ['as an object where the text belongs', { json: WHOLE }],
])('a whole policy, %s', (_, raw) => {
  test('is read; what a preset leaves out has its usual value', () => {
    const policy = parsePolicy(raw);
    expect(policy.problems).toEqual([]);
    expect(policy.connections).toEqual([
      {
        entry: 'connections.0',
        preset: {
          ...preset,
          name: '',
          basis: 'visit',
          templates: [{ ...NO_SLOTS, ...template }],
        },
      },
      { entry: 'connections.1', preset: { ...WHOLE.connections[1], templates: [] } },
    ]);
    expect(policy.thresholds).toEqual(WHOLE.thresholds);
    expect([...policy.forbidden]).toEqual([...FEATURES]);
  });
});

test('what stands in the text and what stands beside it both count', () => {
  const policy = parsePolicy({
    forbidden: ['costs'],
    json: JSON.stringify({ forbidden: ['http'], thresholds: { targetRoi: 0.1 } }),
  });
  expect([...policy.forbidden]).toEqual(['costs', 'http']);
  expect(policy.thresholds).toEqual({ targetRoi: 0.1 });
});

test('a template as an export writes it is taken', () => {
  const exported = { ...NO_SLOTS, ...template };
  const raw = { connections: [{ ...preset, templates: [exported] }] };
  expect(named(raw)).toEqual([]);
  expect(presets(raw)[0]?.templates).toEqual([exported]);
});

test('a key in a policy is not read', () => {
  const raw = { connections: [{ ...preset, key: 'canary-key' }] };
  expect(JSON.stringify(parsePolicy(raw))).not.toContain('canary');
  expect(named(raw)).toEqual([
    expect.stringMatching(/^connections\.0\.key managed_unknown tracker/),
  ]);
});

describe('what cannot be used is named with its reason, and nothing else is lost', () => {
  const THRESHOLDS =
    'targetRoi, confidence, approval, priorWeight, ownSpend, delayHours, looks, thumbRule, listBy';
  const NAMES = FEATURES.join(', ');

  test.each<[string, unknown, string[]]>([
    [
      'a part that is not known',
      { forbiden: [] },
      ['forbiden managed_unknown connections, thresholds, forbidden'],
    ],
    ['no object', 'x', ['policy managed_wrong object']],
    ['no list', { connections: 'x' }, ['connections managed_wrong array']],
    ['no object of thresholds', { thresholds: 'x' }, ['thresholds managed_wrong object']],
    ['an empty shell of a connection', { connections: [{}] }, ['connections.0 managed_empty']],
    ['an empty shell of thresholds', { thresholds: {} }, ['thresholds managed_empty']],
    [
      'a number as text',
      { thresholds: { targetRoi: '0.1' } },
      ['thresholds.targetRoi managed_wrong number'],
    ],
    [
      'a number too small',
      { thresholds: { confidence: 0.4 } },
      ['thresholds.confidence managed_wrong ≥ 0.5'],
    ],
    [
      'a number too large',
      { thresholds: { approval: 2 } },
      ['thresholds.approval managed_wrong ≤ 1'],
    ],
    [
      'a number that is not above',
      { thresholds: { approval: 0 } },
      ['thresholds.approval managed_wrong > 0'],
    ],
    [
      'the one payout of all campaigns that older policies have',
      { thresholds: { payout: 30 } },
      ['thresholds.payout managed_payout'],
    ],
    [
      'a threshold that is not known',
      { thresholds: { confidnece: 0.9 } },
      [`thresholds.confidnece managed_unknown ${THRESHOLDS}`],
    ],
    [
      'a rule of thumb with a figure that is not known',
      { thresholds: { thumbRule: [[{ measure: 'luck', is: 'atLeast', value: 2 }]] } },
      [`thresholds.thumbRule managed_wrong ${MEASURES.join(' | ')}`],
    ],
    [
      'a feature that is not known',
      { forbidden: ['cost'] },
      [`forbidden.0 managed_unknown ${NAMES}`],
    ],
    ['no feature', { forbidden: 7 }, ['forbidden managed_wrong array']],
    ['a text of another thing', { json: '[1]' }, ['json managed_wrong object']],
    ['a number where the text belongs', { json: 7 }, ['json managed_wrong object']],
  ])('%s', (_, raw, expected) => {
    expect(named(raw)).toEqual(expected);
    const beside = { json: JSON.stringify(WHOLE), ...Object(raw) };
    if (typeof raw !== 'object' || 'json' in Object(raw)) return;
    expect(named(beside)).toEqual(expected);
    const policy = parsePolicy(beside);
    expect(policy.connections).toHaveLength(2);
    expect(policy.thresholds).toEqual(WHOLE.thresholds);
    expect([...policy.forbidden].sort()).toEqual([...FEATURES].sort());
  });

  test('one threshold beside others', () => {
    const thresholds = { confidence: 2, targetRoi: 0.1, payout: 4.5, approval: 0.8 };
    expect(parsePolicy({ thresholds }).thresholds).toEqual({ targetRoi: 0.1, approval: 0.8 });
  });

  test('no payout for all campaigns is nothing to report', () => {
    const { thresholds, problems } = parsePolicy({ thresholds: { payout: null, approval: 0.8 } });
    expect([thresholds, problems]).toEqual([{ approval: 0.8 }, []]);
  });

  test.each<[string, object, string[]]>([
    ['currency', { currency: 'dollars' }, ['connections.1.currency managed_wrong /^[A-Z]{3}$/']],
    ['zone', { zone: 3 }, ['connections.1.zone managed_wrong string']],
    ['empty zone', { zone: '' }, ['connections.1.zone managed_wrong ≥ 1 characters']],
    ['path', { paths: { login: 7 } }, ['connections.1.paths.login managed_wrong string']],
    ['paths', { paths: 'go' }, ['connections.1.paths managed_wrong object']],
    ['basis', { basis: 'click' }, ['connections.1.basis managed_wrong visit | postback']],
  ])('a connection of wrong %s, beside others', (_, wrong, expected) => {
    const raw = { connections: [preset, { ...preset, ...wrong }, { ...preset, name: 'Third' }] };
    expect(named(raw)).toEqual(expected);
    expect(parsePolicy(raw).connections.map(({ entry }) => entry)).toEqual([
      'connections.0',
      'connections.2',
    ]);
  });

  test('whatever a connection lacks', () => {
    expect(named({ connections: [{ name: 'x' }, 'https://t.example'] })).toEqual([
      'connections.0.tracker managed_missing',
      'connections.0.address managed_missing',
      'connections.0.currency managed_missing',
      'connections.0.zone managed_missing',
      'connections.1 managed_wrong object',
    ]);
  });

  test('parts of a connection that it can do without', () => {
    const raw = {
      connections: [
        {
          ...preset,
          name: 7,
          plainHttp: 'yes',
          colour: 'red',
          paths: { login: 'in', logout: 'x' },
          templates: [{ ...template, ad: '4', macro: 'x' }, { sourceId: '2' }, 'x'],
        },
      ],
    };
    expect(named(raw).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'connections.0.colour managed_unknown',
      'connections.0.name managed_wrong',
      'connections.0.plainHttp managed_wrong',
      'connections.0.paths.logout managed_unknown',
      'connections.0.templates.0.macro managed_unknown',
      'connections.0.templates.0.ad managed_wrong',
      'connections.0.templates.1.sourceName managed_missing',
      'connections.0.templates.2 managed_wrong',
    ]);
    expect(presets(raw)).toEqual([
      {
        ...preset,
        name: '',
        basis: 'visit',
        paths: { login: 'in' },
        templates: [{ ...NO_SLOTS, ...template }],
      },
    ]);
  });

  test('more templates than are taken', () => {
    const templates = Array.from({ length: 501 }, (_, index) => ({
      ...template,
      sourceId: String(index),
    }));
    expect(named({ connections: [{ ...preset, templates }] })).toEqual([
      'connections.0.templates managed_wrong ≤ 500',
    ]);
  });
});

describe('a restriction holds if it can be read at all', () => {
  test.each<[string, unknown, string[]]>([
    ['with something else beside it', { forbidden: ['costs', 7] }, ['costs']],
    ['in other letters', { forbidden: [' Costs'] }, ['costs']],
    ['as text', { forbidden: 'costs, http' }, ['costs', 'http']],
    ['as an object', { forbidden: { costs: true, http: false } }, ['costs']],
    ['in a text that is cut off', { json: '{"forbidden": ["costs", "http"' }, ['costs', 'http']],
    ['in a text with a comma too many', { json: '{"forbidden":["costs"],}' }, ['costs']],
  ])('%s', (_, raw, features) => {
    expect([...parsePolicy(raw).forbidden]).toEqual(features);
  });

  test('and what cannot is named', () => {
    expect(named({ forbidden: ['costs', 7] })).toEqual([
      `forbidden.1 managed_unknown ${FEATURES.join(', ')}`,
    ]);
    expect(named({ json: '{"forbidden": ["costs"' })).toEqual([
      expect.stringMatching(/^json managed_json ./),
    ]);
  });

  test('a text that cannot be read forbids no more than it names', () => {
    const json = '{"connections": [{"address": "http://costs.example/blacklist"';
    expect([...parsePolicy({ json }).forbidden]).toEqual([]);
  });
});

describe('whatever an administrator wrote', () => {
  test('it is read without a crash', () => {
    const parts = fc.record(
      {
        connections: fc.jsonValue(),
        thresholds: fc.jsonValue(),
        forbidden: fc.jsonValue(),
        json: fc.oneof(fc.json(), fc.string()),
      },
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
          const given = { ...others, forbidden };
          for (const raw of [given, { ...others, json: JSON.stringify(given) }]) {
            const policy = parsePolicy(raw);
            for (const feature of features) expect(policy.forbidden.has(feature)).toBe(true);
          }
        },
      ),
    );
  });
});

test('the schema for browsers types nothing that would take something else along', () => {
  const { json, connections, thresholds, forbidden, ...more } = schema.properties;
  expect(more).toEqual({});
  expect(json.type).toBe('string');
  expect(connections.items).toEqual({ type: 'object' });
  expect(Object.keys(thresholds).sort()).toEqual(['title', 'type']);
  expect(forbidden.items).toEqual({ type: 'string' });
  for (const feature of FEATURES) expect(forbidden.title).toContain(feature);
});
