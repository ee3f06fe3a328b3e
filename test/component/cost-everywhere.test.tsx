import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { CrosstrackError } from '../../lib/errors.ts';
import { openTab, previewed } from './cost-tab.ts';
import { connection, record, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

describe('set everywhere', () => {
  const member = (how: 'hand' | 'name') => ({
    member: { campaignId: '7', name: 'Summer', how },
    proposals: [],
    problem: null,
  });
  const open = (split?: true) =>
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
            : { ...member(target === 'b' ? 'hand' : 'name'), ...(split ? { split } : {}) },
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

  test('another part of split traffic has a cost of its own, so it is not chosen', async () => {
    const { find } = open(true);
    await expect.poll(() => box(find, 'b')?.checked).toBe(false);
    box(find, 'b')?.click();
    await expect.poll(() => box(find, 'b')?.checked).toBe(true);
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
    // A press on a button that moved just before does not count.
    await expect
      .poll(async () => {
        const button = find('[name=send-cost]:enabled');
        if (button) await userEvent.click(button);
        return document.querySelectorAll('[data-sent]').length;
      })
      .toBe(2);
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
