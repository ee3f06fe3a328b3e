import { beforeEach, expect, test } from 'vitest';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import type { ThumbRule } from '../../lib/blacklist/thumb-rule.ts';
import type { ExportEntry } from '../../lib/contract/blacklist.ts';
import {
  connection,
  fakeClient,
  openRoot,
  settings,
  tracker,
  useEnglish,
  useLanguage,
} from './fixtures.ts';

beforeEach(useEnglish);

const THUMB: ThumbRule = [
  [
    { measure: 'spent', is: 'atLeast', value: 2 },
    { measure: 'conversions', is: 'atMost', value: 0 },
  ],
  [
    { measure: 'roi', is: 'below', value: -0.305 },
    { measure: 'cost', is: 'above', value: 12.5, currency: 'EUR' },
  ],
];

const LIST: ExportEntry = {
  id: '1',
  at: 0,
  connection: 'k',
  campaignId: '12',
  campaignName: 'Summer',
  format: 'propellerads',
  range: { from: '2026-08-07', to: '2026-08-18', zone: 'UTC' },
  rules: { ...settings.rules, payout: null },
  ids: ['103'],
};

/** The dashboard's page of these lists. */
function show(lists: readonly ExportEntry[]): HTMLElement {
  location.hash = 'view=lists';
  const root = openRoot('');
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'storage.read': () => ({ retention: 'profile' }),
    'storage.damaged': () => 0,
    'settings.read': () => settings,
    'formats.list': () => [{ id: 'propellerads', name: 'PropellerAds' }],
    'exports.list': () => lists,
  });
  mountDashboard(root, { client, now: () => 0 });
  return root;
}

/** What the dashboard says of a list that was made by these rules. */
async function saidOf(change: Partial<RuleSettings>): Promise<string> {
  const root = show([{ ...LIST, rules: { ...LIST.rules, ...change } }]);
  const words = () => root.querySelector('.card .small')?.textContent?.replace(/\s+/g, ' ') ?? '';
  await expect.poll(words).toContain('PropellerAds');
  return words().split(' · ').slice(4).join(' · ');
}

test.each<[string, Partial<RuleSettings>, string]>([
  ['the verdicts', {}, 'confidence 95.0 %'],
  ['the verdicts, beside a rule', { thumbRule: THUMB }, 'confidence 95.0 %'],
  [
    'the rule alone',
    { thumbRule: THUMB, listBy: 'rule' },
    'by the rule alone: Spend in payouts ≥ 2 and Conv ≤ 0 or ROI < −30.5 % and Cost > 12.5 EUR',
  ],
  [
    'both together',
    { thumbRule: THUMB.slice(0, 1), listBy: 'both' },
    'confidence 95.0 %, by verdict and rule together: Spend in payouts ≥ 2 and Conv ≤ 0',
  ],
])('a list in the dashboard tells what made it: %s', async (_, rules, words) => {
  expect((await saidOf(rules)).replaceAll('\u202f', ' ')).toBe(words);
});

test('in Russian, too', async () => {
  useLanguage('ru');
  expect(await saidOf({ thumbRule: THUMB, listBy: 'rule' })).toBe(
    'только по правилу: Расход в выплатах ≥ 2 и Конв. ≤ 0 или ROI < −30,5 % и Расход > 12,5 EUR',
  );
});

test('of a year’s lists the newest are drawn, and more of them when asked for', async () => {
  const lists = Array.from({ length: 130 }, (_, nth) => ({
    ...LIST,
    id: `${nth}`,
    campaignName: `Campaign ${nth}`,
  }));
  const root = show(lists);
  const drawn = () => root.querySelectorAll('li.card').length;
  const more = () => root.querySelector<HTMLButtonElement>('[name=more-lists]');
  await expect.poll(drawn).toBe(50);
  expect(root.querySelector('li.card b')?.textContent).toBe('Campaign 0');
  expect(more()?.textContent).toBe('Show more (80)');
  more()?.click();
  await expect.poll(drawn).toBe(100);
  more()?.click();
  await expect.poll(drawn).toBe(130);
  expect(more()).toBeNull();
});
