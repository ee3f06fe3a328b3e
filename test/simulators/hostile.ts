import type { Answered } from './server.ts';

/** What the page's own script does to the extension. `window.loot` is all that it got hold of. */
export type Hostility =
  /** Speaks to the extension by every channel that a page has. */
  | 'messages'
  /** Makes clicks and keys at the launcher, and all over the place of the panel. */
  | 'synthetic-events'
  /** Lays a veil over everything that lets the user's press through. */
  | 'veil-through'
  /** The same, gone the moment the user presses. */
  | 'veil-until-press'
  /** Lays a veil over everything that takes the user's press and repeats it below. */
  | 'veil-taking'
  /** Style sheet, attributes and animations that hide, move, scale and recolour our hosts. */
  | 'style'
  /** Waits for the panel's shadow root, listens for its elements, and looks for its text. */
  | 'spy'
  /** Defines our elements before we do. */
  | 'custom-elements'
  /** Throws our elements away as soon as they come. */
  | 'remove'
  /** Frames of its own origin. */
  | 'frames';

const OURS = `['crosstrack-launcher', 'crosstrack-panel']`;

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

const SCRIPTS: Readonly<Record<Hostility, string>> = {
  messages: `
window.attack = async (extension, inputs) => {
  const requests = inputs.flatMap(([name, input]) => ['panel', 'content', 'extension'].map((role) => ({ crosstrack: 'call', id: role + name, role, name, input })));
  const keep = (got) => { if (got && got.ok) loot.push(got); };
  addEventListener('message', (event) => { if (event.data && !event.data.crosstrack) loot.push(event.data); });
  for (const request of requests) {
    for (const api of [window.chrome, window.browser]) {
      try { keep(await api.runtime.sendMessage(extension, request)); } catch {}
      try { keep(await api.runtime.sendMessage(request)); } catch {}
      try { api.runtime.connect(extension).postMessage(request); } catch {}
    }
    window.postMessage(request, '*');
    for (const target of [window, document, document.documentElement, ...${OURS}.map((name) => document.querySelector(name))]) {
      if (!target) continue;
      for (const type of ['crosstrack', 'message', request.name, extension + ':tracker:wxt:content-script-started']) {
        target.dispatchEvent(new CustomEvent(type, { detail: request, bubbles: true, composed: true }));
        target.dispatchEvent(new MessageEvent(type, { data: request, bubbles: true }));
      }
    }
  }
};`,
  'synthetic-events': `
window.attack = (points) => {
  let made = 0;
  const keys = ['Enter', ' ', 'c', 'b', 'Tab'];
  const targets = () => [...${OURS}.map((name) => document.querySelector(name)), document.activeElement, document, window];
  for (const [clientX, clientY] of points) {
    for (const target of [...targets(), document.elementFromPoint(clientX, clientY)]) {
      if (!target) continue;
      const at = { bubbles: true, composed: true, cancelable: true, clientX, clientY, button: 0, detail: 1, view: window };
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick']) {
        target.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, at));
        made += 1;
      }
      if (target.click) target.click();
      if (target.focus && target !== window) target.focus();
      for (const key of keys) for (const type of ['keydown', 'keypress', 'keyup']) {
        target.dispatchEvent(new KeyboardEvent(type, { key, code: key, bubbles: true, composed: true, cancelable: true }));
      }
      target.dispatchEvent(new SubmitEvent('submit', { bubbles: true, composed: true, cancelable: true }));
    }
  }
  return made;
};`,
  'veil-through': veil('pointer-events:none', ''),
  'veil-until-press': veil(
    'pointer-events:none',
    `for (const type of ['pointerdown', 'mousedown', 'keydown']) addEventListener(type, () => veil.remove(), { capture: true });`,
  ),
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
  style: `
const sheet = document.createElement('style');
sheet.textContent = \`
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
  html { opacity: .02; filter: blur(9px); transform: translateX(40px); }\`;
window.attack = () => {
  document.head.append(sheet);
  for (const name of ${OURS}) {
    const host = document.querySelector(name);
    if (!host) continue;
    host.style.cssText = 'opacity:.01!important;transform:translate(-300px,200px)!important;visibility:hidden!important;transition:all 1000s!important';
    host.animate([{ opacity: 0.01, transform: 'scale(.05)' }, { opacity: 0.01, transform: 'scale(.05)' }], { duration: 1e8, fill: 'both' });
    host.dataset.theme = 'dark';
  }
};`,
  spy: `
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { const root = attach.call(this, { ...init, mode: 'open' }); loot.push('attachShadow ' + this.localName); return root; };
for (const name of ['append', 'appendChild', 'createElement', 'createElementNS', 'importNode', 'adoptNode']) {
  for (const of of [Document.prototype, Element.prototype, Node.prototype]) {
    const real = Object.getOwnPropertyDescriptor(of, name);
    if (!real || !real.value) continue;
    of[name] = function (...given) { const made = real.value.apply(this, given); if (/crosstrack/.test((made && made.localName) || '')) loot.push(name); return made; };
  }
}
const events = { heard: 0, reached: new Set() };
for (const type of ['pointermove', 'pointerdown', 'mousedown', 'mouseup', 'click', 'keydown', 'focusin', 'focusout', 'beforeinput', 'input', 'copy', 'selectionchange', 'selectstart', 'toggle', 'scroll']) {
  addEventListener(type, (event) => {
    events.heard += 1;
    const named = ['target', 'srcElement', 'relatedTarget', 'originalTarget', 'explicitOriginalTarget', 'rangeParent'].map((name) => [name, event[name]]);
    const selection = getSelection();
    for (const [name, node] of [...named, ...event.composedPath().map((node) => ['composedPath', node]), ['anchorNode', selection.anchorNode], ['focusNode', selection.focusNode]]) {
      if (node && node.getRootNode && node.isConnected && node.getRootNode() !== document) events.reached.add(type + ' ' + name);
    }
  }, true);
}
const seen = new Set();
new MutationObserver((records) => {
  for (const { target, addedNodes } of records) for (const node of [target, ...addedNodes]) seen.add(node);
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
window.attack = (secrets) => {
  const found = [];
  const look = (where, text) => { for (const secret of secrets) if (String(text).includes(secret)) found.push(where + ': ' + secret); };
  for (const name of ${OURS}) {
    const host = document.querySelector(name);
    if (!host) continue;
    if (host.shadowRoot) found.push('shadowRoot of ' + name);
    try { if (host.attachInternals().shadowRoot) found.push('internals of ' + name); } catch {}
    try { if (attach.call(host, { mode: 'open' })) found.push('second root of ' + name); } catch {}
    for (const path of ['innerText', 'textContent', 'outerHTML', 'innerHTML']) look(path, host[path]);
    if (host.getHTML) look('getHTML', host.getHTML({ serializableShadowRoots: true, shadowRoots: [] }));
  }
  for (const path of ['innerText', 'textContent', 'outerHTML']) look('document ' + path, document.documentElement[path]);
  getSelection().selectAllChildren(document.documentElement);
  look('selectAllChildren', getSelection());
  getSelection().removeAllRanges();
  document.execCommand('selectAll');
  look('selectAll', getSelection());
  getSelection().removeAllRanges();
  const before = found.length;
  for (const secret of secrets) if (window.find && window.find(secret)) found.push('window.find: ' + secret);
  look('selection after find', getSelection());
  for (const [by, where] of [['extend', 'documentboundary'], ['extend', 'paragraph']]) for (const way of ['forward', 'backward']) {
    getSelection().modify(by, way, where);
    look('selection extended ' + way, getSelection());
  }
  const searched = found.splice(before);
  getSelection().removeAllRanges();
  for (const node of seen) { if (node.getRootNode() !== document && node.isConnected) found.push('observed ' + node.nodeName); look('observed', node.textContent); }
  look('active element', document.activeElement.innerText === undefined ? '' : document.activeElement.localName.startsWith('crosstrack') ? document.activeElement.innerText : '');
  for (let x = 0; x < innerWidth; x += 40) for (let y = 0; y < innerHeight; y += 40) {
    for (const element of document.elementsFromPoint(x, y)) if (element.getRootNode() !== document) found.push('elementsFromPoint ' + element.localName);
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : null;
    if (caret && caret.offsetNode && caret.offsetNode.getRootNode() !== document) found.push('caretPositionFromPoint');
    const range = document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
    if (range && range.startContainer.getRootNode() !== document) found.push('caretRangeFromPoint');
  }
  return { found: [...new Set(found)], searched, heard: events.heard, reached: [...events.reached] };
};`,
  'custom-elements': `
for (const name of ${OURS}) customElements.define(name, class extends HTMLElement {
  constructor() { super(); loot.push('made ' + name); this.look('constructor'); }
  look(when) {
    this.own ??= this.attachInternals();
    if (this.own.shadowRoot) loot.push('root of ' + name + ' in ' + when);
    if (this.shadowRoot) loot.push('open root of ' + name);
  }
  connectedCallback() { this.look('connectedCallback'); setInterval(() => this.look('time'), 50); }
});`,
  remove: `
new MutationObserver(() => {
  for (const name of ${OURS}) for (const host of document.querySelectorAll(name)) {
    loot.push(name);
    window.kept = host;
    if (window.removing !== false) host.remove();
  }
}).observe(document, { subtree: true, childList: true });`,
  frames: `
const frame = document.createElement('iframe');
const address = new URL(location.href);
// A frame with its page's own address would stay empty.
address.searchParams.set('framed', '1');
frame.src = address.href;
if (window === window.top) addEventListener('DOMContentLoaded', () => document.body.append(frame));`,
};

/** The page as it would be if its tracker, or a script in it, were an attacker's: its own policy goes, a script comes first. */
export function hostilePage(answered: Answered, hostility: Hostility | null): Answered {
  const { body, headers = {} } = answered;
  if (hostility === null || !body || !/^text\/html/.test(headers['Content-Type'] ?? '')) {
    return answered;
  }
  const { 'Content-Security-Policy': _, ...rest } = headers;
  const script = `<script>window.loot = [];${SCRIPTS[hostility]}</script>`;
  return { ...answered, headers: rest, body: body.replace('<head>', `<head>${script}`) };
}
