import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportList } from '../../../lib/sources/export.ts';
import { ownSourceSchema } from '../../../lib/sources/own-source-schema.ts';
import {
  draftOf,
  formatsWith,
  NEW_SOURCE,
  type OwnSource,
  type OwnSourceDraft,
  ownSourceOf,
  readOwnSource,
  withSource,
} from '../../../lib/sources/own-sources.ts';

const MYNET: OwnSource = {
  id: 'own-mynet',
  name: 'MyNet',
  digits: true,
  letters: true,
  signs: '-_',
  shortest: 3,
  longest: 12,
  separator: 'comma',
  perList: 2,
};

const draft = (change: Partial<OwnSourceDraft>): OwnSourceDraft => ({
  ...NEW_SOURCE,
  name: 'MyNet',
  ...change,
});
const errorsOf = (change: Partial<OwnSourceDraft>, others: readonly OwnSource[] = []) => {
  const read = readOwnSource(draft(change), others);
  return 'errors' in read ? read.errors.map(({ field, why }) => `${field} ${why}`) : [];
};
const cut = (...ids: string[]) => ids.map((id) => ({ id, cut: true, keep: false }));
const formatFor = (source: OwnSource) => {
  const format = formatsWith([source]).find(({ id }) => id === source.id);
  if (!format) throw new Error('The source has no format.');
  return format;
};

