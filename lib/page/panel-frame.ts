import { isOf } from './guard.ts';
import { firm, type Opened, openHost } from './host.ts';
import { homeOf, moveInto, noteToggle } from './modal.ts';
import { createPanelFocus } from './panel-focus.ts';
import { boxOf, draggedTo, placeAfterDrag } from './place.ts';
import { type PlainSight, watchPlain } from './plain.ts';
import type {
  Box,
  FromPanel,
  Invitation,
  Pair,
  PanelPlace,
  PanelTask,
  ToPanel,
} from './protocol.ts';
import { pageTheme } from './theme.ts';

/** Loaded under the pointer and then not opened: gone again. */
const UNWANTED_MS = 10_000;
/** A frame that has not shown its ticket by then does not run here; one that did before is given longer. */
const CLAIM_MS = 3_000;
const RECLAIM_MS = 6_000;
/** Dialogs, covers and the theme of the page are looked at so often while the panel is open. */
const LOOK_MS = 500;
/** A page that throws us out is given up on after so many times in so many milliseconds. */
const EVICTIONS = 5;
const EVICTIONS_MS = 5_000;

export interface PanelFrameDeps {
  /** Address of the panel's page, for the frame. */
  readonly url: string;
  /** Origin that its document ends on. */
  readonly origin: string;
  readonly place: PanelPlace;
  /** Asks the background for a ticket for this page's panel. */
  ticket(): Promise<string>;
  view(): ToPanel & { kind: 'view' };
  /** Told when it was opened and closed. */
  onShown(shown: boolean): void;
  /** The page lets no frame of ours run. */
  onDead(): void;
}

export interface PanelFrame {
  /** Loads it unseen. */
  preload(): void;
  /** Opens it, or brings it to the front; `toggle` closes it when it is open. */
  run(task: PanelTask): void;
  /** Opens it as it was, without taking the keyboard. */
  restore(): void;
  close(): void;
  isOpen(): boolean;
  /** The view of the page has changed. */
  send(message: ToPanel): void;
  /** Is this part of the frame that has shown this ticket in plain view, and for long enough? */
  sees(ticket: string, at: Box): boolean;
  /** Every event of the window goes through here first; true = it is ours. */
  hear(event: Event): boolean;
  /** Takes everything away, without a word to anybody. */
  remove(): void;
}

/** What there is while a frame is on the page. */
interface Live extends Opened {
  readonly frame: HTMLIFrameElement;
  readonly where: HTMLStyleElement;
  readonly timers: AbortController;
  /** Shown by the document that is in the frame now; null = not yet. */
  ticket: string | null;
  /** The window that our page was loaded into; another one is empty. */
  filled: Window | null;
  port: MessagePort | null;
  claimed: boolean;
  /** Of each button of it that changes a tracker. */
  readonly sights: Map<number, PlainSight>;
}

/**
 * The panel's frame on a tracker's page: alone in a closed root in the top
 * layer, loaded when the pointer comes near, opened by a press or a command.
 * What is in it is a page of the extension, which only the ticket that it gets
 * from here makes the panel of this page.
 */
