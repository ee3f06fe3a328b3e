import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { SendUpdate } from '../../components/costs/send-update.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Previewed } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { CrosstrackError } from '../../lib/errors.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  record,
  report,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(useEnglish);

const state = { cost: 10, cpc: 0.01, profit: 50, roi: 5 };
const previewed = (update: CostUpdate): Previewed => ({
  id: `preview of ${update.amount}`,
  undoes: null,
  preview: {
    order: update,
    trackerCurrency: 'USD',
    clicks: 1000,
    before: state,
    after: { ...state, cost: update.amount },
    expected: update.amount,
    facts: [],
    warnings: [],
    dangers: [],
    parts: [],
    refused: null,
  },
});

/** The cost tab of a campaign's panel, over a background with these previews and answers. */
function openTab(
  preview: (update: CostUpdate) => Promise<Previewed>,
  {
    connections = [connection('k')],
    ...answers
  }: Parameters<typeof fakeClient>[0] & { connections?: ConnectionView[] } = {},
) {
  const root = openRoot(style);
  const client = fakeClient({
    'panel.context': () => ({
      own: 'k',
      connections,
      trackers: connections.map(({ tracker: id }) => tracker(id)),
      settings: { ...settings, panelTab: 'cost' },
      formats: [],
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'costs.preview': ({ order }) => preview(order),
    'costs.previewBeside': ({ order }) => preview(order),
    ...answers,
  });
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: { from: '2026-08-01', to: '2026-08-02' },
      groupBy: null,
    },
  });
  mountPanel(root, { client, link, now: () => Date.parse('2026-08-02T12:00:00Z') });
  return {
    root,
    client,
    find: (selector: string) => root.querySelector<HTMLElement>(selector),
    asked: () => client.calls.filter(({ name }) => name === 'costs.preview').length,
    async type(text: string, name = 'amount') {
      await expect.poll(() => root.querySelector(`[name=${name}]`)).not.toBeNull();
      const field = root.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (field) field.value = text;
      field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    /** What is said under a field, and whether that is an error. */
    under(name: string): { text: string; wrong: boolean } {
      const field = root.querySelector(`[name=${name}]`);
      const hint = root.querySelector(
        `#${CSS.escape(field?.getAttribute('aria-describedby') ?? '-')}`,
      );
      return {
        text: hint?.textContent ?? '',
        wrong: field?.getAttribute('aria-invalid') === 'true',
      };
    },
  };
}

test('what is typed replaces the last amount, also when that comes after the focus', async () => {
  const records = Promise.withResolvers<ReturnType<typeof record>[]>();
  const { find, asked } = openTab(async (update) => previewed(update), {
    'journal.list': () => records.promise,
  });
  const amount = () => find('[name=amount]') as HTMLInputElement;
  await expect.poll(amount).not.toBeNull();
  amount().focus();
  records.resolve([record('r', 'verified')]);
  await expect.poll(() => amount().value).toBe('20 USD');
  await userEvent.keyboard('64');
  expect(amount().value).toBe('64');
  await expect.poll(asked).toBe(1);
});

test('while the preview of what was typed last is on its way, that can be seen', async () => {
  const answers = new Map<number, () => void>();
  const { root, asked, type } = openTab(
    (update) =>
      new Promise((resolve) => answers.set(update.amount, () => resolve(previewed(update)))),
  );
  const busy = () => root.querySelector('form .skeleton') !== null;
  await type('10');
  await expect.poll(asked).toBe(1);
  expect(busy()).toBe(true);
  await type('20');
  await expect.poll(asked).toBe(2);
  expect(busy()).toBe(true);
  answers.get(10)?.();
  answers.get(20)?.();
  await expect.poll(() => root.querySelector('[name=send-cost]')?.textContent).toContain('$20.00');
  expect(busy()).toBe(false);
});