describe('reading the form', () => {
  test('a new source is called by its name and takes digits', () => {
    expect(readOwnSource(draft({}), [])).toEqual({
      source: {
        id: 'own-mynet',
        name: 'MyNet',
        digits: true,
        letters: false,
        signs: '',
        shortest: 1,
        longest: 20,
        separator: 'newline',
        perList: null,
      },
    });
  });

  test('spaces around are dropped, each sign is taken once', () => {
    const read = readOwnSource(
      draft({ name: ' MyNet ', signs: '- _ -', shortest: ' 2', longest: '3 ', perList: ' 500 ' }),
      [],
    );
    expect(read).toMatchObject({
      source: { name: 'MyNet', signs: '-_', shortest: 2, longest: 3, perList: 500 },
    });
  });

  test.each<[Partial<OwnSourceDraft>, string[]]>([
    [{ name: '  ' }, ['name missing']],
    // Only what separates words: nothing that a campaign's source could be found by.
    [{ name: '-–()' }, ['name missing']],
    [{ name: 'x'.repeat(60) }, []],
    [{ name: 'x'.repeat(61) }, ['name long']],
    [{ digits: false }, ['characters none']],
    [{ digits: false, letters: true }, []],
    [{ signs: ',' }, ['signs refused']],
    [{ signs: ';' }, ['signs refused']],
    [{ signs: '*' }, ['signs refused']],
    [{ signs: '"' }, ['signs refused']],
    [{ signs: '<' }, ['signs refused']],
    [{ signs: 'é' }, ['signs refused']],
    [{ signs: '-_.:/~|@#%&+=!$^' }, []],
    [{ shortest: '0' }, ['length range']],
    [{ shortest: '' }, ['length range']],
    [{ shortest: '5', longest: '4' }, ['length range']],
    [{ shortest: '5', longest: '5' }, []],
    [{ shortest: '1.5' }, ['length range']],
    [{ longest: '300' }, []],
    [{ longest: '301' }, ['length range']],
    [{ perList: '0' }, ['perList range']],
    [{ perList: '1' }, []],
    [{ perList: '-5' }, ['perList range']],
    [{ perList: '10000000' }, []],
    [{ perList: '10000001' }, ['perList range']],
    [{ perList: '1e3' }, ['perList range']],
    [
      { name: '', digits: false, longest: 'x' },
      ['name missing', 'characters none', 'length range'],
    ],
  ])('%j', (change, errors) => {
    expect(errorsOf(change)).toEqual(errors);
  });

  test('refused signs are named', () => {
    expect(readOwnSource(draft({ signs: '-;*' }), [])).toEqual({
      errors: [{ field: 'signs', why: 'refused', signs: '; *' }],
    });
  });

  test('two sources never have one name, and an edited one keeps its own', () => {
    expect(errorsOf({ name: 'mynet' }, [MYNET])).toEqual(['name taken']);
    expect(errorsOf({ ...draftOf(MYNET), signs: '' }, [MYNET])).toEqual([]);
  });

  test('a renamed source keeps its id, so that its lists stay its own; a new one gets a free one', () => {
    const renamed = readOwnSource({ ...draftOf(MYNET), name: 'Other' }, [MYNET]);
    if (!('source' in renamed)) throw new Error('It was refused.');
    expect(renamed.source.id).toBe('own-mynet');
    const added = readOwnSource(draft({}), withSource([MYNET], renamed.source));
    expect(added).toMatchObject({ source: { id: 'own-mynet-2' } });
  });

  test('its id is its name in letters and digits, of a length that can be stored', () => {
    const idOf = (name: string, others: readonly OwnSource[] = []) => {
      const read = readOwnSource(draft({ name }), others);
      if (!('source' in read)) throw new Error('It was refused.');
      return read.source.id;
    };
    expect(idOf('Мой +++ Net')).toBe('own-мой-net');
    expect(idOf(`${'x'.repeat(59)}y`)).toBe(`own-${'x'.repeat(59)}y`);
    // In lower case each is two characters.
    expect(idOf('İ'.repeat(60))).toHaveLength('own-'.length + 60);
    const taken = ['own-mynet', 'own-mynet-2'].map((id) => ({ ...MYNET, id, name: id }));
    expect(idOf('MyNet', taken)).toBe('own-mynet-3');
  });

  test('an edited source takes the place that it had', () => {
    const other = { ...MYNET, id: 'own-other', name: 'Other' };
    const changed = { ...MYNET, signs: '' };
    expect(withSource([MYNET, other], changed)).toEqual([changed, other]);
    expect(withSource([other], MYNET)).toEqual([other, MYNET]);
  });

  test('a form shows what is stored', () => {
    expect(draftOf(MYNET)).toEqual({ ...MYNET, shortest: '3', longest: '12', perList: '2' });
    expect(draftOf({ ...MYNET, perList: null }).perList).toBe('');
  });

  test('a blank limit is none', () => {
    expect(readOwnSource(draft({ perList: '  ' }), [])).toMatchObject({
      source: { perList: null },
    });
  });

  test('what describes no ids cannot be stored', () => {
    expect(ownSourceSchema.safeParse(MYNET).success).toBe(true);
    for (const wrong of [
      { digits: false, letters: false },
      { signs: ',' },
      { separator: ';' },
      { longest: 301 },
      { perList: 0 },
    ]) {
      expect(ownSourceSchema.safeParse({ ...MYNET, ...wrong }).success).toBe(false);
    }
  });

  test('what the form reads can be stored, and be edited again', () => {
    const drafts = fc.record({
      id: fc.constant(''),
      name: fc.string({ unit: fc.constantFrom(...'aБ9 -+é'), minLength: 1, maxLength: 70 }),
      digits: fc.boolean(),
      letters: fc.boolean(),
      signs: fc.subarray([...'-_.:/~|@#%&+=!$^ ']).map((some) => some.join('')),
      shortest: fc.integer({ min: 0, max: 5 }).map(String),
      longest: fc.integer({ min: 3, max: 301 }).map(String),
      separator: fc.constantFrom('newline', 'comma'),
      perList: fc.oneof(fc.constant(''), fc.nat(1000).map(String)),
    }) as fc.Arbitrary<OwnSourceDraft>;
    let stored = 0;
    fc.assert(
      fc.property(drafts, (one) => {
        const read = readOwnSource(one, []);
        if ('errors' in read) return;
        stored += 1;
        expect(ownSourceSchema.parse(read.source)).toEqual(read.source);
        expect(readOwnSource(draftOf(read.source), [read.source])).toEqual(read);
      }),
    );
    expect(stored).toBeGreaterThan(20);
  });
});

