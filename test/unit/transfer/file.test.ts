import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { MOST_CHARACTERS, parseSettings, readFile, VERSION } from '../../../lib/transfer/file.ts';

const connection = {
  id: 'c1',
  tracker: 'fake',
  name: 'Main',
  address: 'https://t.example',
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'postback',
  templates: [],
};
const file = {
  crosstrack: 'settings',
  version: VERSION,
  exportedAt: '2026-08-01T00:00:00.000Z',
  connections: [connection],
  links: [],
  rejections: [],
  settings: { format: 'other' },
};
const parse = (value: unknown, sealed = false) =>
  parseSettings(readFile(JSON.stringify(value)), { sealed });

const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof CrosstrackError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a file is read as it was written', () => {
  expect(parse(file)).toEqual(file);
});

test('a key in a file that is not sealed is not read', () => {
  const withKey = { ...file, connections: [{ ...connection, key: 'canary-key' }] };
  expect(parse(withKey)).toEqual(file);
  expect(parse(withKey, true).connections[0]?.credentials).toEqual({ key: 'canary-key' });
});

test('version 0 gets what it did not know', () => {
  const { basis: _, templates: __, ...older } = connection;
  expect(
    parse({
      crosstrack: 'settings',
      version: 0,
      exportedAt: file.exportedAt,
      connections: [older],
    }),
  ).toEqual({
    ...file,
    version: 0,
    connections: [{ ...connection, basis: 'visit' }],
    settings: {},
  });
});

describe('refused with a sentence', () => {
  test.each<[string, string, string]>([
    ['no JSON', '{', 'transfer_not_ours'],
    ['JSON of somebody else', '{"name":"x"}', 'transfer_not_ours'],
    ['a list', '[]', 'transfer_not_ours'],
    ['no version', '{"crosstrack":"settings"}', 'transfer_not_ours'],
    ['a version below 0', '{"crosstrack":"settings","version":-1}', 'transfer_not_ours'],
    [
      'a version that is no number',
      '{"crosstrack":"settings","version":1e400}',
      'transfer_not_ours',
    ],
    ['a text past 5 MB', ' '.repeat(MOST_CHARACTERS + 1), 'transfer_large'],
    ['deep nesting', `${'['.repeat(400_000)}`, 'transfer_not_ours'],
  ])('%s', (_, text, expected) => {
    expect(problemOf(() => readFile(text))).toMatchObject({ kind: 'input', text: expected });
  });

  test('a newer version, which is named', () => {
    expect(problemOf(() => parse({ ...file, version: 7 }))).toMatchObject({
      kind: 'unsupported',
      text: 'transfer_newer',
      values: ['7'],
    });
  });

  test.each<[string, object, string]>([
    ['a currency', { currency: 'dollars' }, 'connections.0.currency'],
    ['a name of a megabyte', { name: 'x'.repeat(1e6) }, 'connections.0.name'],
    [
      'a slot that no tracker has',
      {
        templates: [
          { sourceId: 's', sourceName: 's', campaign: 1e15, adSet: 1, ad: 1, placement: 1 },
        ],
      },
      'connections.0.templates.0.campaign',
    ],
  ])('%s names its field', (_, change, field) => {
    expect(
      problemOf(() => parse({ ...file, connections: [{ ...connection, ...change }] })),
    ).toMatchObject({ text: 'transfer_damaged', field });
  });
});

test('whatever the text, it is read or refused, and no prototype changes', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .tuple(fc.constantFrom('settings', 'sealed'), fc.nat(3), fc.jsonValue(), fc.jsonValue())
      .map(([crosstrack, version, connections, settings]) =>
        JSON.stringify({ ...file, crosstrack, version, connections, settings }),
      ),
    fc.constant(
      JSON.stringify(file).replace('"connections"', '"__proto__":{"polluted":true},"connections"'),
    ),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      try {
        parseSettings(readFile(text), { sealed: false });
      } catch (error) {
        expect(error).toBeInstanceOf(CrosstrackError);
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    }),
  );
});
