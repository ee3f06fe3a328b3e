/*
 * What the detector itself draws on a tracker's page, in plain DOM to stay small.
 * Clicks are handled by the window's guard, which stops our events there.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** The button that opens the panel. */
export function showLauncher(root: ShadowRoot, label: string, hint: string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.name = 'open';
  button.className = 'launcher';
  button.title = hint ? `${label} (${hint})` : label;
  button.setAttribute('aria-label', label);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ['M4 17C9 17 11 7 20 7', 'M4 8C9 8 11 17 20 17']) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  button.append(svg);
  root.append(button);
}

/** Replaces a panel that the page blocks: says why and offers the dashboard. */
export function showFallback(
  root: ShadowRoot,
  { text, dashboard, close }: { text: string; dashboard: string; close: string },
): void {
  root.querySelector('.fallback')?.remove();
  const card = document.createElement('div');
  card.className = 'fallback';
  card.setAttribute('role', 'alert');
  const message = document.createElement('p');
  message.textContent = text;
  card.append(message);
  for (const [name, label] of [
    ['dashboard', dashboard],
    ['dismiss', close],
  ] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.name = name;
    button.textContent = label;
    card.append(button);
  }
  root.append(card);
}

/** The button of ours that was clicked; null = none. */
export function clickedButton(root: ShadowRoot, event: MouseEvent): HTMLButtonElement | null {
  // The page cannot reach into the closed shadow root, but it can dispatch events on the host.
  if (!event.isTrusted) return null;
  const byKeyboard = event.detail === 0;
  const at = byKeyboard ? root.activeElement : root.elementFromPoint(event.clientX, event.clientY);
  const button = at?.closest('button') ?? null;
  // In Chromium `elementFromPoint` also finds elements of the page.
  return root.contains(button) ? button : null;
}

/** For the launcher's shadow root; see `openHost`. The collapsed panel must cover the launcher. */
export const LAUNCHER_STYLE = `
:host { inset-block-end: 8px !important; inset-inline-end: 16px !important; z-index: 2147483646 !important; color-scheme: light dark !important; }
.launcher { display: block; inline-size: 36px; block-size: 36px; padding: 6px; border: 0; border-radius: 6px; background: #4338ca; cursor: pointer; box-shadow: 0 2px 8px rgb(0 0 0 / 30%); }
.launcher:hover { background: #4f46e5; }
button:focus-visible { outline: 2px solid light-dark(#1b2030, #fff); outline-offset: 2px; }
path { fill: none; stroke: #fff; stroke-width: 2.5; stroke-linecap: round; }
.fallback { position: absolute; inset: auto 0 48px auto; inline-size: 280px; padding: 12px; border-radius: 6px; border-top: 3px solid #4338ca; background: light-dark(#fff, #181b22); color: light-dark(#1b2030, #e8eaf0); font: 13px/18px system-ui, sans-serif; box-shadow: 0 6px 24px rgb(0 0 0 / 30%); }
.fallback p { margin: 0 0 8px; }
.fallback button { min-block-size: 28px; margin-inline-end: 8px; padding: 4px 12px; border: 1px solid #7d869b; border-radius: 4px; background: transparent; color: inherit; font: inherit; cursor: pointer; }
@media print { :host { display: none !important; } }
`;
