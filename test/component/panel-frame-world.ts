import { vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { guardWindow } from '../../lib/page/guard.ts';
import { createPanelFrame, type PanelFrame } from '../../lib/page/panel-frame.ts';
import type { Box, FromPanel, PanelPlace, ToPanel } from '../../lib/page/protocol.ts';

/** Plays the panel's document: hands what it is invited with to the test. */
export const PAGE = `<!doctype html><title>Panel</title><button>In the panel</button><script>
addEventListener('message', ({ data, ports, source }) => {
  if (source !== parent) return;
  parent.dispatchEvent(new parent.CustomEvent('invited', { detail: { data, port: ports[0], ports: ports.length, within: self } }));
});
</script>`;

/** An invitation that the document in the frame got, and what came through its port. */
export interface Invited {
  readonly data: unknown;
  readonly port: MessagePort;
  readonly ports: number;
  readonly within: Window;
  readonly told: ToPanel[];
}

export const PLACE: PanelPlace = {
  dock: 'float',
  at: [700, 100],
  size: [400, 300],
  collapsed: false,
};
/** A button in the panel. */
export const AT: Box = { x: 20, y: 100, width: 120, height: 30 };
export const NAME = 'crosstrack-panel';

export let url: string;
export let field: HTMLInputElement;
export let other: HTMLInputElement;
export let panel: PanelFrame;
export let invitations: Invited[];
export let shown: boolean[];
export let dead: number;
export let tickets: number;
export let refused: boolean;
export let ended: AbortController;

export function startAnew(): void {
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
    url: () => url,
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
}
export function clearUp(): void {
  vi.useRealTimers();
  panel.remove();
  ended.abort();
  URL.revokeObjectURL(url);
  document.documentElement.removeAttribute('style');
  for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
}
/** From now on no frame gets a ticket. */
export function refuseTickets(): void {
  refused = true;
}

export const hostOf = () => document.querySelector<HTMLElement>(NAME);
export function host(): HTMLElement {
  const found = hostOf();
  if (!found) throw new Error('no panel on the page');
  return found;
}
export const boxOf = () => {
  const { x, y, width, height } = host().getBoundingClientRect();
  return [x, y, width, height];
};
export const kinds = ({ told }: Invited) => told.map(({ kind }) => kind);
export const troubles = ({ told }: Invited) =>
  told.flatMap((message) => (message.kind === 'trouble' ? [message.trouble] : []));
/** Waits without moving a time that stands. */
export async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise(requestAnimationFrame);
}
/** The document in the frame, once it was invited for the nth time. */
export async function invited(nth = 1): Promise<Invited> {
  await until(() => invitations.length >= nth);
  const last = invitations.at(-1);
  if (!last) throw new Error('nobody was invited');
  return last;
}
export const say = ({ port }: Invited, message: FromPanel) => port.postMessage(message);
/** Waits until what the panel's document has said so far was heard: an answer to a drag of no way at all. */
export async function heard(one: Invited): Promise<void> {
  for (const phase of ['start', 'end'] as const) {
    say(one, { kind: 'drag', what: 'move', phase, by: [0, 0] });
  }
  const placed = () => one.told.findIndex(({ kind }) => kind === 'placed');
  await until(() => placed() >= 0);
  one.told.splice(placed(), 1);
}
/** The document in the frame has become the panel. */
export async function claimed(nth = 1): Promise<Invited> {
  const one = await invited(nth);
  say(one, { kind: 'claimed' });
  await heard(one);
  return one;
}
/** Open, claimed and with the keyboard in it. */
export async function opened(): Promise<Invited> {
  await userEvent.click(field);
  panel.run('cost');
  const one = await claimed();
  await until(() => kinds(one).includes('view'));
  return one;
}
/** Open and claimed, in a time that stands until it is moved. */
export async function openedInStillTime(): Promise<Invited> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
  return opened();
}
