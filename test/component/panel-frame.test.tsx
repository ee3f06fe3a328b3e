import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  boxOf,
  claimed,
  clearUp,
  field,
  host,
  hostOf,
  invitations,
  invited,
  kinds,
  NAME,
  opened,
  other,
  PLACE,
  panel,
  say,
  shown,
  startAnew,
  tickets,
} from './panel-frame-world.ts';

beforeEach(startAnew);
afterEach(clearUp);

describe('loaded under the pointer', () => {
  test('it is neither seen nor reached by the keyboard, and its document is invited', async () => {
    panel.preload();
    const { data, ports } = await invited();
    expect([data, ports]).toEqual([{ ticket: 'ticket 1' }, 1]);
    expect(getComputedStyle(host()).visibility).toBe('hidden');
    expect(document.elementFromPoint(800, 200)).not.toBe(host());
    field.focus();
    const reached: Array<Element | null> = [];
    for (const _ of [1, 2, 3, 4]) {
      await userEvent.keyboard('{Tab}');
      reached.push(document.activeElement);
    }
    expect(reached).not.toContain(host());
    expect([panel.isOpen(), shown]).toEqual([false, []]);
  });

  test('it gets what it has to know, yet is not shown before it is opened', async () => {
    panel.preload();
    const one = await claimed();
    expect(kinds(one)).toEqual(['theme', 'view']);
    panel.run('toggle');
    await expect.poll(() => kinds(one)).toEqual(['theme', 'view', 'shown', 'task']);
    expect([invitations.length, tickets]).toEqual([1, 1]);
    expect(getComputedStyle(host()).visibility).toBe('visible');
  });

  test('it is gone when nobody opens it for ten seconds, and stays when somebody does', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    panel.preload();
    vi.advanceTimersByTime(9_999);
    expect(hostOf()).not.toBeNull();
    vi.advanceTimersByTime(1);
    expect(hostOf()).toBeNull();
    panel.preload();
    panel.run('toggle');
    await claimed();
    vi.advanceTimersByTime(20_000);
    expect(hostOf()).not.toBeNull();
    expect(shown).toEqual([true]);
  });

  test('it takes the place of a panel that an earlier version of the extension put back', async () => {
    const left = document.createElement(NAME);
    document.documentElement.append(left);
    panel.preload();
    await invited();
    expect(left.isConnected).toBe(false);
    expect(document.querySelectorAll(NAME)).toHaveLength(1);
  });

  test('a second pointer loads no second one', async () => {
    panel.preload();
    panel.preload();
    await invited();
    expect([document.querySelectorAll(NAME).length, tickets]).toEqual([1, 1]);
  });
});

describe('opened', () => {
  test('it stands at its place, in the top layer, with the keyboard', async () => {
    await opened();
    expect(boxOf()).toEqual([700, 100, 400, 300]);
    expect(host().matches(':popover-open')).toBe(true);
    expect(document.activeElement).toBe(host());
    expect(document.elementFromPoint(800, 200)).toBe(host());
    expect([panel.isOpen(), shown]).toEqual([true, [true]]);
  });

  test('its document is told the theme, that it is shown, what to do, and then the view to draw', async () => {
    const one = await opened();
    expect(one.told).toEqual([
      { kind: 'theme', theme: 'light' },
      { kind: 'shown' },
      { kind: 'task', task: 'cost' },
      { kind: 'view', view: null },
    ]);
  });

  test('it does another task in the same document', async () => {
    const one = await opened();
    other.focus();
    panel.run('blacklist');
    await expect.poll(() => one.told.at(-1)).toEqual({ kind: 'task', task: 'blacklist' });
    expect(document.activeElement).toBe(host());
    expect([invitations.length, shown]).toEqual([1, [true]]);
  });

  test('toggled, it is gone and the keyboard is where it was', async () => {
    await opened();
    panel.run('toggle');
    expect(hostOf()).toBeNull();
    expect(document.activeElement).toBe(field);
    expect([panel.isOpen(), shown]).toEqual([false, [true, false]]);
  });

  test('closed from within, it gives the keyboard back too', async () => {
    const one = await opened();
    say(one, { kind: 'close' });
    await expect.poll(hostOf).toBeNull();
    expect(document.activeElement).toBe(field);
    expect(shown).toEqual([true, false]);
  });

  test('closed after somebody went on in the page, it leaves the keyboard there', async () => {
    await opened();
    await userEvent.click(other);
    panel.run('toggle');
    expect(document.activeElement).toBe(other);
  });

  test('it comes back as it was without the keyboard', async () => {
    field.focus();
    panel.restore();
    const one = await claimed();
    await expect.poll(() => kinds(one)).toEqual(['theme', 'shown', 'view']);
    expect(document.activeElement).toBe(field);
    expect(shown).toEqual([true]);
  });

  test('it is told the page’s theme when that changes', async () => {
    const one = await opened();
    document.documentElement.style.backgroundColor = '#111';
    await expect.poll(() => one.told.at(-1)).toEqual({ kind: 'theme', theme: 'dark' });
  });

  test('removed with the page, it says nothing', async () => {
    await opened();
    panel.remove();
    expect(hostOf()).toBeNull();
    expect(shown).toEqual([true]);
  });
});

describe('the place', () => {
  test('is the one that the panel tells', async () => {
    const one = await opened();
    say(one, { kind: 'place', place: { ...PLACE, dock: 'left', size: null } });
    await expect.poll(boxOf).toEqual([0, 0, 420, document.documentElement.clientHeight]);
  });

  test('follows a drag, and where it ends is told to be kept', async () => {
    const one = await opened();
    say(one, { kind: 'drag', what: 'move', phase: 'start', by: [0, 0] });
    say(one, { kind: 'drag', what: 'move', phase: 'on', by: [-50, 20] });
    await expect.poll(boxOf).toEqual([650, 120, 400, 300]);
    expect(kinds(one)).not.toContain('placed');
    say(one, { kind: 'drag', what: 'move', phase: 'on', by: [-60, 30] });
    say(one, { kind: 'drag', what: 'move', phase: 'end', by: [-60, 30] });
    await expect
      .poll(() => one.told.at(-1))
      .toEqual({ kind: 'placed', at: [640, 130], size: null });
    expect(boxOf()).toEqual([640, 130, 400, 300]);
  });

  test('grows with a drag of its corner', async () => {
    const one = await opened();
    say(one, { kind: 'drag', what: 'size', phase: 'start', by: [0, 0] });
    say(one, { kind: 'drag', what: 'size', phase: 'end', by: [20, 40] });
    await expect
      .poll(() => one.told.at(-1))
      .toEqual({ kind: 'placed', at: [700, 100], size: [420, 340] });
    expect(boxOf()).toEqual([700, 100, 420, 340]);
  });

  test('does not move by a drag that never began', async () => {
    const one = await opened();
    say(one, { kind: 'drag', what: 'move', phase: 'end', by: [-60, 30] });
    say(one, { kind: 'place', place: { ...PLACE, at: [10, 10] } });
    await expect.poll(boxOf).toEqual([10, 10, 400, 300]);
    expect(kinds(one)).not.toContain('placed');
  });
});