export function createPanelFrame(deps: PanelFrameDeps): PanelFrame {
  let live: Live | null = null;
  let open = false;
  let place = deps.place;
  let waiting: PanelTask | null = null;
  let drag: { readonly box: Box; readonly place: PanelPlace } | null = null;
  let works = false;
  let expected = 0;
  let covered = false;
  let evicted: number[] = [];
  let theme = '';
  const focus = createPanelFocus(() => (open ? live : null), sendTrouble);

  const box = (): Box => boxOf(place, viewport());
  const send = (message: ToPanel) => live?.port?.postMessage(message);

  function draw(): void {
    if (!live) return;
    const { x, y, width, height } = box();
    live.where.textContent = firm(
      `:host { left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px; ${open ? '' : 'visibility: hidden;'} }`,
    );
  }

  function later(ms: number, work: () => void, timers: AbortController): void {
    const timer = setTimeout(work, ms);
    timers.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  function load(): Live {
    const { host, root, beat } = openHost('crosstrack-panel', FRAME_STYLE);
    const where = document.createElement('style');
    const frame = document.createElement('iframe');
    frame.title = 'Crosstrack';
    // Chromium blocks the way from our dynamic address to our page where the page lets only frames
    // in that agree to be there (COEP), but for frames without credentials. Ours needs none.
    frame.setAttribute('credentialless', '');
    const timers = new AbortController();
    const made: Live = {
      ...{ host, root, beat, frame, where, timers },
      ...{ ticket: null, port: null, claimed: false, filled: null, sights: new Map() },
    };
    live = made;
    draw();
    const home = homeOf(host);
    if (home !== host.parentElement) home.append(host);
    root.append(where, frame);
    host.popover = 'manual';
    host.showPopover();
    let ticket = deps.ticket();
    ticket.catch(() => {});
    let loads = 0;
    frame.addEventListener('load', () => {
      // The empty document that every frame begins with. Others are not ours to look into, except
      // that Firefox lets content scripts see those of their extension.
      if (frame.contentDocument?.URL === 'about:blank') {
        // The page has moved the host: an empty frame took the place of ours.
        if (frame.contentWindow !== made.filled) fill(made);
        return;
      }
      loads += 1;
      if (loads > 1) ticket = deps.ticket();
      void invite(made, ticket);
    });
    fill(made);
    addEventListener('resize', draw, { signal: timers.signal });
    document.addEventListener('visibilitychange', look, { signal: timers.signal });
    const timer = setInterval(look, LOOK_MS);
    timers.signal.addEventListener('abort', () => clearInterval(timer));
    return made;
  }

  /** No `src`: what a browser lets a page see of the element then says nothing. */
  const fill = (of: Live) => {
    of.filled = of.frame.contentWindow;
    of.filled?.location.replace(deps.url);
  };

  /** Hands the ticket to the document in the frame, with a port of its own. */
  async function invite(to: Live, asked: Promise<string>): Promise<void> {
    to.port?.close();
    Object.assign(to, { port: null, ticket: null, claimed: false });
    unwatch(to);
    const ticket = await asked.catch(() => null);
    if (ticket === null || live !== to || to.port) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => hearPanel(to, ticket, data);
    to.port = port1;
    // They wait in the port, and are there when the panel begins.
    send(deps.view());
    sendTheme(true);
    if (trouble()) sendTrouble();
    const invitation: Invitation = { ticket };
    to.frame.contentWindow?.postMessage(invitation, deps.origin, [port2]);
    if (open) expectClaim(to);
  }

  function expectClaim(of: Live): void {
    // One that is due for a document before says nothing of the next.
    const mine = ++expected;
    later(
      works ? RECLAIM_MS : CLAIM_MS,
      () => {
        if (live === of && open && mine === expected && !of.claimed) deps.onDead();
      },
      of.timers,
    );
  }

  function hearPanel(from: Live, ticket: string, message: FromPanel): void {
    if (live !== from) return;
    switch (message.kind) {
      case 'claimed':
        from.claimed = true;
        works = true;
        expected += 1;
        from.ticket = ticket;
        if (open) show();
        return;
      case 'place':
        place = message.place;
        draw();
        return;
      case 'drag':
        follow(message);
        return;
      case 'watch':
        from.sights.get(message.id)?.stop();
        from.sights.delete(message.id);
        if (message.at) {
          const shown = () => (live === from ? { ...from, box: box() } : null);
          const seen = () => live === from && send({ kind: 'seen', id: message.id });
          from.sights.set(message.id, watchPlain(shown, message.at, seen));
        }
        return;
      case 'focus':
        focus.report(message.has);
        return;
      case 'close':
        close();
    }
  }

  function follow({ phase, what, by }: FromPanel & { kind: 'drag' }): void {
    if (phase === 'start') drag = { box: box(), place };
    if (!drag) return;
    place = draggedTo(drag.place, what, drag.box, by);
    draw();
    if (phase !== 'end') return;
    send({ kind: 'placed', ...placeAfterDrag(drag.place, what, box()) });
    drag = null;
  }

  /** What the open panel is told once its document is ours. */
  function show(): void {
    send({ kind: 'shown' });
    if (waiting) send({ kind: 'task', task: waiting });
    waiting = null;
  }

  function sendTheme(always = false): void {
    const now = pageTheme();
    if (now === theme && !always) return;
    theme = now;
    send({ kind: 'theme', theme: now });
  }

  /** On top of what the page has put into the top layer meanwhile, and alive under its dialogs. */
  function raise(of: Live): void {
    const home = homeOf(of.host);
    if (of.host.parentElement !== home) {
      moveInto(home, of.host);
      if (of.frame.contentWindow !== of.filled) fill(of);
    }
    if (of.host.matches(':popover-open')) of.host.hidePopover();
    mend(of.host);
    of.beat();
  }

  function reveal(task: PanelTask | null): void {
    const now = live ?? load();
    const fresh = !open;
    if (fresh) focus.remember();
    open = true;
    draw();
    raise(now);
    if (task) {
      waiting = task;
      focus.take();
    }
    if (now.claimed) show();
    else if (fresh && now.port) expectClaim(now);
    if (!fresh) return;
    if (!now.port) expectClaim(now);
    deps.onShown(true);
  }

  function close(): void {
    const was = open;
    const giveBack = focus.release();
    remove();
    giveBack();
    if (was) deps.onShown(false);
  }

  function remove(): void {
    focus.release();
    live?.timers.abort();
    if (live) unwatch(live);
    live?.port?.close();
    live?.host.remove();
    live = null;
    open = false;
    waiting = null;
  }

  const trouble = () => (focus.isStolen() ? 'keyboard' : covered ? 'covered' : null);

  function sendTrouble(): void {
    send({ kind: 'trouble', trouble: trouble() });
  }

  function look(): void {
    if (!live) return;
    if (!live.host.isConnected) {
      evict(live);
      return;
    }
    if (!open) return;
    sendTheme();
    if (live.host.parentElement !== homeOf(live.host)) raise(live);
    else mend(live.host);
    live.beat();
    const { x, y, width, height } = box();
    const seen =
      document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20)) === live.host ||
      document.elementFromPoint(x + width / 2, y + height / 2) === live.host;
    if (seen === !covered) return;
    covered = !seen;
    sendTrouble();
  }

  /** The page took the host out of the document: the frame in it is dead. */
  function evict(of: Live): void {
    const now = performance.now();
    evicted = [...evicted.filter((at) => now - at < EVICTIONS_MS), now];
    const again = open && evicted.length < EVICTIONS;
    of.timers.abort();
    unwatch(of);
    of.port?.close();
    live = null;
    if (!again) {
      const was = open;
      remove();
      if (was) deps.onShown(false);
      return;
    }
    const made = load();
    draw();
    raise(made);
    focus.retake();
  }

  return {
    preload() {
      if (live) return;
      const made = load();
      later(
        UNWANTED_MS,
        () => {
          if (live === made && !open) remove();
        },
        made.timers,
      );
    },
    run(task) {
      // Thrown out by the page, it is open to nobody.
      if (task === 'toggle' && open && live?.host.isConnected) close();
      else reveal(task);
    },
    restore: () => reveal(null),
    close,
    isOpen: () => open,
    send,
    sees: (ticket, at) =>
      open && live?.ticket === ticket && [...live.sights.values()].some((one) => one.steady(at)),
    hear(event) {
      noteToggle(event);
      const host = live?.host ?? null;
      if (isOf(event, host)) {
        if (event.type === 'focusin' && event.target === host) focus.report(true);
        return true;
      }
      if (open && event.type === 'toggle') look();
      return focus.hear(event);
    },
    remove,
  };
}

/** In the top layer and alive, whatever the page did to the attributes that say so. */
function mend(host: HTMLElement): void {
  if (host.popover !== 'manual') host.popover = 'manual';
  if (host.inert) host.inert = false;
  if (!host.matches(':popover-open')) host.showPopover();
}

function unwatch(of: Live): void {
  for (const sight of of.sights.values()) sight.stop();
  of.sights.clear();
}

/** Width and height without scroll bars, in CSS px. */
function viewport(): Pair {
  const of = document.compatMode === 'BackCompat' ? document.body : document.documentElement;
  return [of.clientWidth || innerWidth, of.clientHeight || innerHeight];
}

const FRAME_STYLE =
  firm(':host { display: block; overflow: hidden; color-scheme: light dark; }') +
  firm(':host(:not(:popover-open)) { display: none; }') +
  'iframe { all: initial; display: block; width: 100%; height: 100%; visibility: inherit; }';
