import { beforeEach, expect, test } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import { type Metrics, metricOf, metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  fakeAccess,
  fakeClient,
  hourly,
  openRoot,
  report,
  settings,
  stats,
  total,
  tracker,
  useEnglish,
} from './fixtures.ts';
import { campaignView, openPanel } from './open-panel.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const KNOWN = metricsOf({ clicks: 10, conversions: 3, cost: 100, revenue: 150 });
const NO_COST = metricsOf({ clicks: 10, conversions: 3, revenue: 150 });

const PARTIAL = 'Partial sum: some rows are missing or do not report this.';
const BEHIND = 'Unknown, because it would come from partial sums: Cost.';
/** Text of a figure and what its mark says, as the tooltip and to screen readers alike. */
const seenIn = (place: Element | null | undefined) => ({
  text: place?.textContent,
  mark: place?.querySelector('.dot')?.getAttribute('aria-label') ?? null,
  title: place?.querySelector<HTMLElement>('[title]')?.title ?? null,
});
const marked = (text: string, reason: string) => ({ text, mark: reason, title: reason });
const plain = (text: string) => ({ text, mark: null, title: null });

test('the popup’s total over a tracker that tells no cost is partial, without profit and ROI', async () => {
  const root = openRoot(popupStyle);
  const client = fakeClient({
    'connections.list': () => [connection('k'), connection('b')],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'stats.once': () => ({
      k: { metrics: KNOWN, campaigns: 1, whole: true, best: null, worst: null },
      b: { metrics: NO_COST, campaigns: 1, whole: true, best: null, worst: null },
    }),
    'stats.read': ({ connection: id }) => {
      const now = id === 'k' ? KNOWN : NO_COST;
      const hours = hourly(Array.from({ length: 24 }, () => metricOf(now, 'profit')));
      return stats(0, { now, hours, before: KNOWN });
    },
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  const of = (metric: string) => seenIn(root.querySelector(`.total [data-metric=${metric}]`));
  await expect.poll(() => of('clicks')).toEqual(plain('20'));
  expect(of('cost')).toEqual(marked('$100.00', PARTIAL));
  expect(of('revenue')).toEqual(plain('$300.00'));
  const [profit, roi] = [...root.querySelectorAll('.total > .row > span')].map(seenIn);
  expect(profit).toEqual(marked('–', BEHIND));
  expect(roi).toEqual(marked('ROI –', BEHIND));
  // The change and the line are of the tracker that knows its profit, and say so.
  expect(root.querySelector('[data-change]')?.textContent).toMatch(/^▲ 0\.0 %.* · k main only$/);
  expect(root.querySelector('.total svg')?.getAttribute('aria-label')).toBe(
    'Profit by hour · k main only',
  );
});

test('the panel’s sums over hours of which one is not told are partial', async () => {
  const rows = [KNOWN, NO_COST].map((metrics) => ({ values: [], metrics }));
  const { root } = openPanel(campaignView, { k: report(rows), b: total(1, 1, 1, 1), r: null });
  const of = (metric: string) =>
    seenIn(root.querySelector(`[data-connection="k main"] [data-metric=${metric}]`));
  await expect.poll(() => of('revenue')).toEqual(plain('$300.00'));
  expect(of('cost')).toEqual(marked('$100.00', PARTIAL));
  expect(of('roi')).toEqual(marked('–', BEHIND));
  const gap = root.querySelector('[data-connection="b main"] [data-gap=cost]');
  expect(gap?.textContent).toBe('–');
});

test('the panel’s sums of a report that a limit stopped are partial', async () => {
  const rows = [{ values: [], metrics: KNOWN }];
  const { root } = openPanel(campaignView, {
    k: report(rows, { complete: false }),
    b: null,
    r: null,
  });
  const of = (metric: string) =>
    seenIn(root.querySelector(`[data-connection="k main"] [data-metric=${metric}]`));
  await expect.poll(() => of('clicks')).toEqual(marked('10', PARTIAL));
  expect(of('roi').text).toBe('–');
});

function openDashboard(campaigns: readonly Metrics[], complete = true) {
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'links.list': () => [],
    'settings.read': () => settings,
    'formats.list': () => [],
    'campaigns.figures': () => ({
      report: report(
        campaigns.map((metrics, at) => ({
          values: [{ id: String(at), name: `Campaign ${at}` }],
          metrics,
        })),
        { complete },
      ),
      problem: null,
    }),
  });
  mountDashboard(root, { client, now: () => Date.parse('2026-08-02T12:00:00Z') });
  const cells = (selector: string) => {
    const heads = root.querySelectorAll('thead tr:last-child th');
    const names = [...heads].map((head) => head.querySelector('button')?.title);
    const row = [...root.querySelectorAll(`${selector} td`)].map(seenIn);
    return (name: string) => row[names.findIndex((one) => one?.endsWith(` ${name}`))];
  };
  return { root, cells };
}

test('the dashboard’s total over a campaign without a cost is partial', async () => {
  const { cells } = openDashboard([KNOWN, NO_COST]);
  await expect.poll(() => cells('tfoot tr')('Revenue')).toEqual(plain('$300.00'));
  expect(cells('tfoot tr')('Cost')).toEqual(marked('$100.00', PARTIAL));
  expect(cells('tfoot tr')('ROI')).toEqual(marked('–', BEHIND));
  expect(cells('tfoot tr')('Profit')).toEqual(marked('–', BEHIND));
});

test('the dashboard’s total of a report that a limit stopped is partial, its campaigns are not', async () => {
  const { cells } = openDashboard([KNOWN], false);
  await expect.poll(() => cells('tfoot tr')('Cost')).toEqual(marked('$100.00', PARTIAL));
  expect(cells('tbody tr:not(.spacer)')('Cost')).toEqual(plain('$100.00'));
});

test('a partial sum is a number in the CSV, and named in its last column; copied, it says so', async () => {
  const { root, cells } = openDashboard([{ ...KNOWN, partial: ['cost'] }, NO_COST]);
  await expect.poll(() => cells('tbody tr:not(.spacer)')('Cost')?.text).toBe('$100.00');
  const saved: Blob[] = [];
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob);
    return create.call(URL, new Blob());
  };
  try {
    root.querySelector<HTMLElement>('[name=save-csv]')?.click();
  } finally {
    URL.createObjectURL = create;
  }
  const [head, ...lines] = ((await saved[0]?.text()) ?? '')
    .split('\r\n')
    .map((line) => line.split(','));
  const [first, second] = lines.map((cells) =>
    Object.fromEntries(cells.map((cell, at) => [head?.[at]?.replace('k main ', ''), cell])),
  );
  expect(head?.at(-1)).toBe('Partial sums');
  expect(first).toMatchObject({
    Cost: '100',
    Revenue: '150',
    ROI: '',
    'Partial sums': 'k main Cost',
  });
  expect(second).toMatchObject({ Cost: '', Revenue: '150', ROI: '', 'Partial sums': '' });

  root.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.click();
  await expect.poll(() => root.querySelector('tr[aria-selected=true]')).not.toBeNull();
  const copied = new ClipboardEvent('copy', {
    clipboardData: new DataTransfer(),
    bubbles: true,
    cancelable: true,
  });
  root.querySelector('.scroll')?.dispatchEvent(copied);
  expect(copied.clipboardData?.getData('text/plain')).toContain('$100.00 (partial)');
});
