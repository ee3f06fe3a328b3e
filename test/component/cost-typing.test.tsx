import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openTab, previewed } from './cost-tab.ts';
import { record, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

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
