import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { allPages, type Page, type Paging, wholeOf } from '../../../lib/trackers/paging.ts';
import { expectSentence } from './contract.ts';

type Answer = Page<string> | Error;

/** Reads pages of two rows from these answers; asking for more than there are fails the test. */
async function read(answers: readonly Answer[], change: Partial<Paging<string>> = {}) {
  const asked: Array<[page: number, offset: number]> = [];
  const done = await allPages<string>({
    limit: 2,
    most: 10,
    keyOf: (row) => row,
    async page(page, offset) {
      asked.push([page, offset]);
      const answer = answers[page - 1];
      if (answer === undefined) throw new Error(`page ${page} was asked for`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...change,
  });
  return { rows: done.rows.join(''), complete: done.complete, asked };
}

const rows = (letters: string, more: Omit<Page<string>, 'rows'> = {}): Page<string> => ({
  rows: [...letters],
  ...more,
});
const problem = (kind: Problem['kind']) => new CrosstrackError({ kind, retryAfterMs: 60_000 });

/** Pages, what is read of them, and whether that is the whole; none of the pages is left unread. */
function reads(
  table: ReadonlyArray<
    readonly [
      title: string,
      answers: readonly Answer[],
      rows: string,
      complete: boolean,
      change?: Partial<Paging<string>>,
    ]
  >,
): void {
  for (const [title, answers, expected, complete, change] of table) {
    test(title, async () => {
      const done = await read(answers, change);
      expect([done.rows, done.complete, done.asked.length]).toEqual([
        expected,
        complete,
        answers.length,
      ]);
    });
  }
}

describe('without a total', () => {
  reads([
    ['an empty list', [rows('')], '', true],
    ['a short page is the last', [rows('a')], 'a', true],
    ['full pages go on until one is short', [rows('ab'), rows('cd'), rows('e')], 'abcde', true],
    ['or empty', [rows('ab'), rows('')], 'ab', true],
    ['a total of nought beside rows is none', [rows('ab', { total: 0 }), rows('c')], 'abc', true],
    ['null is none', [rows('ab', { total: null }), rows('c')], 'abc', true],
  ]);

  test('page and offset are counted for those who page by either', async () => {
    const { asked } = await read([rows('ab'), rows('cd'), rows('e')]);
    expect(asked).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
    ]);
  });

  test('an answer of more rows than were asked for is the whole list', async () => {
    expect(await read([rows('abcde')])).toMatchObject({ rows: 'abcde', complete: true });
  });
});

describe('with a total', () => {
  reads([
    ['reading ends with it, though the page was full', [rows('ab', { total: 2 })], 'ab', true],
    [
      'short pages go on until it',
      [rows('a', { total: 3 }), rows('b', { total: 3 }), rows('c', { total: 3 })],
      'abc',
      true,
    ],
    [
      'a total that grows is followed',
      [rows('ab', { total: 2 + 1 }), rows('cd', { total: 5 }), rows('e', { total: 5 })],
      'abcde',
      true,
    ],
    [
      'a total that shrinks: rows went away meanwhile, and others may have slipped past',
      [rows('ab', { total: 5 }), rows('cd', { total: 4 })],
      'abcd',
      false,
    ],
    [
      'a page that is empty before the total is reached',
      [rows('ab', { total: 5 }), rows('', { total: 5 })],
      'ab',
      false,
    ],
    ['a total that is told once only', [rows('ab', { total: 5 }), rows('c')], 'abc', false],
    [
      'larger pages than were asked for, and a total that says there are more',
      [rows('abc', { total: 5 }), rows('de', { total: 5 })],
      'abcde',
      true,
    ],
    ['a whole list in one, with its total', [rows('abcde', { total: 5 })], 'abcde', true],
  ]);
});

describe('the tracker says itself whether there is more', () => {
  reads([
    [
      'yes, after a short page',
      [rows('a', { more: true }), rows('b', { more: false })],
      'ab',
      true,
    ],
    ['no, after a full one', [rows('ab', { more: false })], 'ab', true],
    ['no, before its own total', [rows('ab', { more: false, total: 3 })], 'ab', false],
    [
      'yes, after more rows than were asked for',
      [rows('abc', { more: true }), rows('d', { more: false })],
      'abcd',
      true,
    ],
    [
      'yes, and then nothing comes',
      [rows('ab', { more: true }), rows('', { more: true })],
      'ab',
      true,
    ],
  ]);
});

