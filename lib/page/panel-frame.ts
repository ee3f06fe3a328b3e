import { isOf } from './guard.ts';
import { firm, type Opened, openHost, removeLeftovers } from './host.ts';
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

const PANEL = 'crosstrack-panel';
/** A frame preloaded under the pointer but not opened is removed after this time. */
const UNWANTED_MS = 10_000;
/** A frame that has not claimed its ticket by then cannot run here; one that has done so before gets longer. */
const CLAIM_MS = 3_000;
const RECLAIM_MS = 6_000;
/** Interval at which dialogs, covers and the page's theme are checked while the panel is open. */
const LOOK_MS = 500;
/** A page that removes the host this many times within this many milliseconds wins. */
const EVICTIONS = 5;
const EVICTIONS_MS = 5_000;

export interface PanelFrameDeps {
  /** URL that the frame loads. */
  url(): string;
  /** Origin of the document that it ends up with. */
  readonly origin: string;
  readonly place: PanelPlace;
  /** Requests a ticket for this page's panel from the background. */
  ticket(): Promise<string>;
  view(): ToPanel & { kind: 'view' };
  /** Called when the panel opens or closes. */
  onShown(shown: boolean): void;
  /** Called when the page lets no frame of ours run. */
  onDead(): void;
}

export interface PanelFrame {
  /** Loads it hidden. */
  preload(): void;
  /** Opens the panel or brings it to the front; `toggle` closes an open one. */
  run(task: PanelTask): void;
  /** Reopens the panel as it was, without moving focus. */
  restore(): void;
  close(): void;
  isOpen(): boolean;
  /** Call when the page's view has changed. */
  send(message: ToPanel): void;
  /** Has this part of the frame that claimed this ticket been unobscured for long enough? */
  sees(ticket: string, at: Box): boolean;
  /** Receives every window event first; true = it is ours and must not reach the page. */
  hear(event: Event): boolean;
  /** Removes everything without notifying anybody. */
  remove(): void;
}

/** State that exists while a frame is on the page. */
interface Live extends Opened {
  readonly frame: HTMLIFrameElement;
  readonly where: HTMLStyleElement;
  readonly timers: AbortController;
  /** Claimed by the document in the frame; null = not yet. */
  ticket: string | null;
  /** The window that our page was loaded into; any other is empty. */
  filled: Window | null;
  port: MessagePort | null;
  claimed: boolean;
  /** One watcher per button that changes a tracker. */
  readonly sights: Map<number, PlainSight>;
}

/**
 * The panel's frame on a tracker's page: alone in a closed shadow root in the top layer, preloaded
 * under the pointer, opened by a click or a command. It holds a page of the extension, which becomes
 * this page's panel only with the ticket that it gets from here.
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
    let ticket = deps.ticket();
    ticket.catch(() => {});
    // An earlier version of the extension may have put its panel back after the detector's start.
    removeLeftovers(PANEL);
    const { host, root, beat } = openHost(PANEL, frameStyle());
    const where = document.createElement('style');
    const frame = document.createElement('iframe');
    frame.title = 'Crosstrack';
    // On pages with COEP, Chromium blocks the redirect from our dynamic URL to our page, except in
    // credentialless frames. Ours needs no credentials.
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
    let loads = 0;
    frame.addEventListener('load', () => {
      // The initial empty document. Other documents are cross-origin, except that Firefox lets content
      // scripts access those of their own extension.
      if (frame.contentDocument?.URL === 'about:blank') {
        // The page has moved the host, which reset the frame to an empty document.
        if (frame.contentWindow !== made.filled) fill(made);
        return;
      }
      loads += 1;
      if (loads > 1) ticket = deps.ticket();
      void invite(made, ticket);
    });
    // First, as another process does it meanwhile.
    fill(made);
    host.popover = 'manual';
    host.showPopover();
    addEventListener('resize', draw, { signal: timers.signal });
    document.addEventListener('visibilitychange', look, { signal: timers.signal });
    const timer = setInterval(look, LOOK_MS);
    timers.signal.addEventListener('abort', () => clearInterval(timer));
    return made;
  }

  /** Navigates without `src`, so that the element reveals nothing to the page. */
  const fill = (of: Live) => {
    of.filled = of.frame.contentWindow;
    of.filled?.location.replace(deps.url());
  };

  /** Posts the ticket to the frame's document, with a new port. */
  async function invite(to: Live, asked: Promise<string>): Promise<void> {
    to.port?.close();
    Object.assign(to, { port: null, ticket: null, claimed: false });
    unwatch(to);
    const ticket = await asked.catch(() => null);
    if (ticket === null || live !== to || to.port) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => hearPanel(to, ticket, data);
    to.port = port1;
    // The port queues them until the panel starts. The view is last: with it the panel draws.
    sendTheme(true);
    if (trouble()) sendTrouble();
    if (open) show(to);
    send(deps.view());
    const invitation: Invitation = { ticket };
    to.frame.contentWindow?.postMessage(invitation, deps.origin, [port2]);
    if (open) expectClaim(to);
  }

  function expectClaim(of: Live): void {
    // A timer that was set for the former document says nothing about this one.
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
        waiting = null;
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

  /** Sends the open panel what it needs once its document is ours. */
  function show({ claimed }: Live): void {
    send({ kind: 'shown' });
    if (waiting) send({ kind: 'task', task: waiting });
    // A document that never claims the panel does no task; the next one does.
    if (claimed) waiting = null;
  }

  function sendTheme(always = false): void {
    const now = pageTheme();
    if (now === theme && !always) return;
    theme = now;
    send({ kind: 'theme', theme: now });
  }

  /** Moves the host above everything else in the top layer, and out of an inert tree. */
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
    if (now.port) show(now);
    if (!now.claimed && fresh && now.port) expectClaim(now);
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
    // Before it is mended: what was hidden until now was not seen.
    for (const sight of live.sights.values()) sight.look();
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

  /** Call when the page has removed the host, which unloads its frame. */
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
      // The page has removed it, so nobody sees it.
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

/** Shows the host in the top layer and not inert, whatever the page did to its attributes. */
function mend(host: HTMLElement): void {
  if (host.popover !== 'manual') host.popover = 'manual';
  if (host.inert) host.inert = false;
  if (!host.matches(':popover-open')) host.showPopover();
}

function unwatch(of: Live): void {
  for (const sight of of.sights.values()) sight.stop();
  of.sights.clear();
}

/** The viewport's width and height without scroll bars, in CSS px. */
function viewport(): Pair {
  const of = document.compatMode === 'BackCompat' ? document.body : document.documentElement;
  return [of.clientWidth || innerWidth, of.clientHeight || innerHeight];
}

const frameStyle = () =>
  firm(':host { display: block; overflow: hidden; color-scheme: light dark; }') +
  firm(':host(:not(:popover-open)) { display: none; }') +
  'iframe { all: initial; display: block; width: 100%; height: 100%; visibility: inherit; }';
