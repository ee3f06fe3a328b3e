import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { GapLimits } from '../../lib/compare/limits.ts';
import { fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

function open(theme: 'light' | 'dark' = 'light') {
  const root = openRoot(style, theme);
  let kept: GapLimits | null = null;
  const client = fakeClient({
    'keys.state': () => ({ passphrase: false, locked: false, idleMinutes: 60, retryAfterMs: 0 }),
    'connections.list': () => [],
    'trackers.list': () => [tracker('k')],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'ownSources.list': () => [],
    'limits.read': () => kept,
    'limits.write': ({ limits }) => {
      kept = limits;
      return kept;
    },
  });
  mountOptions(root, { client, ...fakeAccess(), shortcuts: async () => [] });
  const form = () => root.querySelector<HTMLFormElement>('[data-gap-limits]');
  const field = (name: string) => form()?.querySelector<HTMLInputElement>(`[name=${name}]`);
  return {
    form,
    field,
    type(name: string, text: string) {
      const input = field(name);
      if (!input) throw new Error(`no ${name}`);
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    button: (name: string) => form()?.querySelector<HTMLButtonElement>(`button[name=${name}]`),
    kept: () => kept,
  };
}

test('limits of gaps are shown as they hold, changed, and set back', async () => {
  const { field, type, button, kept } = open();
  await expect.poll(() => field('conversions-amber')?.value).toBe('5');
  expect(button('save-limits')?.disabled).toBe(true);
  expect(button('reset-limits')).toBeNull();
  type('conversions-amber', '7');
  await expect.poll(() => button('save-limits')?.disabled).toBe(false);
  button('save-limits')?.click();
  await expect.poll(kept).toMatchObject({
    conversions: { green: 0.02, amber: 0.07 },
    clicks: { green: 0.1, amber: 0.15 },
  });
  await expect.poll(() => button('save-limits')?.disabled).toBe(true);
  expect(field('conversions-amber')?.value).toBe('7');
  button('reset-limits')?.click();
  await expect.poll(kept).toBeNull();
  await expect.poll(() => field('conversions-amber')?.value).toBe('5');
});

test('what is no limit is named and not saved', async () => {
  const { form, field, type, button, kept } = open();
  await expect.poll(() => field('cost-green')?.value).toBe('3');
  type('cost-green', '12');
  await expect.poll(() => form()?.querySelector('[role=alert]')?.textContent).toContain('Cost');
  expect(field('cost-green')?.getAttribute('aria-invalid')).toBe('true');
  expect(button('save-limits')?.disabled).toBe(true);
  form()?.requestSubmit();
  expect(kept()).toBeNull();
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const { form, type, field } = open(theme);
  await expect.poll(() => field('cost-green')).not.toBeNull();
  type('cost-green', 'x');
  await expect.poll(() => form()?.querySelector('[role=alert]')).not.toBeNull();
  const { violations } = await axe.run(form() ?? document);
  expect(violations).toEqual([]);
});
