import { describe, expect, test } from 'vitest';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import { contractClient, type Exchange, responseOf } from './contract.ts';

type Answer = Omit<Exchange, 'ask'>;

const byId = (id: string): TrackerAdapter => {
  const found = trackers.find((tracker) => tracker.id === id);
  if (!found) throw new Error(`no tracker ${id}`);
  return found;
};

const NOT_FOUND: Answer = { status: 404, text: 'Not found' };
const ROBOTS = 'GET /sub/robots.txt';
const ROLE = 'GET /sub/public/api/v1/user/role';
/** Shapes as trackers/*.md give them. */
const V1_SIGN_IN =
  '<!doctype html><title>Binom</title><link href="templates/standart/css/style.css"><form><input type="password"></form>';
const NO_KEY = { status: 401, say: { error: 'Api-Key is required' } } as const;

interface Recognition {
  readonly id: string;
  readonly pasted: string;
  readonly asks: string;
  /** Whom it asks besides, once that looks right and is no lock of the whole site. */
  readonly besides?: string;
  readonly own: ReadonlyArray<readonly [string, Answer]>;
  /** Refusals of other APIs, some very near. */
  readonly others: ReadonlyArray<readonly [string, Answer]>;
}

const RECOGNITIONS: readonly Recognition[] = [
  {
    id: 'keitaro',
    pasted: 'https://t.example/sub/admin',
    asks: 'GET /sub/admin_api/v1/campaigns',
    own: [
      ['401 with an error', NO_KEY],
      ['401 with a message', { status: 401, say: { message: 'Unauthorized' } }],
      ['402: an edition without the API', { status: 402, say: { error: 'Upgrade' } }],
    ],
    others: [
      ['a status beside the words', { status: 401, say: { status: 2, error: 'No key' } }],
      ['a code beside the words', { status: 401, say: { code: 401, message: 'No token' } }],
      ['a list of errors', { status: 401, say: { errors: ['Unauthorized'] } }],
      ['an error that is no text', { status: 402, say: { error: { code: 402 } } }],
      ['403', { status: 403, say: { message: 'Missing Authentication Token' } }],
    ],
  },
  {
    id: 'binom2',
    pasted: 'https://t.example/sub/panel/campaigns',
    asks: ROLE,
    own: [
      ['401 with an error', NO_KEY],
      ['401 with a message', { status: 401, say: { message: 'No key', code: 401 } }],
      ['401 with a detail', { status: 401, say: { errors: { detail: 'No key' } } }],
    ],
    others: [
      ['a status beside the words', { status: 401, say: { status: 2, error: 'No key' } }],
      ['a list of errors', { status: 401, say: { errors: ['Unauthorized'] } }],
      ['403', { status: 403, say: { message: 'Missing Authentication Token' } }],
      ['a role for everybody', { say: { id: 1, role: 'guest' } }],
    ],
  },
  {
    id: 'affise',
    pasted: 'https://t.example/sub/3.0/balance',
    asks: 'GET /sub/3.0/balance',
    own: [
      ['401 with status 2', { status: 401, say: { status: 2, error: 'API-Key is required' } }],
      ['403 with status 0', { status: 403, say: { status: 0, message: 'Denied' } }],
      ['200 with a status in a text', { say: { status: '2', error: 'No key' } }],
    ],
    others: [
      ['no status', NO_KEY],
      ['status 1', { say: { status: 1, error: 'No key' } }],
      ['status null', { status: 401, say: { status: null, error: 'No key' } }],
      ['the status of HTTP', { status: 401, say: { status: 401, error: 'Unauthorized' } }],
      ['404 with status 2', { status: 404, say: { status: 2, error: 'Not found' } }],
      ['no words', { status: 401, say: { status: 2 } }],
    ],
  },
  {
    id: 'binom',
    pasted: 'https://t.example/sub/arm.php',
    asks: 'GET /sub/arm.php?page=Campaigns',
    besides: ROLE,
    own: [
      ['a key is missing', { say: { error: 'Wrong api_key' } }],
      ['its sign-in', { text: V1_SIGN_IN }],
      [
        'a long head before the form',
        { text: V1_SIGN_IN.replace('<form>', '<style>'.repeat(300)) },
      ],
      ['its own files, another name', { text: V1_SIGN_IN.replace('Binom', 'My tracker') }],
    ],
    others: [
      ['an error about something else', { say: { error: 'Not found' } }],
      ['an error that is no text', { say: { error: { auth: 1 } } }],
      ['401', { status: 401, say: { error: 'Wrong api_key' } }],
      ['campaigns for everybody', { say: [] }],
      [
        'a sign-in like any other',
        { text: '<title>Shop</title><form><input type="password"></form>' },
      ],
      ['an article', { text: '<title>Binom or not?</title><p>type of password' }],
      ['its sign-in with 404', { status: 404, text: V1_SIGN_IN }],
    ],
  },
];

