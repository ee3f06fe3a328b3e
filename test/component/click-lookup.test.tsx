import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { ClickLookup, LookedUp } from '../../lib/contract/clicks.ts';
import { LOCKED, NO_ACCESS, type Problem } from '../../lib/errors.ts';
import type { Click, Conversion, Postback } from '../../lib/report/log.ts';
import { cannot } from '../../lib/trackers/adapter.ts';
import {
  connection,
  failing,
  fakeClient,
  fakeLink,
  openRoot,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const ID = '3k1v9d7q2m';
const AT = Date.parse('2026-08-01T10:00:00Z');
const log = <T,>(found: readonly T[], change: Partial<LookedUp<T>> = {}): LookedUp<T> => ({
  found,
  complete: true,
  problem: null,
  ...change,
});
const unsupported = (text: 'binom2_no_clicks' | 'no_postbacks'): Problem => ({
  kind: 'unsupported',
  text,
});
const click: Click = {
  id: ID,
  campaign: { id: '12', name: 'Summer push DE' },
  at: AT,
  cost: 0.0313,
  country: 'DE',
  tokens: { 1: '2004711' },
};
const conversion: Conversion = {
  id: 'v1',
  clickId: ID,
  campaign: { id: '902', name: 'Sweeps' },
  offer: { id: '902', name: 'Sweeps' },
  status: 'sale',
  statusText: 'confirmed',
  payout: 3.1,
  currency: 'USD',
  clickedAt: AT,
  convertedAt: AT + 3_600_000,
  externalId: 't-1',
  tokens: {},
};
const postback: Postback = {
  id: 'p',
  at: AT + 3_601_000,
  conversionId: 'v1',
  url: 'https://t.example/postback?cid=1',
  httpCode: 404,
  status: 'sale',
};
const lookup = (change: Partial<ClickLookup> = {}): ClickLookup => ({
  range: { from: '2026-07-03', to: '2026-08-01', zone: 'Europe/Madrid' },
  clicks: log<Click>([]),
  conversions: log<Conversion>([]),
  postbacks: log<Postback>([], { complete: false, problem: unsupported('no_postbacks') }),
  ...change,
});

type Answer = () => ClickLookup | Promise<ClickLookup>;

/** A dashboard on connections of which each answers in its way. */
function open(answers: Record<string, Answer>, hash = '#view=clicks') {
  location.hash = hash;
  const root = openRoot(dashboardStyle);
  const none = tracker('none', {
    capabilities: {
      ...tracker('none').capabilities,
      clickLookup: cannot('binom_no_log'),
      conversions: cannot('binom_no_log'),
    },
  });
  const client = fakeClient({
    'connections.list': () => [
      ...Object.keys(answers).map((id) => connection(id)),
      connection('none'),
      connection('shut', { problem: NO_ACCESS }),
    ],
    'trackers.list': () => [
      ...Object.keys(answers).map((id) => tracker(id, id === 'net' ? { side: 'network' } : {})),
      none,
      tracker('shut'),
    ],
    'clicks.lookUp': async ({ connection: id }) => answers[id]?.() ?? lookup(),
    'campaign.open': () => null,
  });
  mountDashboard(root, { client, now: () => AT });
  const card = (id: string) => root.querySelector(`[data-connection="${id} main"][data-finding]`);
  return {
    root,
    client,
    state: (id: string) => card(id)?.getAttribute('data-finding'),
    says: (id: string) => card(id)?.textContent?.replace(/\s+/g, ' ') ?? '',
    summary: () => root.querySelector('[data-summary]')?.textContent?.replace(/\s+/g, ' ') ?? '',
    async find(text: string) {
      await expect.poll(() => root.querySelector('[name=click-id]')).not.toBeNull();
      await userEvent.fill(root.querySelector('[name=click-id]') ?? root, text);
      await userEvent.click(root.querySelector('[name=find-click]') ?? root);
    },
  };
}

describe('a look-up', () => {
  test('asks everyone who can, side by side, and shows each answer as it comes', async () => {
    const slow = Promise.withResolvers<ClickLookup>();
    const { client, state, says, summary, find } = open({
      k: () => lookup({ clicks: log([click]) }),
      net: () => slow.promise,
    });
    await find(`  ${ID}\n`);
    await expect.poll(() => state('k')).toBe('found');
    expect(state('net')).toBe('looking');
    expect(summary()).toContain('Searching: net main');
    const asked = client.calls.filter(({ name }) => name === 'clicks.lookUp');
    expect(asked.map(({ input }) => input)).toEqual([
      { connection: 'k', clickId: ID, days: 30 },
      { connection: 'net', clickId: ID, days: 30 },
    ]);
    slow.resolve(lookup({ conversions: log([conversion]), postbacks: log([postback]) }));
    await expect.poll(() => state('net')).toBe('found');
    expect(summary()).toMatch(
      /^Found in k main and net main\. Can't tell for none main and shut main/,
    );
    // Campaign, when, what it cost; and that there was no conversion.
    expect(says('k')).toMatch(/Summer push DE.*Aug 1, 2026, 12:00:00.*\$0\.0313.*DE.*2004711/);
    expect(says('k')).toContain('No conversion.');
    // Which conversion, and what came of its postback.
    expect(says('net')).toMatch(/sale · \$3\.10 · Aug 1, 2026, 1:00:00.*transaction t-1/);
    expect(says('net')).toContain('HTTP 404');
  });

  test('says who was not asked and why, and who could not be', async () => {
    const { client, state, says, find } = open({ k: () => lookup() });
    await find(ID);
    await expect.poll(() => state('k')).toBe('missing');
    expect(state('none')).toBe('unasked');
    expect(says('none')).toContain('Not searched. The Binom v1 API has no log with click IDs.');
    expect(state('shut')).toBe('failed');
    const asked = client.calls.filter(({ name }) => name === 'clicks.lookUp');
    expect(asked).toHaveLength(1);
  });

  test('a click that is nowhere was searched in days that are named', async () => {
    const { says, summary, find } = open({ k: () => lookup() });
    await find(ID);
    await expect.poll(summary).toContain('Not found.');
    expect(says('k')).toContain('Not among the clicks of Jul 3 – Aug 1 (Europe/Madrid).');
  });

  test.each([
    [
      'there is no log of clicks',
      lookup({
        clicks: log<Click>([], { complete: false, problem: unsupported('binom2_no_clicks') }),
      }),
      'only as a file',
    ],
    [
      'the log was cut',
      lookup({ clicks: log<Click>([], { complete: false }) }),
      'cut off at a limit',
    ],
  ])('not found does not mean missing where %s', async (_, answer, why) => {
    const { state, says, find } = open({ k: () => answer });
    await find(ID);
    await expect.poll(() => state('k')).toBe('untold');
    expect(says('k')).toContain(why);
  });

  test('a tracker that fails says so by itself, and is asked again on request', async () => {
    let broken = true;
    const { root, state, says, find } = open({
      k: () => (broken ? failing({ kind: 'timeout' })() : lookup({ clicks: log([click]) })),
      net: () => lookup({ conversions: log([conversion]) }),
    });
    await find(ID);
    await expect.poll(() => state('k')).toBe('failed');
    await expect.poll(() => state('net')).toBe('found');
    expect(says('k')).toContain('took too long to respond');
    broken = false;
    root.querySelector<HTMLElement>('[data-finding=failed] [name=try-again]')?.click();
    await expect.poll(() => state('k')).toBe('found');
  });

  test('stands in the address, so that Back and bookmarks work', async () => {
    const { root, state, find } = open({ k: () => lookup({ clicks: log([click]) }) });
    await find(ID);
    await expect.poll(() => location.hash).toContain(`click=${ID}`);
    root.replaceChildren();
    const again = open({ k: () => lookup({ clicks: log([click]) }) }, `#view=clicks&click=${ID}`);
    await expect.poll(() => again.state('k')).toBe('found');
    expect(state).toBeTypeOf('function');
  });
});

test('an id pasted into the panel’s palette is looked up from there', async () => {
  const root = openRoot(style);
  const client = fakeClient({
    'panel.context': () => ({
      own: 'k',
      connections: [connection('k'), connection('l', { problem: LOCKED })],
      trackers: [tracker('k'), tracker('l')],
      settings,
      formats: [],
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'clicks.lookUp': async ({ connection: id }) =>
      id === 'l' ? failing(LOCKED)() : lookup({ clicks: log([click]) }),
    'campaign.open': () => null,
  });
  mountPanel(root, { client, link: fakeLink(), now: () => AT });
  await expect.poll(() => root.querySelector('header .badge:not(.empty)')).not.toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  const options = () => [...root.querySelectorAll('[role=option]')].map((one) => one.textContent);
  await userEvent.keyboard('theme');
  await expect.poll(() => options().join()).not.toContain('Find click');
  await userEvent.fill(root.querySelector('[name=palette]') ?? root, ID);
  await expect.poll(options).toEqual([`Find click ${ID}`]);
  await userEvent.keyboard('{Enter}');
  const finding = (id: string) =>
    root.querySelector(`[data-connection="${id} main"][data-finding]`);
  await expect.poll(() => finding('k')?.getAttribute('data-finding')).toBe('found');
  expect(finding('l')?.getAttribute('data-finding')).toBe('failed');
  await userEvent.click(finding('k')?.querySelector('[name=open-campaign]') ?? root);
  await expect
    .poll(() =>
      client.calls.filter(({ name }) => name === 'campaign.open').map(({ input }) => input),
    )
    .toEqual([{ connection: 'k', campaignId: '12' }]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => root.querySelector('[data-lookup]')).toBeNull();
});
