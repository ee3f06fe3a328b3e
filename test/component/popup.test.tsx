import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { mountPopup } from '../../components/popup/mount.tsx';
import style from '../../components/popup/popup.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { Stats } from '../../lib/contract/figures.ts';
import { CrosstrackError, LOCKED } from '../../lib/errors.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  failing,
  fakeAccess,
  fakeClient,
  hourly,
  openRoot,
  stats,
  tracker,
  useEnglish,
  useLanguage,
} from './fixtures.ts';

beforeEach(useEnglish);

const trackers = [tracker('k'), tracker('b'), tracker('a', { side: 'network' })];

const NO_EXTREMES = { best: null, worst: null };

/** What counts where no campaign is on two trackers; of a connection without figures, nothing. */
const once = (byConnection: Record<string, () => Stats>): Answers['stats.once'] =>
  Object.fromEntries(
    Object.entries(byConnection).flatMap(([id, read]) => {
      try {
        const { now: metrics, best, worst } = read();
        return [[id, { metrics, campaigns: 2, whole: true, best, worst }]];
      } catch {
        return [];
      }
    }),
  );

function open(
  byConnection: Record<string, () => Stats>,
  theme: 'light' | 'dark' = 'light',
  demos: readonly string[] = [],
) {
  const root = openRoot(style, theme);
  const client = fakeClient({
    'connections.list': () =>
      Object.keys(byConnection).map((id) =>
        connection(id, demos.includes(id) ? { demo: true } : {}),
      ),
    'trackers.list': () => trackers,
    'stats.read': ({ connection: id }) => byConnection[id]?.() ?? stats(0),
    'stats.once': () => once(byConnection),
    'options.open': () => null,
    'demo.add': () => [],
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  return { root, client };
}
const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';

test('totals are of trackers only: a network’s revenue is the same money', async () => {
  const { root } = open({ k: () => stats(5), b: () => stats(-2), a: () => stats(100) });
  await expect.poll(() => text(root, '.big')).toBe('+$3.00');
  expect(text(root, '[data-connection="a main"]')).toContain('$110.00');
});

test('the total says over how many of the trackers it sums', async () => {
  const { root } = open({
    k: () => stats(5),
    b: failing({ kind: 'network' }) as () => Stats,
    a: () => stats(100),
  });
  await expect
    .poll(() => text(root, '.caption'))
    .toBe('Total profit, each campaign once (1 of 2 trackers): k main 2 Links');
  expect(root.querySelector<HTMLElement>('.caption')?.title).toContain('counts once');
});

test('the total says what it counts: the base, and what only others have', async () => {
  const { root, client } = open({ k: () => stats(5), b: () => stats(4) });
  await expect.poll(() => text(root, '.big')).toBe('+$9.00');
  client.answer('stats.once', () => ({
    k: { metrics: stats(5).now, campaigns: 7, whole: true, ...NO_EXTREMES },
    b: {
      metrics: stats(1).now,
      ...{ campaigns: 1, whole: false, worst: null },
      best: { name: 'Own', profit: 1 },
    },
  }));
  client.change('stats.once');
  await expect.poll(() => text(root, '.big')).toBe('+$6.00');
  expect(text(root, '.caption')).toBe(
    'Total profit, each campaign once (2 of 2 trackers): k main 7, b main +1 Links',
  );
  expect(text(root, '.extremes')).toContain('Own');
  // Each tracker's own figure stands beside it.
  expect(text(root, '[data-connection="b main"]')).toContain('+$4.00');
});

test('with a rate they are, and the total names it', async () => {
  const { root, client } = open({
    k: () => stats(5),
    b: () => stats(20, { currency: 'EUR', best: { name: 'Euro', profit: 90 } }),
  });
  client.answer('rates.list', () => [{ from: 'EUR', to: 'USD', rate: 1.085, day: '2026-11-24' }]);
  // 20.00 × 1.085 = 21.70
  await expect.poll(() => text(root, '.big')).toBe('+$26.70');
  expect(root.querySelectorAll('[data-total]').length).toBe(1);
  expect(text(root, '[data-conversion]')).toBe('€20.00 × 1.085, Nov 24, 2026');
  expect(text(root, '.extremes')).toContain('+€90.00');
});

test('money of two currencies is not ranked together', async () => {
  const { root } = open({
    k: () => stats(5, { best: { name: 'Dollar', profit: 9 } }),
    b: () => stats(7, { currency: 'EUR', best: { name: 'Euro', profit: 90 } }),
  });
  await expect.poll(() => text(root, '.extremes')).toContain('Euro');
  expect(text(root, '.extremes')).toContain('Dollar');
});

test('one tracker is no sum', async () => {
  const { root } = open({ k: () => stats(5) });
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  expect(root.querySelector('.caption')).toBeNull();
});

test('a day that is over is compared with the one before it', async () => {
  const { root } = open({ k: () => stats(50, { before: metricsOf({ cost: 0, revenue: 40 }) }) });
  await expect.poll(() => text(root, '.big')).toBe('+$50.00');
  const choice = root.querySelector<HTMLSelectElement>('[name=preset]');
  if (!choice) throw new Error('no choice of days');
  choice.value = 'yesterday';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => text(root, '.total')).toContain('▲ 25.0 % vs. the day before');
});

const sparkline = (root: HTMLElement) => root.querySelector('.total svg');

test('an hour that one of the trackers does not know is a gap, and what is to come is not drawn', async () => {
  const { root } = open({
    k: () => stats(5, { hours: hourly([1, 2, 3, 4, 5, null, null]) }),
    b: () => stats(4, { hours: hourly([1, 2, null, 4, 5, null, null]) }),
  });
  // Seven hours, 40 apart; the sums are 2, 4, -, 8 and 10 on 24 px.
  await expect
    .poll(() => sparkline(root)?.querySelector('path')?.getAttribute('d'))
    .toBe('M0.0 21.2L40.0 16.4M120.0 6.8L160.0 2.0');
  expect(sparkline(root)?.getAttribute('aria-label')).toBe('Profit by hour');
  expect(root.querySelector('[data-hours]')).toBeNull();
  expect(root.querySelector('[data-zones]')).toBeNull();
});

test('an hour between gaps is drawn, as is the first of the day', async () => {
  const { root } = open({ k: () => stats(5, { hours: hourly([4, null, 2, null, null]) }) });
  await expect
    .poll(() => sparkline(root)?.querySelector('path')?.getAttribute('d'))
    .toBe('M0.0 2.0m-1 0h2M120.0 14.0m-1 0h2');
});

test('a line of fewer trackers than the sum names them, once where the change is of the same', async () => {
  const before = metricsOf({ cost: 0, revenue: 4 });
  const { root, client } = open({
    k: () => stats(5, { hours: hourly([1, 2]) }),
    b: () => stats(4),
  });
  await expect.poll(() => text(root, '[data-hours]')).toBe('Profit by hour · k main only');
  expect(sparkline(root)?.getAttribute('aria-label')).toBe('Profit by hour · k main only');
  expect(root.querySelector('[data-change]')).toBeNull();
  client.answer('stats.read', ({ connection: id }) =>
    id === 'k' ? stats(5, { hours: hourly([1, 2]), before }) : stats(4),
  );
  client.change('stats.read');
  await expect
    .poll(() => text(root, '[data-change]'))
    .toBe('▲ 25.0 % vs. this time yesterday · k main only');
  expect(root.querySelector('[data-hours]')).toBeNull();
});

test.each([
  ['en', 'Days differ: Europe/Madrid, America/New_York'],
  ['ru', 'Разные сутки: Europe/Madrid, America/New_York'],
] as const)(
  'days that begin at different times are told in one line: %s',
  async (language, line) => {
    useLanguage(language);
    const day = (zone: string, start: number) => ({
      zone,
      span: { start, end: start + 86_400_000 },
    });
    const { root } = open({
      k: () => stats(5, day('Europe/Madrid', 0)),
      b: () => stats(4, day('America/New_York', 21_600_000)),
    });
    await expect.poll(() => text(root, '[data-zones]')).toBe(line);
    const place = root.querySelector<HTMLElement>('[data-zones]');
    expect(place?.offsetHeight).toBe(16);
    expect(place?.scrollWidth).toBe(place?.clientWidth);
  },
);

test('many long names are cut at the end of one line, and are whole in its tooltip', async () => {
  const long = `k${'long'.repeat(40)}`;
  const change = { before: metricsOf({ cost: 0, revenue: 4 }), hours: hourly([1, 2]) };
  const { root } = open({ [long]: () => stats(5, change), k: () => stats(5) });
  await expect.poll(() => text(root, '[data-change]')).toContain(`· ${long} main only`);
  const line = root.querySelector<HTMLElement>('[data-change]');
  expect(line?.offsetHeight).toBe(16);
  expect(line?.scrollWidth).toBe(line?.clientWidth);
  expect(line?.querySelector<HTMLElement>('.cut')?.title).toBe(`${long} main`);
});

test('a long name stays within the popup', async () => {
  const { root } = open({ [`k${'long'.repeat(40)}`]: () => stats(5), k: () => stats(5) });
  await expect.poll(() => text(root, '.big')).toMatch(/\$/);
  const popup = root.querySelector<HTMLElement>('.popup');
  expect(popup?.scrollWidth).toBe(popup?.clientWidth);
});

test('currencies are never added', async () => {
  const { root } = open({ k: () => stats(5), b: () => stats(7, { currency: 'EUR' }) });
  await expect.poll(() => root.querySelectorAll('[data-total]').length).toBe(2);
  expect([...root.querySelectorAll('.big')].map((one) => one.textContent)).toEqual([
    '+$5.00',
    '+€7.00',
  ]);
});

test('a dead row says what is wrong and hides nobody', async () => {
  const { root } = open({
    k: () => stats(5),
    b: failing({ kind: 'auth', tracker: 'B' }) as () => Stats,
  });
  await expect
    .poll(() => text(root, '[data-connection="b main"]'))
    .toContain('The API key was rejected');
  expect(text(root, '[data-connection="k main"]')).toContain('+$5.00');
});

test('yesterday by now is compared with today by now', async () => {
  const { root } = open({
    k: () =>
      stats(50, {
        nowUntilHour: metricsOf({ cost: 0, revenue: 12 }),
        before: metricsOf({ cost: 0, revenue: 10 }),
      }),
  });
  await expect.poll(() => text(root, '.total')).toContain('▲ 20.0 % vs. this time yesterday');
});

test('a row that is locked says so in a word, and is not red', async () => {
  const { root } = open({ k: failing(LOCKED), b: () => stats(5) });
  const row = () => root.querySelector('[data-connection="k main"] .problem');
  await expect.poll(() => row()?.textContent).toBe('Locked');
  expect(row()?.getAttribute('title')).toBe('Keys are locked. Enter the passphrase.');
  expect(row()?.classList.contains('loss')).toBe(false);
});

test('while keys are locked it asks for the passphrase, shows what is cached, and asks anew', async () => {
  const root = openRoot(style);
  let locked = true;
  const state = () => ({ passphrase: true, locked, idleMinutes: 60, retryAfterMs: 0 });
  const client = fakeClient({
    'connections.list': () => [connection('k', locked ? { problem: LOCKED, keyEnd: '' } : {})],
    'trackers.list': () => trackers,
    'stats.read': () => stats(locked ? 5 : 8, { problem: locked ? LOCKED : null }),
    'keys.state': state,
    'keys.unlock': ({ passphrase }) => {
      if (passphrase !== 'right one') {
        throw new CrosstrackError({ kind: 'auth', text: 'problem_passphrase_wrong' });
      }
      locked = false;
      return state();
    },
    'keys.lock': () => {
      locked = true;
      return state();
    },
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  const submit = (passphrase: string) => {
    const input = root.querySelector<HTMLInputElement>('[name=passphrase]');
    if (!input) throw new Error('no field for the passphrase');
    input.value = passphrase;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return expect
      .poll(() => {
        const button = root.querySelector<HTMLButtonElement>('button[name=unlock]:enabled');
        button?.click();
        return button;
      })
      .not.toBeNull();
  };
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  const field = root.querySelector<HTMLInputElement>('[name=passphrase]');
  expect([field?.type, field?.autocomplete, document.activeElement === field]).toEqual([
    'password',
    'off',
    true,
  ]);
  expect(text(root, '[data-connection="k main"]')).not.toContain('locked');
  await submit('wrong one');
  await expect.poll(() => text(root, '[role=alert]')).toContain('Wrong passphrase');
  await submit('right one');
  await expect.poll(() => text(root, '.big')).toBe('+$8.00');
  expect(root.querySelector('[name=passphrase]')).toBeNull();
  root.querySelector<HTMLButtonElement>('button[name=lock]')?.click();
  await expect.poll(() => root.querySelector('[name=passphrase]')).not.toBeNull();
});

test('without connections it leads to the form', async () => {
  const { root, client } = open({});
  await expect.poll(() => root.querySelector('button[name=add]')).not.toBeNull();
  root.querySelector<HTMLButtonElement>('button[name=add]')?.click();
  expect(client.calls.map(({ name }) => name)).toContain('options.open');
});

test('a hostile campaign name stays text', async () => {
  const name = '<img src=x onerror=alert(1)>\u202Egnp.exe';
  const { root } = open({ k: () => stats(5, { best: { name, profit: 9 } }) });
  await expect.poll(() => text(root, '.extremes')).toContain('<img src=x');
  expect(root.querySelector('img')).toBeNull();
});

test('made-up figures are named so, and left out of totals with real ones', async () => {
  const { root } = open({ k: () => stats(5), demo: () => stats(400) }, 'light', ['demo']);
  await expect.poll(() => text(root, '[data-connection="demo main"]')).toContain('+$400.00');
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  expect(text(root, '[data-demo]')).toContain('Made-up data');
});

test('the demo alone has its total, still named made-up', async () => {
  const { root } = open({ demo: () => stats(400) }, 'light', ['demo']);
  await expect.poll(() => text(root, '.big')).toBe('+$400.00');
  expect(text(root, '[data-demo]')).toContain('Made-up data');
});

test('real figures alone have no such notice', async () => {
  const { root } = open({ k: () => stats(5) });
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  expect(root.querySelector('[data-demo]')).toBeNull();
});

test('an empty popup offers the demo', async () => {
  const { root, client } = open({});
  await expect.poll(() => root.querySelector('button[name=demo-add]')).not.toBeNull();
  root.querySelector<HTMLButtonElement>('button[name=demo-add]')?.click();
  expect(client.calls.map(({ name }) => name)).toContain('demo.add');
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const { root } = open(
    { k: () => stats(5), b: failing({ kind: 'network' }) as () => Stats },
    theme,
  );
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  const { violations } = await axe.run(root, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
});

test('a tracker’s page that is not connected yet is offered', async () => {
  const root = openRoot(style);
  const page = { tracker: 'k', name: 'Keitaro', url: 'https://t.example/admin/' };
  const client = fakeClient({
    'connections.list': () => [],
    'trackers.list': () => [tracker('k')],
    'page.guess': () => page,
  });
  const asked: unknown[] = [];
  mountPopup(root, {
    client,
    now: () => 0,
    connect: (wanted) => void asked.push(wanted),
    ...fakeAccess(),
  });
  await expect.poll(() => root.textContent).toContain('This looks like Keitaro.');
  root.querySelector<HTMLButtonElement>('[name=connect]')?.click();
  expect(asked).toEqual([page]);
});

test('a connection that is turned off is not shown and not asked', async () => {
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [connection('k'), connection('b', { off: true })],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'stats.read': () => stats(5),
  });
  mountPopup(root, { client, now: () => 0, connect: () => {}, ...fakeAccess() });
  await expect.poll(() => root.querySelectorAll('[data-connection]').length).toBe(1);
  const asked = client.calls.filter(({ name }) => name === 'stats.read');
  expect(JSON.stringify(asked)).not.toContain('"b"');
});

test('when the background says that figures have changed, they do, and nothing else is asked', async () => {
  let profit = 5;
  const { root, client } = open({
    k: () => stats(profit, { fetchedAt: profit }),
    b: () => stats(1),
  });
  await expect.poll(() => text(root, '.big')).toBe('+$6.00');
  await expect.poll(() => root.querySelector('.dim')).toBeNull();
  const before = client.calls.length;
  profit = 8;
  client.change('stats.read');
  await expect.poll(() => text(root, '.big')).toBe('+$9.00');
  expect(client.calls.slice(before).map(({ input }) => input)).toEqual([
    ...['k', 'b'].map((id) => ({ connection: id, preset: 'today' })),
    // What counts is that of the new figures.
    { preset: 'today', of: [8, 0] },
  ]);
});

test('days that are chosen never show the figures of others', async () => {
  const other = Promise.withResolvers<Stats>();
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => trackers,
    'stats.read': ({ preset }) => (preset === 'today' ? stats(5) : other.promise),
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  await expect.poll(() => text(root, '.big')).toBe('+$5.00');
  const choice = root.querySelector<HTMLSelectElement>('[name=preset]');
  if (!choice) throw new Error('no choice of days');
  choice.value = 'last7';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => root.querySelector('.big')).toBeNull();
  expect(text(root, '.rows')).not.toContain('$5.00');
  other.resolve(stats(70));
  await expect.poll(() => text(root, '.big')).toBe('+$70.00');
});
