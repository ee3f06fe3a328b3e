/** A veil as near to the front as a page gets: top layer, entered after everything else. */
const veil = (style: string, more: string) => `
const veil = document.createElement('div');
window.veil = veil;
veil.id = 'veil';
veil.popover = 'manual';
veil.textContent = 'Press here to go on';
veil.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;margin:0;border:0;padding:0;font:40px sans-serif;background:#fff;${style}';
// Called by the test once the panel shows what is to be confirmed.
window.attack = () => { document.body.append(veil); veil.showPopover(); };
${more}`;

/** What hides, moves, scales and recolours our hosts, with every right that a style sheet can claim. */
const SHEET = `
  @keyframes fade { to { opacity: .01; transform: scale(.05); } }
  @layer steal { crosstrack-panel, crosstrack-launcher { opacity: .01 !important; clip-path: circle(1px) !important; transform: translate(-300px, 200px) !important; } }
  html crosstrack-panel, html crosstrack-launcher {
    opacity: .01 !important; transform: translate(-300px, 200px) scale(.1) !important; scale: .1 !important; translate: -300px 200px !important;
    zoom: .1 !important; filter: opacity(1%) !important; clip-path: inset(49%) !important; mask: linear-gradient(transparent, transparent) !important;
    display: none !important; visibility: hidden !important; position: absolute !important; inset: 900px 0 0 900px !important; contain: strict !important;
    pointer-events: none !important; mix-blend-mode: difference !important; animation: fade 1s forwards !important; transition: all 1000s !important;
    color: transparent !important; font-size: 0 !important; overflow: clip !important; z-index: -1 !important; perspective: 1px !important;
    --text: transparent !important; --on-accent: transparent !important; --bg: transparent !important; --font: 1px serif !important; --accent-bg: transparent !important;
  }
  crosstrack-panel::before, crosstrack-panel::after {
    content: 'Press here to go on' !important; display: block !important; position: fixed !important; inset: 0 !important;
    z-index: 2147483647 !important; background: #fff !important; pointer-events: none !important;
  }`;

export const COVERS = {
  /** Lays a veil over everything that lets the user's press through. */
  'veil-through': veil('pointer-events:none', ''),
  /** The same, gone the moment the user presses, as far as the page can tell. */
  'veil-until-press': veil(
    'pointer-events:none',
    `for (const type of ['pointerdown', 'mousedown', 'keydown', 'focusin', 'focusout', 'blur', 'focus']) addEventListener(type, () => veil.remove(), { capture: true });`,
  ),
  /** Lays a veil over everything that takes the user's press and repeats it below. */
  'veil-taking': veil(
    'opacity:.01',
    `veil.addEventListener('click', (event) => {
  loot.push('press');
  veil.style.pointerEvents = 'none';
  const below = document.elementFromPoint(event.clientX, event.clientY);
  below.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: event.clientX, clientY: event.clientY }));
  below.click();
});`,
  ),
  /** Style sheet, attributes and animations that hide, move, scale and recolour our hosts. */
  style: `
const sheet = new CSSStyleSheet();
sheet.replaceSync(\`${SHEET}\`);
window.attack = () => {
  document.adoptedStyleSheets.push(sheet);
  for (const name of ['crosstrack-launcher', 'crosstrack-panel']) {
    const host = document.querySelector(name);
    if (!host) continue;
    host.style.cssText = 'opacity:.01!important;zoom:.1!important;transform:translate(-300px,200px)!important;visibility:hidden!important;transition:all 1000s!important';
    host.animate([{ opacity: 0.01, transform: 'scale(.05)', zoom: .1 }, { opacity: 0.01, transform: 'scale(.05)', zoom: .1 }], { duration: 1e8, fill: 'both' });
    host.dataset.theme = 'dark';
    host.hidden = true;
  }
};`,
} as const;
