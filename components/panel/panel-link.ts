import { type ReadonlySignal, signal } from '@preact/signals';
import type { Answers } from '../../lib/contract/calls.ts';
import type { OwnFigures, PanelContext } from '../../lib/contract/panel.ts';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { FromPanel, PanelPlace, PanelTask, Theme, ToPanel } from '../../lib/page/protocol.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';

/** The panel's end of the port to the detector on the page. */
export interface PanelLink {
  readonly view: ReadonlySignal<PageView | null>;
  /** Has the panel been shown? Until then no tracker is queried. */
  readonly shown: ReadonlySignal<boolean>;
  /** The latest task, a new object each time; null = none yet. */
  readonly task: ReadonlySignal<{ readonly task: PanelTask } | null>;
  readonly theme: ReadonlySignal<Theme>;
  readonly trouble: ReadonlySignal<(ToPanel & { kind: 'trouble' })['trouble']>;
  /** `watch` ids of the buttons that the detector has seen in plain view for long enough. */
  readonly seen: ReadonlySignal<ReadonlySet<number>>;
  /** Where the last drag ended; null = not dragged yet. */
  readonly placed: ReadonlySignal<Pick<ToPanel & { kind: 'placed' }, 'at' | 'size'> | null>;
  /** The context when the ticket was claimed; null = it could not be read. */
  readonly context: PanelContext | null;
  /** The page's own figures when the ticket was claimed; null = none. */
  readonly figures: OwnFigures | null;
  /** The panel's state in the previous document. */
  readonly before: PanelState | null;
  place(place: PanelPlace): void;
  send(message: FromPanel): void;
  close(): void;
}

/** After so many tickets we stop listening: the page must not flood the background through us. */
const MAX_TICKETS = 5;

/**
 * Waits for a message from the detector, has the background verify its ticket,
 * and takes the port that came with it. The page can post messages to our
 * window too, but without a valid ticket, so the panel stays blank.
 */
export function openPanelLink(client: OpenClient): Promise<PanelLink> {
  const { promise, resolve } = Promise.withResolvers<PanelLink>();
  let tickets = 0;
  const onMessage = async ({ source, data, ports }: MessageEvent) => {
    const [port] = ports;
    const { ticket }: { ticket?: unknown } = Object(data);
    if (source !== parent || ports.length !== 1 || !port || typeof ticket !== 'string') return;
    tickets += 1;
    if (tickets === MAX_TICKETS) removeEventListener('message', onMessage);
    const heard = await listenTo(port);
    const { campaignId = null, range = null } = heard.view.value ?? {};
    const shows = campaignId === null ? null : { campaignId, range };
    let changed = false;
    const stop = client.onChange('panel.context', () => {
      changed = true;
    });
    const claimed = await client.call('panel.claim', { ticket, shows }).catch(() => null);
    stop();
    if (!claimed) return port.close();
    removeEventListener('message', onMessage);
    resolve(linkThrough(port, heard, changed ? { ...claimed, context: null } : claimed));
  };
  addEventListener('message', onMessage);
  return promise;
}

type Heard = Pick<PanelLink, 'view' | 'shown' | 'task' | 'theme' | 'trouble' | 'seen' | 'placed'>;

/** Resolves once the page's view has come, the last of what the detector sends with the port. */
async function listenTo(port: MessagePort): Promise<Heard> {
  const viewed = Promise.withResolvers<void>();
  const view = signal<PageView | null>(null);
  const shown = signal(false);
  const task = signal<{ readonly task: PanelTask } | null>(null);
  const theme = signal<Theme>('light');
  const trouble = signal<(ToPanel & { kind: 'trouble' })['trouble']>(null);
  const placed = signal<Pick<ToPanel & { kind: 'placed' }, 'at' | 'size'> | null>(null);
  const seen = signal<ReadonlySet<number>>(new Set());
  port.onmessage = ({ data }: MessageEvent<ToPanel | null>) => {
    // Until its ticket is claimed, anybody may have sent it.
    switch (data?.kind) {
      case 'view':
        view.value = data.view;
        viewed.resolve();
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
  await viewed.promise;
  return { view, shown, task, theme, trouble, seen, placed };
}

function linkThrough(
  port: MessagePort,
  heard: Heard,
  { state: before, context, figures }: Answers['panel.claim'],
): PanelLink {
  const send = (message: FromPanel) => port.postMessage(message);
  addEventListener('focus', () => send({ kind: 'focus', has: true }));
  addEventListener('blur', () => send({ kind: 'focus', has: false }));
  send({ kind: 'claimed' });
  if (document.hasFocus()) send({ kind: 'focus', has: true });
  return {
    ...heard,
    ...{ before, context, figures },
    place: (place) => send({ kind: 'place', place }),
    send,
    close: () => send({ kind: 'close' }),
  };
}
