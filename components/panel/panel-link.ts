import { type ReadonlySignal, signal } from '@preact/signals';
import type { Answers } from '../../lib/contract/calls.ts';
import type { PanelContext } from '../../lib/contract/panel.ts';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { FromPanel, PanelPlace, PanelTask, Theme, ToPanel } from '../../lib/page/protocol.ts';
import type { Client } from '../../lib/rpc/client.ts';
import type { PageView } from '../../lib/trackers/page.ts';

/** The page under the panel, as the panel knows it. */
export interface PanelLink {
  readonly view: ReadonlySignal<PageView | null>;
  /** Before the user's eyes? Until then nothing is asked of a tracker. */
  readonly shown: ReadonlySignal<boolean>;
  /** The last thing that it was told to do; another object each time, null = nothing yet. */
  readonly task: ReadonlySignal<{ readonly task: PanelTask } | null>;
  readonly theme: ReadonlySignal<Theme>;
  readonly trouble: ReadonlySignal<(ToPanel & { kind: 'trouble' })['trouble']>;
  /** Buttons, by the ids of `watch`, that the detector has seen in plain view for long enough. */
  readonly seen: ReadonlySignal<ReadonlySet<number>>;
  /** Where a drag left it; null = nowhere yet. */
  readonly placed: ReadonlySignal<Pick<ToPanel & { kind: 'placed' }, 'at' | 'size'> | null>;
  /** As it was when the panel became this page's; null = could not be read then. */
  readonly context: PanelContext | null;
  /** What the panel was doing in the document before. */
  readonly before: PanelState | null;
  place(place: PanelPlace): void;
  send(message: FromPanel): void;
  close(): void;
}

/** So many wrong tickets, and nothing more is heard: a page must not flood the background through us. */
const MAX_TICKETS = 5;

/**
 * Waits for the detector's ticket, shows it to the background, and keeps the
 * port that came with it. The page can post messages to our window too; what it
 * posts has no ticket that the background would take, so this stays blank.
 */
export function openPanelLink(client: Client): Promise<PanelLink> {
  const { promise, resolve } = Promise.withResolvers<PanelLink>();
  let shown = 0;
  const onMessage = async ({ source, data, ports }: MessageEvent) => {
    const [port] = ports;
    const { ticket }: { ticket?: unknown } = Object(data);
    if (source !== parent || ports.length !== 1 || !port || typeof ticket !== 'string') return;
    shown += 1;
    if (shown === MAX_TICKETS) removeEventListener('message', onMessage);
    const claimed = await client.call('panel.claim', { ticket }).catch(() => null);
    if (!claimed) return;
    removeEventListener('message', onMessage);
    resolve(await linkThrough(port, claimed));
  };
  addEventListener('message', onMessage);
  return promise;
}

/** Resolves when the page has told what it shows, which it does at once. */
async function linkThrough(
  port: MessagePort,
  { state: before, context }: Answers['panel.claim'],
): Promise<PanelLink> {
  const known = Promise.withResolvers<void>();
  const view = signal<PageView | null>(null);
  const shown = signal(false);
  const task = signal<{ readonly task: PanelTask } | null>(null);
  const theme = signal<Theme>('light');
  const trouble = signal<(ToPanel & { kind: 'trouble' })['trouble']>(null);
  const placed = signal<Pick<ToPanel & { kind: 'placed' }, 'at' | 'size'> | null>(null);
  const seen = signal<ReadonlySet<number>>(new Set());
  const send = (message: FromPanel) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToPanel>) => {
    switch (data.kind) {
      case 'view':
        view.value = data.view;
        known.resolve();
        return;
      case 'shown':
        shown.value = true;
        return;
      case 'task':
        task.value = { task: data.task };
        return;
      case 'theme':
        theme.value = data.theme;
        return;
      case 'placed':
        placed.value = { at: data.at, size: data.size };
        return;
      case 'seen':
        seen.value = new Set([...seen.value, data.id]);
        return;
      case 'trouble':
        trouble.value = data.trouble;
    }
  };
  addEventListener('focus', () => send({ kind: 'focus', has: true }));
  addEventListener('blur', () => send({ kind: 'focus', has: false }));
  send({ kind: 'claimed' });
  if (document.hasFocus()) send({ kind: 'focus', has: true });
  await known.promise;
  return {
    ...{ view, shown, task, theme, trouble, seen, placed, before, context },
    place: (place) => send({ kind: 'place', place }),
    send,
    close: () => send({ kind: 'close' }),
  };
}