/** What everybody else answers. */
const STRANGERS: ReadonlyArray<readonly [string, Answer]> = [
  ...[200, 401, 402, 403, 404, 405].map((status): readonly [string, Answer] => [
    `a page with ${status}`,
    { status, text: '<!doctype html><title>Shop</title><h1>Sale</h1>' },
  ]),
  ['a redirect', { status: 302, headers: { Location: '/login' } }],
  ['nothing with 401', { status: 401 }],
  ['words with 401', { status: 401, text: 'Unauthorized' }],
  ['an empty object with 401', { status: 401, say: {} }],
  ['an empty error with 401', { status: 401, say: { error: '' } }],
  ['a detail with 401', { status: 401, say: { detail: 'Not authenticated' } }],
  ['a list with 401', { status: 401, say: [{ message: 'No' }] }],
  ['null with 401', { status: 401, text: 'null' }],
  ['no route', { status: 404, say: { error: 'Not found' } }],
  ['not like this', { status: 405, say: { message: 'Method not allowed' } }],
  ['a shop’s goods', { say: { items: [], total: 0 } }],
];

/** What can be told later only. */
const UNSURE: ReadonlyArray<readonly [string, Answer]> = [
  ['throttling of Binom v2', { status: 418, say: { error: 'Slow down' } }],
  ['a time-out of a server', { status: 408, text: '' }],
  ['a rate limit', { status: 429, say: { error: 'Too many requests' } }],
  ['a page of a proxy', { status: 502, text: '<html>Bad Gateway</html>' }],
  ['a broken server', { status: 500, say: { error: 'Api-Key is required' } }],
];

/** Asks whether it is there; every request has to be without the key. */
async function recognise(
  { id, pasted }: Pick<Recognition, 'id' | 'pasted'>,
  answer: (asked: string) => Answer,
) {
  const adapter = byId(id);
  let asked = '';
  const contract = contractClient(adapter, pasted, (request) => {
    const { pathname, search } = new URL(request.url);
    asked = `${request.method} ${pathname}${search}`;
    return responseOf(answer(asked));
  });
  const there = (async () => adapter.answersHere?.(contract.client))();
  await Promise.allSettled([there]);
  expect(contract.faults).toEqual([]);
  expect(contract.sent.every(({ keyless }) => keyless)).toBe(true);
  return { there, asked: contract.sent.map(({ ask }) => ask) };
}

describe.each(RECOGNITIONS.map((each) => [each.id, each] as const))('%s', (_, each) => {
  const only = (answer: Answer) => (asked: string) => (asked === each.asks ? answer : NOT_FOUND);

  test.each(each.own)('answers here: %s', async (_title, answer) => {
    const { there, asked } = await recognise(each, only(answer));
    expect(await there).toBe(true);
    expect(asked).toEqual([each.asks, ROBOTS, ...(each.besides ? [each.besides] : [])]);
  });

  test.each([...each.others, ...STRANGERS])('does not: %s', async (_title, answer) => {
    const { there, asked } = await recognise(each, only(answer));
    expect(await there).toBe(false);
    expect(asked).toEqual([each.asks]);
  });

  test.each(each.own)('does not where every path answers so: %s', async (_title, answer) => {
    const { there, asked } = await recognise(each, () => answer);
    expect(await there).toBe(false);
    expect(asked).toEqual([each.asks, ROBOTS]);
  });

  test.each(UNSURE)('cannot be told now: %s', async (_title, answer) => {
    await expect((await recognise(each, only(answer))).there).rejects.toMatchObject({
      problem: { status: answer.status },
    });
  });

  test('cannot be told on a dead line', async () => {
    const adapter = byId(each.id);
    const { client } = contractClient(adapter, each.pasted, () => {
      throw new TypeError('dead');
    });
    await expect(adapter.answersHere?.(client)).rejects.toMatchObject({
      problem: { kind: 'network' },
    });
  });
});

describe('v1 where v2 keeps an entry for its calls', () => {
  const v1 = { id: 'binom', pasted: 'https://t.example/sub/arm.php' };
  const with2 = (role: Answer) => (asked: string) =>
    asked === ROLE ? role : asked === ROBOTS ? NOT_FOUND : { text: V1_SIGN_IN };

  test('is v2', async () => {
    expect(await (await recognise(v1, with2(NO_KEY))).there).toBe(false);
  });

  test('cannot be told while v2 cannot be asked', async () => {
    await expect((await recognise(v1, with2({ status: 503 }))).there).rejects.toThrow();
  });
});

test('whose host alone tells is not asked, nor is what is made up', () => {
  const silent = trackers.filter(({ answersHere }) => !answersHere);
  expect(silent.filter(({ demo }) => !demo).map(({ id }) => id)).toEqual(['redtrack']);
});
