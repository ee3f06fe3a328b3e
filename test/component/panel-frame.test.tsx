import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { guardWindow } from '../../lib/page/guard.ts';
import { createPanelFrame, type PanelFrame } from '../../lib/page/panel-frame.ts';
import type { Box, FromPanel, PanelPlace, ToPanel } from '../../lib/page/protocol.ts';

/** Plays the panel's document: hands what it is invited with to the test. */
const PAGE = `<!doctype html><title>Panel</title><button>In the panel</button><script>
addEventListener('message', ({ data, ports, source }) => {
  if (source !== parent) return;
  parent.dispatchEvent(new parent.CustomEvent('invited', { detail: { data, port: ports[0], ports: ports.length, within: self } }));
});
</script>`;

/** An invitation that the document in the frame got, and what came through its port. */
interface Invited {
  readonly data: unknown;
  readonly port: MessagePort;
  readonly ports: number;
  readonly within: Window;
  readonly told: ToPanel[];
}

const PLACE: PanelPlace = { dock: 'float', at: [700, 100], size: [400, 300], collapsed: false };
/** A button in the panel. */
const AT: Box = { x: 20, y: 100, width: 120, height: 30 };
const NAME = 'crosstrack-panel';

let url: string;
let field: HTMLInputElement;
let other: HTMLInputElement;
let panel: PanelFrame;
let invitations: Invited[];
let shown: boolean[];
let dead: number;
let tickets: number;
let refused: boolean;
let ended: AbortController;

beforeEach(() => {
  url = URL.createObjectURL(new Blob([PAGE], { type: 'text/html' }));
  field = document.createElement('input');
  other = document.createElement('input');
  document.body.replaceChildren(field, other);
  invitations = [];
  shown = [];
  dead = 0;
  tickets = 0;
  refused = false;
  ended = new AbortController();
  const { signal } = ended;
  addEventListener(
    'invited',
    (event) => {
      const { detail }: Partial<CustomEvent> = event;
      const told: ToPanel[] = [];
      const invited: Invited = { ...detail, told };
      invited.port.onmessage = ({ data }) => told.push(data);
      invitations.push(invited);
      // As the panel's document does.
      for (const [type, has] of [
        ['focus', true],
        ['blur', false],
      ] as const) {
        invited.within.addEventListener(type, () => say(invited, { kind: 'focus', has }));
      }
    },
    { signal },
  );
  panel = createPanelFrame({
    url,
    origin: location.origin,
    place: PLACE,
    ticket: async () => {
      tickets += 1;
      if (refused) throw new Error('No.');
      return `ticket ${tickets}`;
    },
    view: () => ({ kind: 'view', view: null }),
    onShown: (is) => shown.push(is),
    onDead: () => {
      dead += 1;
      // As the detector does.
      panel.close();
    },
  });
  guardWindow((event) => panel.hear(event), signal);
});
afterEach(() => {
  vi.useRealTimers();
  panel.remove();
  ended.abort();
  URL.revokeObjectURL(url);
  document.documentElement.removeAttribute('style');
  for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
});

const hostOf = () => document.querySelector<HTMLElement>(NAME);
function host(): HTMLElement {
  const found = hostOf();
  if (!found) throw new Error('no panel on the page');
  return found;
}
const boxOf = () => {
  const { x, y, width, height } = host().getBoundingClientRect();
  return [x, y, width, height];
};
const kinds = ({ told }: Invited) => told.map(({ kind }) => kind);
const troubles = ({ told }: Invited) =>
  told.flatMap((message) => (message.kind === 'trouble' ? [message.trouble] : []));
/** Waits without moving a time that stands. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise(requestAnimationFrame);
}
/** The document in the frame, once it was invited for the nth time. */
async function invited(nth = 1): Promise<Invited> {
  await until(() => invitations.length >= nth);
  const last = invitations.at(-1);
  if (!last) throw new Error('nobody was invited');
  return last;
}
const say = ({ port }: Invited, message: FromPanel) => port.postMessage(message);
/** Waits until what the panel's document has said so far was heard: an answer to a drag of no way at all. */
async function heard(one: Invited): Promise<void> {
  for (const phase of ['start', 'end'] as const) {
    say(one, { kind: 'drag', what: 'move', phase, by: [0, 0] });
  }
  const placed = () => one.told.findIndex(({ kind }) => kind === 'placed');
  await until(() => placed() >= 0);
  one.told.splice(placed(), 1);
}
/** The document in the frame has become the panel. */
async function claimed(nth = 1): Promise<Invited> {
  const one = await invited(nth);
  say(one, { kind: 'claimed' });
  await heard(one);
  return one;
}
/** Open, claimed and with the keyboard in it. */
async function opened(): Promise<Invited> {
  await userEvent.click(field);
  panel.run('cost');
  const one = await claimed();
  await until(() => kinds(one).includes('view'));
  return one;
}
/** Open and claimed, in a time that stands until it is moved. */
async function openedInStillTime(): Promise<Invited> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
  return opened();
}

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
    refused = true;
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
