import { beforeEach, expect, test } from 'vitest';
import { mountSurface } from '../../components/mount-surface.tsx';
import { CapNotes } from '../../components/panel/cap-notes.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Cap, CapUse } from '../../lib/report/caps.ts';
import { connection, fakeClient, openRoot, tracker, useEnglish, useLanguage } from './fixtures.ts';

beforeEach(useEnglish);

const AT = Date.parse('2026-08-01T12:10:00Z');
const use = (change: Partial<CapUse>, of: Partial<Cap> = {}): CapUse => ({
  cap: { period: 'day', of: 'conversions', value: 50, allGoals: true, statuses: null, ...of },
  used: 0,
  reachedAt: null,
  ...change,
});

async function notes(...uses: CapUse[]): Promise<Array<[string | null, string | null]>> {
  const root = openRoot(style);
  const client = fakeClient({ 'offers.caps': () => uses });
  mountSurface(
    root,
    client,
    <>
      <CapNotes
        connection={connection('a')}
        tracker={tracker('a', { name: 'Affise', side: 'network' })}
        offerId="902"
      />
      <p data-end={client.calls.length} />
    </>,
  );
  await expect
    .poll(() => client.calls)
    .toEqual([{ name: 'offers.caps', input: { connection: 'a', offerId: '902' } }]);
  await new Promise(requestAnimationFrame);
  return [...root.querySelectorAll('[data-cap]')].map((note) => [
    note.getAttribute('data-cap'),
    note.textContent,
  ]);
}

test('a full cap says since when the network pays nothing more, in the connection’s zone', async () => {
  expect(await notes(use({ used: 53, reachedAt: AT }))).toEqual([
    ['reached', 'Cap 50 of 50 reached at 14:10: Affise pays nothing more today.'],
  ]);
  useLanguage('ru');
  expect(await notes(use({ used: 50, reachedAt: AT }))).toEqual([
    ['reached', 'Кап 50 из 50 выбран в 14:10: сегодня Affise больше не платит.'],
  ]);
});

test('a cap is named from four fifths on, and not before', async () => {
  expect(await notes(use({ used: 40 }))).toEqual([
    ['near', "40 of today's cap of 50 used, at least."],
  ]);
  expect(await notes(use({ used: 39 }))).toEqual([]);
});

test('a cap that cannot be counted says so; a budget is money', async () => {
  expect(await notes(use({ used: null }, { period: 'month', of: 'budget', value: 900 }))).toEqual([
    ['untold', "Monthly cap of $900.00. How much of it is used can't be counted here."],
  ]);
});