describe('its lists', () => {
  test('hold ids of the described characters and length, in parts, with its separator', () => {
    const rows = cut('abc', 'A-1_b', 'ab', 'abcdefghijklm', 'a.bc', 'é12', '12 3', '{zone}', '999');
    const { parts, leftOut } = exportList(rows, formatFor(MYNET));
    expect(parts.map(({ text }) => text)).toEqual(['abc,A-1_b', '999']);
    expect(leftOut.map(({ id }) => id)).toEqual([
      'ab',
      'abcdefghijklm',
      'a.bc',
      'é12',
      '12 3',
      '{zone}',
    ]);
  });

  test('never hold a formula, though its ids may have such signs', () => {
    const signs = { ...MYNET, signs: '=+-@' };
    const { parts } = exportList(cut('=1+1', '+123', '-123', '@abc', '1=1'), formatFor(signs));
    expect(parts.map(({ text }) => text)).toEqual(['1=1']);
  });

  test('hold what is made of the described characters, and nothing else', () => {
    const all = [...'-_.:/~|@#%&+=!$^'];
    const sources = fc.record({
      digits: fc.boolean(),
      letters: fc.boolean(),
      signs: fc.subarray(all),
      shortest: fc.integer({ min: 1, max: 5 }),
      more: fc.nat(5),
    });
    const ids = fc.string({ unit: fc.constantFrom(...'09azAZ;,*"[]\\ é', ...all), maxLength: 12 });
    fc.assert(
      fc.property(sources, ids, ({ digits, letters, signs, shortest, more }, id) => {
        fc.pre(digits || letters);
        const longest = shortest + more;
        const source = { ...MYNET, digits, letters, signs: signs.join(''), shortest, longest };
        const allowed = new Set([
          ...(digits ? '0123456789' : ''),
          ...(letters ? 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ' : ''),
          ...signs,
        ]);
        const text = id.trim();
        const fits =
          text.length >= shortest &&
          text.length <= longest &&
          [...text].every((character) => allowed.has(character));
        const [rule] = formatFor(source).rules;
        expect(rule?.read(text) !== null).toBe(fits);
      }),
    );
  });
});

describe("a campaign's source", () => {
  const sources = [MYNET, { ...MYNET, id: 'own-mynet-pop', name: 'MyNet Pop' }];
  test.each([
    ['MyNet', 'own-mynet'],
    ['mynet | DE', 'own-mynet'],
    ['FR – MyNet (push)', 'own-mynet'],
    ['MyNet Pop DE', 'own-mynet-pop'],
    ['MyNets', undefined],
    ['TheMyNet', undefined],
    ['PropellerAds', undefined],
    ['', undefined],
  ])('%s', (name, id) => {
    expect(ownSourceOf(name, sources)?.id).toBe(id);
  });
});

test('nothing of its format is a guess, and it has no notes', () => {
  expect(formatFor(MYNET)).toMatchObject({ sure: true, notes: [], most: null, perList: 2 });
});

test('the own sources come first, and the known ones stay', () => {
  const ids = formatsWith([MYNET]).map(({ id }) => id);
  expect(ids[0]).toBe('own-mynet');
  expect(ids).toContain('propellerads');
  expect(ids.at(-1)).toBe('other');
});

test.each([
  ['own-mynet', true],
  ['own-сеть-2', true],
  ['own-', false],
  ['mynet', false],
  ['xown-mynet', false],
  ['own-my net', false],
  ['own-mynet;x', false],
])('%s is the id of an own source: %s', (id, isOne) => {
  expect(ownSourceSchema.safeParse({ ...MYNET, id }).success).toBe(isOne);
});

test('the form of a new source asks for the name', () => {
  expect(readOwnSource(NEW_SOURCE, [])).toMatchObject({
    errors: [{ field: 'name', why: 'missing' }],
  });
});
