import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  clearUp,
  dead,
  hostOf,
  invitations,
  invited,
  opened,
  panel,
  refuseTickets,
  shown,
  startAnew,
} from './panel-frame-world.ts';

beforeEach(startAnew);
afterEach(clearUp);

describe('a document that does not become the panel', () => {
  test('is given up on after three seconds, once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    panel.run('toggle');
    await invited();
    vi.advanceTimersByTime(2_999);
    expect(dead).toBe(0);
    vi.advanceTimersByTime(1);
    expect([dead, hostOf(), shown]).toEqual([1, null, [true, false]]);
    vi.advanceTimersByTime(60_000);
    expect(dead).toBe(1);
  });

  test('is given up on also when there is no ticket for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    refuseTickets();
    panel.run('toggle');
    vi.advanceTimersByTime(3_000);
    expect(dead).toBe(1);
    expect(invitations).toEqual([]);
  });

  test('is not given up on while nobody waits for it, but three seconds after somebody does', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    panel.preload();
    await invited();
    vi.advanceTimersByTime(8_000);
    expect(dead).toBe(0);
    panel.run('toggle');
    vi.advanceTimersByTime(3_000);
    expect(dead).toBe(1);
  });

  test('that has become it is not given up on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    await opened();
    vi.advanceTimersByTime(60_000);
    expect(dead).toBe(0);
  });
});
