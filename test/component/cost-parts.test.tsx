import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SendUpdate } from '../../components/costs/send-update.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Previewed } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { openTab, previewed, state } from './cost-tab.ts';
import { fakeClient, openRoot, record, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

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