describe('rows that come again', () => {
  reads([
    ['a server that does not page repeats itself', [rows('ab'), rows('ab')], 'ab', false],
    [
      'so does one that counts its rows',
      [rows('ab', { total: 4 }), rows('ab', { total: 4 })],
      'ab',
      false,
    ],
    [
      'a row that moved onto the next page is read once',
      [rows('ab'), rows('bc'), rows('d')],
      'abcd',
      true,
    ],
    [
      'and where rows were counted, the one that slipped past is missed',
      [rows('ab', { total: 4 }), rows('bc', { total: 4 })],
      'abc',
      false,
    ],
    ['two rows alike within one page are two', [rows('aa'), rows('b')], 'aab', true],
    [
      'older versions that know no paging: the second page is the first, and that is all there is',
      [rows('ab'), rows('ab')],
      'ab',
      true,
      { unpaged: true },
    ],
    [
      'but not where it counts more',
      [rows('ab', { total: 4 }), rows('ab', { total: 4 })],
      'ab',
      false,
      { unpaged: true },
    ],
    [
      'nor where only some rows come again',
      [rows('ab'), rows('b')],
      'ab',
      false,
      { unpaged: true },
    ],
    [
      'nor where they come again later',
      [rows('ab'), rows('cd'), rows('cd')],
      'abcd',
      false,
      { unpaged: true },
    ],
    ['one that pages is read as ever', [rows('ab'), rows('c')], 'abc', true, { unpaged: true }],
  ]);
});

test('a list that is of use only as a whole is refused in part', () => {
  expect(wholeOf({ rows: ['a'], complete: true })).toEqual(['a']);
  const text = 'problem_list_incomplete';
  expect(() => wholeOf({ rows: ['a'], complete: false })).toThrow(
    expect.objectContaining({ problem: { kind: 'conflict', text } }),
  );
  expectSentence({ kind: 'conflict', text });
});

describe('what stops it', () => {
  test('the most pages that may be asked for', async () => {
    const done = await read([rows('ab'), rows('cd')], { most: 2 });
    expect(done).toMatchObject({ rows: 'abcd', complete: false });
  });

  test('a rate limit on a later page keeps what was read, where a part is of use', async () => {
    const done = await read([rows('ab'), problem('rate')], { partial: true });
    expect(done).toMatchObject({ rows: 'ab', complete: false });
  });

  test.each<[string, Answer[], boolean]>([
    [
      'a rate limit on a later page, where a part is of no use',
      [rows('ab'), problem('rate')],
      false,
    ],
    ['a rate limit on the first page', [problem('rate')], true],
    ['another problem on a later page', [rows('ab'), problem('network')], true],
    ['a cancelled question', [rows('ab'), new DOMException('Cancelled', 'AbortError')], true],
  ])('%s is thrown on', async (_, answers, partial) => {
    await expect(read(answers, { partial })).rejects.toBe(answers.at(-1));
  });
});

test('any list, by any page size, is read whole, in order, each row once', async () => {
  const size = fc.integer({ min: 1, max: 7 });
  await fc.assert(
    fc.asyncProperty(fc.nat(40), size, size, fc.boolean(), async (count, limit, cap, counted) => {
      const all = Array.from({ length: count }, (_, row) => `r${row}`);
      // A server that gives fewer than it was asked for has to say how many there are.
      const given = counted ? Math.min(limit, cap) : limit;
      const done = await allPages<string>({
        limit,
        most: 100,
        keyOf: (row) => row,
        page: async (page, offset) => {
          expect(offset).toBe((page - 1) * given);
          return {
            rows: all.slice(offset, offset + given),
            ...(counted ? { total: count } : {}),
          };
        },
      });
      expect(done).toEqual({ rows: all, complete: true });
    }),
  );
});
