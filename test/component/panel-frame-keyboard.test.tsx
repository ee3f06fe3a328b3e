import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  claimed,
  clearUp,
  ended,
  field,
  heard,
  host,
  type Invited,
  opened,
  openedInStillTime,
  panel,
  startAnew,
  troubles,
  until,
} from './panel-frame-world.ts';

beforeEach(startAnew);
afterEach(clearUp);

describe('the keyboard', () => {
  const isOurs = () => document.activeElement === host();
  const stolen = async (one: Invited) => {
    field.focus();
    await until(isOurs);
    field.focus();
    await until(() => troubles(one).length > 0);
    expect(troubles(one)).toEqual(['keyboard']);
  };

  test('is taken back once from a page that takes it, and then that is said', async () => {
    const one = await openedInStillTime();
    field.focus();
    await until(isOurs);
    vi.advanceTimersByTime(1_000);
    await heard(one);
    expect(troubles(one)).toEqual([]);
    field.focus();
    await until(() => troubles(one).length > 0);
    expect(troubles(one)).toEqual(['keyboard']);
    expect(document.activeElement).toBe(field);
  });

  test('is taken back again from a page that takes it seldom', async () => {
    const one = await openedInStillTime();
    field.focus();
    await until(isOurs);
    await heard(one);
    vi.advanceTimersByTime(2_500);
    field.focus();
    await until(isOurs);
    await heard(one);
    expect(troubles(one)).toEqual([]);
  });

  test('taken in two steps was taken once', async () => {
    const one = await openedInStillTime();
    host().blur();
    field.focus();
    await until(isOurs);
    await heard(one);
    expect(troubles(one)).toEqual([]);
    expect(isOurs()).toBe(true);
  });

  test('is the page’s when somebody presses there', async () => {
    const one = await opened();
    await userEvent.click(field);
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard('abc');
    expect(field.value).toBe('abc');
    expect(troubles(one)).toEqual([]);
  });

  test('taken by the page, types nothing there, until somebody presses there', async () => {
    const one = await openedInStillTime();
    await stolen(one);
    const keys: string[] = [];
    document.addEventListener('keydown', ({ key }) => keys.push(key), { signal: ended.signal });
    await userEvent.keyboard('secret');
    expect([field.value, keys]).toEqual(['', []]);
    await userEvent.click(field);
    await expect.poll(() => troubles(one)).toEqual(['keyboard', null]);
    await userEvent.keyboard('open');
    expect(field.value).toBe('open');
    expect(keys).toHaveLength(4);
  });

  test('taken before the panel’s document is there, is said to it as soon as it is', async () => {
    panel.run('cost');
    // As Firefox tells it of a frame of another process: it does not say from where.
    for (let time = 0; time < 2; time++) {
      field.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
    }
    expect(troubles(await claimed())).toEqual(['keyboard']);
  });

  test('taken on and on, keeps the notice for as long, whatever is pressed in the panel', async () => {
    const one = await openedInStillTime();
    await stolen(one);
    for (let round = 0; round < 8; round++) {
      one.within.focus();
      await until(isOurs);
      vi.advanceTimersByTime(300);
      field.focus();
      await heard(one);
    }
    expect(troubles(one)).toEqual(['keyboard']);
  });

  test('taken by the page, is the panel’s again when somebody presses in the panel', async () => {
    const one = await openedInStillTime();
    await stolen(one);
    one.within.focus();
    await expect.poll(() => troubles(one)).toEqual(['keyboard', null]);
  });
});