test('what becomes of a cost is followed by what the background tells, not by asking', async () => {
  const root = openRoot(style);
  let sent = record('1', 'planned');
  const client = fakeClient({ 'costs.send': () => sent, 'journal.read': () => sent });
  mountSurface(root, client, <SendUpdate previewed={previewed(sent.order)} />);
  const seen = () => root.querySelector('.record')?.getAttribute('data-state');
  const reads = () => client.calls.filter(({ name }) => name === 'journal.read').length;
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  await expect.poll(seen).toBe('planned');
  await expect.poll(reads).toBe(1);
  for (const state of ['accepted', 'verified'] as const) {
    sent = record('1', state);
    client.change('journal.list', 'journal.read');
    await expect.poll(seen).toBe(state);
  }
  expect(reads()).toBe(3);
  expect(root.querySelector('[name=undo-cost]')).not.toBeNull();
});

test('while a cost is on its way, the tracker’s queue is told, and not afterwards', async () => {
  const root = openRoot(style);
  let sent = record('1', 'accepted');
  let waiting = 3;
  const client = fakeClient({
    'costs.send': () => sent,
    'journal.read': () => sent,
    'costs.queue': () => ({ waiting, percent: 40 }),
  });
  mountSurface(root, client, <SendUpdate previewed={previewed(sent.order)} />);
  const line = () => root.querySelector('[data-queue]')?.textContent ?? null;
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  await expect.poll(line).toBe("3 cost updates in the tracker's queue, the first at 40%.");
  waiting = 1;
  client.change('journal.list', 'journal.read', 'costs.queue');
  await expect.poll(line).toBe("1 cost update in the tracker's queue, at 40%.");
  sent = record('1', 'verified');
  client.change('journal.list', 'journal.read', 'costs.queue');
  await expect.poll(line).toBeNull();
});

