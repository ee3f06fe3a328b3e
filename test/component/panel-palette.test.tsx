import { beforeEach, describe, expect, test } from 'vitest';
import { total, useEnglish } from './fixtures.ts';
import { campaignView, control, openPanel, text } from './open-panel.ts';

beforeEach(useEnglish);

describe('the palette', () => {
  const options = (root: HTMLElement) =>
    [...root.querySelectorAll('[role=option]')].map(({ textContent }) => textContent ?? '');
  const type = (root: HTMLElement, typed: string) => {
    const input = root.querySelector<HTMLInputElement>('[name=palette]');
    if (!input) throw new Error('no palette');
    input.value = typed;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return input;
  };
  const openPalette = async () => {
    const { root } = openPanel(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    control(root, 'k');
    await expect.poll(() => options(root).length).toBeGreaterThan(5);
    return root;
  };

  test('says what is on, and lists campaigns only when some name is typed', async () => {
    const root = await openPalette();
    expect(options(root).filter((one) => one.includes('✓'))).toEqual([
      'Compare✓ E',
      'Dock to right✓ ',
      'Theme: match the page✓ ',
    ]);
    expect(options(root)).not.toContain('Winter');
  });

  test('a campaign is found by parts of its name, and the panel is about it then', async () => {
    const root = await openPalette();
    const input = type(root, ' win ter');
    await expect.poll(() => options(root)).toEqual(['Winter']);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await expect.poll(() => text(root, 'header h1')).toBe('Winter');
    expect(root.querySelector('[role=dialog]')).toBeNull();
  });

  test('nothing found is said', async () => {
    const root = await openPalette();
    type(root, 'zzz');
    await expect.poll(() => text(root, '[role=dialog] p')).toBe('Nothing found.');
  });
});
