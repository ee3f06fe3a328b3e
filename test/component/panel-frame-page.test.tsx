import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AT,
  claimed,
  clearUp,
  heard,
  host,
  hostOf,
  invitations,
  invited,
  kinds,
  opened,
  openedInStillTime,
  panel,
  say,
  shown,
  startAnew,
  troubles,
} from './panel-frame-world.ts';

beforeEach(startAnew);
afterEach(clearUp);

describe('a page that', () => {
  test('throws the panel out gets it back four times in five seconds, and then no more', async () => {
    const first = await openedInStillTime();
    for (const time of [1, 2, 3, 4]) {
      host().remove();
      vi.advanceTimersByTime(500);
      expect(hostOf()?.matches(':popover-open'), `time ${time}`).toBe(true);
    }
    expect(shown).toEqual([true]);
    host().remove();
    vi.advanceTimersByTime(500);
    expect([hostOf(), panel.isOpen(), shown]).toEqual([null, false, [true, false]]);
    expect(kinds(first).filter((kind) => kind === 'shown')).toHaveLength(1);
  });

  test('does so now and then gets it back each time, with a ticket of its own', async () => {
    await openedInStillTime();
    for (const time of [2, 3, 4, 5, 6, 7]) {
      host().remove();
      vi.advanceTimersByTime(500);
      const { data } = await claimed(time);
      expect(data).toEqual({ ticket: `ticket ${time}` });
      vi.advanceTimersByTime(1_500);
    }
    expect(panel.isOpen()).toBe(true);
  });

  test('throws it out while somebody types in it does not get the keyboard', async () => {
    await openedInStillTime();
    host().remove();
    vi.advanceTimersByTime(500);
    expect(document.activeElement).toBe(host());
  });

  test('throws out what nobody has opened is rid of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    panel.preload();
    await invited();
    host().remove();
    vi.advanceTimersByTime(500);
    expect([hostOf(), shown]).toEqual([null, []]);
  });

  test.each<[string, () => void]>([
    ['elsewhere', () => document.body.append(host())],
    ['within the root', () => document.documentElement.append(host())],
  ])(
    'moves it %s has it back in its place, with a document that has a new ticket',
    async (_, move) => {
      await opened();
      move();
      const { data } = await claimed(2);
      expect(data).toEqual({ ticket: 'ticket 2' });
      await expect.poll(() => host().parentElement).toBe(document.documentElement);
      await expect.poll(() => hostOf()?.matches(':popover-open')).toBe(true);
      expect(panel.isOpen()).toBe(true);
    },
  );

  test('hides the popover has it back', async () => {
    await opened();
    host().hidePopover();
    await expect.poll(() => host().matches(':popover-open')).toBe(true);
  });

  test('opens a modal dialog has the panel in it, alive, and out of it again', async () => {
    const one = await opened();
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    dialog.showModal();
    await expect.poll(() => host().parentElement).toBe(dialog);
    expect(host().matches(':popover-open')).toBe(true);
    expect(document.elementFromPoint(800, 200)).toBe(host());
    dialog.close();
    await expect.poll(() => host().parentElement).toBe(document.documentElement);
    expect(document.elementFromPoint(800, 200)).toBe(host());
    // In the same document all the time.
    expect(invitations).toHaveLength(1);
    panel.send({ kind: 'view', view: null });
    await expect.poll(() => one.told.at(-1)?.kind).toBe('view');
  });

  test('covers the panel is told of, and that it is free again', async () => {
    const one = await opened();
    const cover = document.createElement('div');
    cover.popover = 'manual';
    cover.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%';
    document.body.append(cover);
    cover.showPopover();
    await expect.poll(() => troubles(one)).toEqual(['covered']);
    cover.remove();
    await expect.poll(() => troubles(one)).toEqual(['covered', null]);
  });
});

describe('a part of the panel', () => {
  test('is seen after a while, by who shows its ticket and its place', async () => {
    const one = await opened();
    say(one, { kind: 'watch', id: 1, at: AT });
    await expect.poll(() => panel.sees('ticket 1', AT), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => one.told).toContainEqual({ kind: 'seen', id: 1 });
    expect(panel.sees('ticket 2', AT)).toBe(false);
    expect(panel.sees('ticket 1', { ...AT, x: AT.x + 1 })).toBe(false);
    panel.run('toggle');
    expect(panel.sees('ticket 1', AT)).toBe(false);
  });

  test('is seen no more when the panel does not watch it, or watches it elsewhere', async () => {
    const one = await opened();
    say(one, { kind: 'watch', id: 1, at: AT });
    say(one, { kind: 'watch', id: 2, at: { ...AT, y: 150 } });
    await expect.poll(() => panel.sees('ticket 1', AT), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => panel.sees('ticket 1', { ...AT, y: 150 })).toBe(true);
    say(one, { kind: 'watch', id: 1, at: null });
    await expect.poll(() => panel.sees('ticket 1', AT)).toBe(false);
    say(one, { kind: 'watch', id: 2, at: { ...AT, y: 190 } });
    await expect.poll(() => panel.sees('ticket 1', { ...AT, y: 150 })).toBe(false);
  });

  test('hidden just before it is mended, is seen after a while only', async () => {
    const one = await openedInStillTime();
    say(one, { kind: 'watch', id: 1, at: AT });
    await heard(one);
    vi.advanceTimersByTime(490);
    expect(panel.sees('ticket 1', AT)).toBe(true);
    host().hidePopover();
    vi.advanceTimersByTime(10);
    expect(host().matches(':popover-open')).toBe(true);
    expect(panel.sees('ticket 1', AT)).toBe(false);
    vi.advanceTimersByTime(400);
    expect(panel.sees('ticket 1', AT)).toBe(true);
  });

  test('is not seen while the page covers it', async () => {
    const one = await opened();
    say(one, { kind: 'watch', id: 1, at: AT });
    await expect.poll(() => panel.sees('ticket 1', AT), { timeout: 10_000 }).toBe(true);
    const cover = document.createElement('div');
    cover.popover = 'manual';
    cover.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%; opacity: 0.01';
    document.body.append(cover);
    cover.showPopover();
    expect(panel.sees('ticket 1', AT)).toBe(false);
  });
});