test('while a cost waits for its turn, its place in the line and the minutes are told', async () => {
  const root = openRoot(style);
  const waiting = { ...record('1', 'planned'), nextAt: Date.now() + 70_000 };
  let line: { place: number; leavesAt: number } | null = {
    place: 2,
    leavesAt: Date.now() + 100_000,
  };
  const client = fakeClient({
    'costs.send': () => waiting,
    'journal.read': () => waiting,
    'costs.line': () => line,
  });
  mountSurface(root, client, <SendUpdate previewed={previewed(waiting.order)} />);
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  const said = () => root.querySelector('.record')?.textContent;
  await expect.poll(said).toMatch(/2nd in line, about 2 min \(at /);
  line = { place: 1, leavesAt: Date.now() - 5 };
  client.change('costs.line');
  await expect.poll(said).toMatch(/1st in line, about 1 min \(at /);
  line = null;
  client.change('costs.line');
  await expect.poll(said).toMatch(/Will be sent at /);
});

test('an error stands under the field that has it, and the rate stays while it is typed', async () => {
  const { root, asked, type, under } = openTab(async (update) => previewed(update));
  await type('100 EUR');
  await type('1,08x', 'rate');
  await expect.poll(() => under('rate').wrong).toBe(true);
  expect(under('rate').text).toContain('1,08x');
  expect(under('amount').wrong).toBe(false);
  await type('10 0 EUR');
  await expect.poll(() => under('amount').wrong).toBe(true);
  expect(under('amount').text).toContain('10 0 EUR');
  expect(root.querySelector<HTMLInputElement>('[name=rate]')?.value).toBe('1,08x');
  expect(asked()).toBe(0);
  await type('1,085', 'rate');
  await type('100 EUR');
  await expect.poll(() => root.querySelector('[name=send-cost]')).not.toBeNull();
  await type('100 USD');
  await expect.poll(() => root.querySelector('[name=rate]')).toBeNull();
});

test('a stablecoin is a dollar only once the user says so', async () => {
  const { root, asked, type } = openTab(async (update) => previewed(update));
  await type('20 USDT');
  await expect.poll(() => root.querySelector('[name=pegged]')).not.toBeNull();
  expect(asked()).toBe(0);
  root.querySelector<HTMLInputElement>('[name=pegged]')?.click();
  await expect.poll(() => root.querySelector('[name=send-cost]')?.textContent).toContain('$20.00');
});

describe('an update that asks for more than one press', () => {
  const open = (remarks: Partial<Previewed['preview']>) => {
    const root = openRoot(style);
    const client = fakeClient({
      'costs.send': () => record('1', 'planned'),
      'journal.read': () => record('1', 'planned'),
    });
    const { preview, ...of } = previewed(record('1', 'planned').order);
    mountSurface(
      root,
      client,
      <SendUpdate previewed={{ ...of, preview: { ...preview, ...remarks } }} />,
    );
    const find = (selector: string) => root.querySelector<HTMLElement>(selector);
    return {
      find,
      sent: () => client.calls.filter(({ name }) => name === 'costs.send').length,
      async press(name: string) {
        await expect.poll(() => find(`[name=${name}]:enabled`)).not.toBeNull();
        await userEvent.click(find(`[name=${name}]`) ?? root);
      },
    };
  };
  const times = (key: 'warn_many_times', count: string) => [{ key, values: [count] }];

  test('is sent by the second, which takes the focus and is not the first one’s double-click', async () => {
    const { find, sent, press } = open({ warnings: times('warn_many_times', '12') });
    await press('send-cost');
    expect(find('[name=send-cost-again]')?.matches(':disabled')).toBe(true);
    expect(sent()).toBe(0);
    await expect.poll(() => document.activeElement).toBe(find('[name=send-cost-again]'));
    await userEvent.keyboard('{Enter}');
    await expect.poll(sent).toBe(1);
  });

  test('can be let be after the first', async () => {
    const { find, sent, press } = open({ warnings: times('warn_many_times', '12') });
    await press('send-cost');
    await press('not-now');
    await expect.poll(() => find('[name=send-cost]')).not.toBeNull();
    expect(sent()).toBe(0);
  });

  test('is sent only once its amount was typed again where it is absurd', async () => {
    const { find, sent, press } = open({ dangers: times('warn_many_times', '36963') });
    const again = () => find('[name=amount-again]') as HTMLInputElement;
    await userEvent.fill(again(), '200');
    await expect.poll(() => again().value).toBe('200');
    expect(find('[name=send-cost]')?.matches(':disabled')).toBe(true);
    await userEvent.fill(again(), '20');
    await press('send-cost');
    await expect.poll(sent).toBe(1);
  });
});

describe('the tab opens with the present', () => {
  const day = (id: string, clicks: number, cost: number, revenue: number) => ({
    values: [{ id, name: id }],
    metrics: metricsOf({ clicks, cost, revenue }),
  });

  test('nothing below it moves when the figures come', async () => {
    const live = Promise.withResolvers<void>();
    const { find } = openTab(async (update) => previewed(update), {
      // Nothing is known of these days yet.
      'side.days': async ({ fresh }) => {
        if (!fresh) return { report: null, problem: null };
        await live.promise;
        return { report: report([day('2026-08-01', 100, 10, 30)]), problem: null };
      },
    });
    const top = () => find('[name=amount]')?.getBoundingClientRect().top;
    await expect.poll(() => find('.skeleton.present')).not.toBeNull();
    await new Promise(requestAnimationFrame);
    const before = top();
    live.resolve();
    await expect.poll(() => find('[data-present]')).not.toBeNull();
    expect(top()).toBe(before);
  });

  test('cost, CPC and ROI of the range, and a bar for each day around it', async () => {
    const { find, root, client } = openTab(async (update) => previewed(update), {
      'side.days': () => ({
        report: report([
          day('2026-07-31', 10, 5, 0),
          day('2026-08-01', 100, 10, 30),
          day('2026-08-02', 300, 30, 30),
        ]),
        problem: null,
      }),
    });
    await expect
      .poll(() => find('[data-present] p')?.textContent)
      .toBe('Aug 1 – Aug 2: cost\u00a0$40.00, CPC\u00a0$0.1000, ROI\u00a0+50.0 %');
    expect(client.calls.find(({ name }) => name === 'side.days')?.input).toMatchObject({
      range: { from: '2026-07-20', to: '2026-08-02', zone: 'Europe/Madrid' },
    });
    const bars = [...root.querySelectorAll('[data-present] tr')].map((row) => row.textContent);
    expect(bars).toHaveLength(14);
    expect(bars.slice(-4)).toEqual(['Jul 30–', 'Jul 31$5.00', 'Aug 1$10.00', 'Aug 2$30.00']);
  });

  test('the field has the last update, which a later one does not change', async () => {
    let records = [
      { ...record('3', 'undone'), order: { ...record('3', 'undone').order, amount: 999 } },
      record('2', 'verified'),
    ];
    const { find, client } = openTab(async (update) => previewed(update), {
      'journal.list': () => records,
    });
    const amount = () => (find('[name=amount]') as HTMLInputElement | null)?.value;
    await expect.poll(amount).toBe('20 USD');
    await expect.poll(() => find('[name=send-cost]')?.textContent).toContain('$20.00');
    expect(find('[data-last-updates] [data-record="2"]')?.textContent).toContain('Verified');
    records = [
      { ...record('4', 'sending'), order: { ...record('4', 'sending').order, amount: 7 } },
      ...records,
    ];
    client.change('journal.list');
    await expect.poll(() => find('[data-record="4"]')).not.toBeNull();
    expect(amount()).toBe('20 USD');
  });

  test('a token is chosen by its name', async () => {
    const { root } = openTab(async (update) => previewed(update), {
      'tokens.list': () => [{ slot: 2, name: 'Zone', macro: '{zoneid}', role: null }],
    });
    await expect
      .poll(() => [...root.querySelectorAll('[name=token] option')].map((one) => one.textContent))
      .toEqual(expect.arrayContaining(['Token 1', '2 · Zone {zoneid}', 'Token 3']));
  });
});

test('Enter previews at once, and Enter confirms', async () => {
  const sent = record('1', 'planned');
  const { find, client } = openTab(async (update) => previewed(update), {
    'costs.sendAll': ({ previews }) =>
      previews.map((preview) => ({ preview, record: sent, problem: null })),
    'journal.read': () => sent,
  });
  await expect.poll(() => find('[name=amount]:enabled')).not.toBeNull();
  find('[name=amount]')?.focus();
  await userEvent.keyboard('20{Enter}');
  await expect.poll(() => document.activeElement).toBe(find('[name=send-cost]'));
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => find('.record')?.dataset.state).toBe('planned');
  expect(client.calls.filter(({ name }) => name === 'costs.sendAll')).toHaveLength(1);
});

describe('set everywhere', () => {
  const member = (how: 'hand' | 'name') => ({
    member: { campaignId: '7', name: 'Summer', how },
    proposals: [],
    problem: null,
  });
  const open = () =>
    openTab(
      async (update) => {
        if (update.connection === 'r') {
          throw new CrosstrackError({ kind: 'network' });
        }
        return previewed(update);
      },
      {
        connections: [
          connection('k'),
          connection('b', { currency: 'EUR', zone: 'UTC' }),
          connection('r'),
          connection('x'),
          connection('off', { off: true }),
        ],
        'side.match': ({ target }) =>
          target === 'x'
            ? { ...member('hand'), member: null }
            : member(target === 'b' ? 'hand' : 'name'),
        'costs.sendAll': ({ previews }) =>
          previews.map((preview, index) => ({
            preview,
            record: record(String(index), 'planned'),
            problem: null,
          })),
        'journal.read': ({ record: id }) => record(id, 'planned'),
      },
    );
  const box = (find: (selector: string) => HTMLElement | null, id: string) =>
    find(`[name=side-${id}]`) as HTMLInputElement | null;

  test('a line for each connection that tracks the campaign; what was linked by hand is chosen', async () => {
    const { find, root } = open();
    await expect.poll(() => root.querySelectorAll('[data-side]').length).toBe(2);
    expect(box(find, 'b')?.checked).toBe(true);
    expect(box(find, 'r')?.checked).toBe(false);
  });

  test('each in its own currency and zone, all with one confirmation; a dead one holds up none', async () => {
    const { find, client, type } = open();
    await type('20 USD');
    await expect.poll(() => find('[name=rate-EUR]')).not.toBeNull();
    expect(find('[name=rate]')).toBeNull();
    await type('0.9', 'rate-EUR');
    box(find, 'r')?.click();
    await expect.poll(() => find('[data-side="r main"] .problem')).not.toBeNull();
    await expect
      .poll(() => find('[name=send-cost]:enabled')?.textContent)
      .toBe('Set cost for 2 days to $20.00 in 2 trackers');
    const beside = client.calls.findLast(
      ({ name, input }) =>
        name === 'costs.previewBeside' && JSON.stringify(input).includes('"connection":"b"'),
    );
    expect(beside?.input).toMatchObject({
      from: { connection: 'k', campaignId: '12' },
      order: {
        campaignId: '7',
        amount: 20,
        currency: 'USD',
        rate: 0.9,
        range: { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' },
      },
    });
    await userEvent.click(find('[name=send-cost]') ?? document.body);
    await expect.poll(() => document.querySelectorAll('[data-sent]').length).toBe(2);
    const sent = client.calls.filter(({ name }) => name === 'costs.sendAll');
    expect(sent).toHaveLength(1);
  });

  test('not for one token value, which means nothing elsewhere', async () => {
    const { find, client, type } = open();
    await expect.poll(() => box(find, 'b')).not.toBeNull();
    const slot = find('[name=token]') as HTMLSelectElement;
    slot.value = '1';
    slot.dispatchEvent(new Event('change', { bubbles: true }));
    await type('z1', 'token-value');
    await type('20');
    await expect
      .poll(() => find('[name=send-cost]')?.textContent)
      .toBe('Set cost for 2 days to $20.00');
    expect(box(find, 'b')?.matches(':disabled')).toBe(true);
    expect(client.calls.filter(({ name }) => name === 'costs.previewBeside')).toEqual([]);
  });
});

test('parts that would be overwritten are said with their sum, and can be scaled instead', async () => {
  const part = (value: string, from: number, to: number): Previewed => {
    const { preview } = previewed({
      ...record('1', 'planned').order,
      amount: to,
      token: { slot: 1, value },
    });
    return { id: value, undoes: null, preview: { ...preview, before: { ...state, cost: from } } };
  };
  const { find, type, client } = openTab(
    async (update) => {
      const { preview, ...of } = previewed(update);
      return { ...of, preview: { ...preview, parts: [{ slot: 1, count: 2, sum: 40 }] } };
    },
    {
      'costs.previewParts': () => ({ left: [], previews: [part('a', 30, 15), part('b', 10, 5)] }),
      'costs.sendAll': ({ previews }) =>
        previews.map((preview) => ({ preview, record: record(preview, 'planned'), problem: null })),
      'journal.read': ({ record: id }) => record(id, 'planned'),
    },
  );
  await type('20');
  await expect
    .poll(() => find('.notice.warn')?.textContent)
    .toContain('2 values of token 1: $40.00');
  await userEvent.click(find('[name=scale-parts]') ?? document.body);
  await expect
    .poll(() => find('[data-parts] tbody')?.textContent)
    .toBe('a$30.00$15.00b$10.00$5.00');
  await expect
    .poll(() => find('[name=send-cost]:enabled')?.textContent)
    .toBe('Set the costs of 2 parts, $20.00 in all');
  await userEvent.click(find('[name=send-cost]') ?? document.body);
  await expect.poll(() => document.querySelectorAll('[data-sent]').length).toBe(2);
  expect(client.calls.find(({ name }) => name === 'costs.sendAll')?.input).toMatchObject({
    previews: ['a', 'b'],
    together: true,
  });
});

test('an undo that restores a split shows each of its parts, and sends all of them upon one confirmation', async () => {
  const root = openRoot(style);
  const { order } = record('1', 'planned');
  const part = (id: string, token: CostUpdate['token'], amount: number): Previewed => ({
    ...previewed({ ...order, token, amount }),
    id,
  });
  const client = fakeClient({
    'costs.sendAll': ({ previews }) =>
      previews.map((preview) => ({ preview, record: record(preview, 'planned'), problem: null })),
    'journal.read': ({ record: id }) => record(id, id === 'a' ? 'verified' : 'planned'),
  });
  const apart = [part('w', null, 60), part('a', { slot: 1, value: 'zone-a' }, 30)];
  const facts = [{ key: 'undo_apart' as const, values: ['1', '1'] }];
  const { preview, ...of } = previewed({ ...order, amount: 60 });
  mountSurface(
    root,
    client,
    <SendUpdate previewed={{ ...of, undoes: '1', preview: { ...preview, facts }, apart }} />,
  );
  const rows = () => root.querySelector('[data-parts] tbody')?.textContent;
  await expect.poll(rows).toBe('All clicks$10.00$60.00zone-a$10.00$30.00');
  const button = () => root.querySelector('[name=send-cost]:enabled');
  await expect
    .poll(() => button()?.textContent)
    .toMatch(/^Undo in 2 updates: Set cost for .* to \$60.00$/);
  await userEvent.click(button() ?? root);
  await expect
    .poll(() => root.querySelector('[data-sent-together]')?.textContent)
    .toContain('1 of 2 verified');
  const sent = client.calls.filter(({ name }) => name === 'costs.sendAll');
  expect(sent.map(({ input }) => input)).toMatchObject([{ previews: ['w', 'a'], together: true }]);
});

describe('what confirms a preview stays in sight', () => {
  afterEach(() => page.viewport(1280, 860));

  test.each([
    ['docked at a side, 1280 × 800', 420, 800],
    ['docked below', 1280, 300],
    ['floating', 380, 480],
  ])('%s', async (_, width, height) => {
    await page.viewport(width, height);
    const { root, find, type } = openTab(
      async (update) => {
        const { preview, ...of } = previewed(update);
        const warnings = [{ key: 'warn_running' as const, values: ['2026-08-02'] }];
        return { ...of, preview: { ...preview, warnings } };
      },
      {
        'journal.list': () => ['1', '2', '3'].map((id) => record(id, 'verified')),
        'side.days': () => ({
          report: report([
            {
              values: [{ id: '2026-08-01', name: '' }],
              metrics: metricsOf({ clicks: 100, cost: 10, revenue: 30 }),
            },
          ]),
          problem: null,
        }),
      },
    );
    // As in the panel's own page.
    root.id = 'root';
    await type('20');
    await expect.poll(() => find('[name=send-cost]:enabled')).not.toBeNull();
    const button = () => find('[name=send-cost]:enabled')?.getBoundingClientRect();
    const body = root.querySelector('.body');
    const isWithin = () => {
      const [inner, outer] = [button(), body?.getBoundingClientRect()];
      return !!inner && !!outer && inner.top >= outer.top && inner.bottom <= outer.bottom;
    };
    expect(body?.scrollHeight).toBeGreaterThan(body?.clientHeight ?? 0);
    body?.scrollTo(0, 0);
    await expect.poll(isWithin).toBe(true);
    const at = button();
    const top = document.elementFromPoint((at?.left ?? 0) + 5, (at?.top ?? 0) + 5);
    expect(top?.getAttribute('name')).toBe('send-cost');
  });
});
