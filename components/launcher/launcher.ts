/*
 * What the detector itself shows on a tracker's page. Plain DOM: it has no room
 * for more. Presses are heard by the guard of the window, not here, because
 * events of ours stop there.
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

/** In place of a panel that the page does not let run: why, and where the same can be done. */
export function showFallback(
  root: ShadowRoot,
  { text, dashboard, close }: { text: string; dashboard: string; close: string },
): void {
  root.querySelector('.fallback')?.remove();
  const card = document.createElement('div');
  card.className = 'fallback';
  card.setAttribute('role', 'alert');
  const says = document.createElement('p');
  says.textContent = text;
  card.append(says);
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

/** Which of our buttons a press is on; null = none. */
export function pressedIn(root: ShadowRoot, event: MouseEvent): HTMLButtonElement | null {
  // The page cannot see into the closed root, but it could still make events on the host.
  if (!event.isTrusted) return null;
  const byKeyboard = event.detail === 0;
  const at = byKeyboard ? root.activeElement : root.elementFromPoint(event.clientX, event.clientY);
  const button = at?.closest('button') ?? null;
  // Chromium finds what lies at that point in the page, too.
  return root.contains(button) ? button : null;
}

/** For its root; see `openHost`. It ends no higher than the collapsed panel, which then covers it. */
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
