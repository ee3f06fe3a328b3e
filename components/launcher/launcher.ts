/** The button on a tracker's page. Plain DOM: the detector has no room for more. */
export function showLauncher(
  root: ShadowRoot,
  { label, hint, onOpen }: { label: string; hint: string; onOpen(): void },
): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.title = hint ? `${label} (${hint})` : label;
  button.setAttribute('aria-label', label);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ['M4 17C9 17 11 7 20 7', 'M4 8C9 8 11 17 20 17']) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  button.append(svg);
  button.addEventListener('click', (event) => {
    // The page cannot see into the closed root, but it could still make events on the host.
    if (event.isTrusted) onOpen();
  });
  root.append(button);
}

/** For its root; see `openHost`. */
export const LAUNCHER_STYLE = `
:host { inset-block-end: 16px !important; inset-inline-end: 16px !important; z-index: 2147483646 !important; color-scheme: light dark !important; }
button { inline-size: 36px; block-size: 36px; padding: 6px; border: 0; border-radius: 6px; background: #4338ca; cursor: pointer; box-shadow: 0 2px 8px rgb(0 0 0 / 30%); }
button:hover { background: #4f46e5; }
button:focus-visible { outline: 2px solid light-dark(#1b2030, #fff); outline-offset: 2px; }
path { fill: none; stroke: #fff; stroke-width: 2.5; stroke-linecap: round; }
@media print { :host { display: none !important; } }
`;
