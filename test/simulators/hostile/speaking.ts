export const SPEAKING = {
  /** Speaks to the extension by every channel that a page has. */
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
    for (const target of [window, document, document.documentElement, ...['crosstrack-launcher', 'crosstrack-panel'].map((name) => document.querySelector(name))]) {
      if (!target) continue;
      for (const type of ['crosstrack', 'message', request.name, extension + ':tracker:wxt:content-script-started']) {
        target.dispatchEvent(new CustomEvent(type, { detail: request, bubbles: true, composed: true }));
        target.dispatchEvent(new MessageEvent(type, { data: request, bubbles: true }));
      }
    }
  }
};`,
  /** Makes clicks and keys at the launcher, and all over the place of the panel. */
  'synthetic-events': `
window.attack = (points) => {
  let made = 0;
  const keys = ['Enter', ' ', 'c', 'b', 'Tab'];
  const targets = () => [...['crosstrack-launcher', 'crosstrack-panel'].map((name) => document.querySelector(name)), document.activeElement, document, window];
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
  /** Throws our elements away as soon as they come. */
  remove: `
new MutationObserver(() => {
  for (const name of ['crosstrack-launcher', 'crosstrack-panel']) for (const host of document.querySelectorAll(name)) {
    loot.push(name);
    window.kept = host;
    if (window.removing !== false) host.remove();
  }
}).observe(document, { subtree: true, childList: true });`,
  /** Frames of its own origin. */
  frames: `
const frame = document.createElement('iframe');
const address = new URL(location.href);
// A frame with its page's own address would stay empty.
address.searchParams.set('framed', '1');
frame.src = address.href;
if (window === window.top) addEventListener('DOMContentLoaded', () => document.body.append(frame));`,
} as const;
