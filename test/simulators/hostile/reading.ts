/** Everything that a page could hear of a person who uses the panel. */
const EVENTS = `[
  'pointerover', 'pointerenter', 'pointerdown', 'pointermove', 'pointerrawupdate', 'pointerup', 'pointerout', 'pointerleave', 'pointercancel', 'gotpointercapture', 'lostpointercapture',
  'mouseover', 'mouseenter', 'mousedown', 'mousemove', 'mouseup', 'mouseout', 'mouseleave', 'click', 'dblclick', 'auxclick', 'contextmenu', 'wheel',
  'DOMMouseScroll', 'MozMousePixelScroll', 'touchstart', 'touchend', 'dragstart', 'dragenter', 'dragover', 'drop', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change',
  'compositionstart', 'compositionend', 'copy', 'cut', 'paste', 'focus', 'blur', 'focusin', 'focusout', 'selectionchange', 'selectstart', 'toggle', 'beforetoggle', 'scroll', 'scrollend', 'load', 'error', 'submit', 'invalid', 'resize', 'message', 'visibilitychange', 'slotchange', 'securitypolicyviolation',
]`;

export const READING = {
  /** Waits for our roots, listens for our elements, and looks for our text, keys and address. */
  spy: `
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { const root = attach.call(this, { ...init, mode: 'open' }); loot.push('attachShadow ' + this.localName); return root; };
for (const name of ['append', 'appendChild', 'createElement', 'createElementNS', 'importNode', 'adoptNode', 'moveBefore', 'insertBefore']) {
  for (const of of [Document.prototype, Element.prototype, Node.prototype]) {
    const real = Object.getOwnPropertyDescriptor(of, name);
    if (!real || !real.value) continue;
    of[name] = function (...given) { const made = real.value.apply(this, given); if (/crosstrack|iframe/.test((made && made.localName) || '')) loot.push(name); return made; };
  }
}
for (const name of ['postMessage', 'MessageChannel', 'addEventListener', 'setInterval', 'fetch']) {
  const real = window[name];
  window[name] = new Proxy(real, { apply(of, it, given) { if (JSON.stringify(given, (key, value) => typeof value === 'function' ? undefined : value)?.includes('ticket')) loot.push(name); return Reflect.apply(of, it, given); } });
}
const events = { heard: new Set(), reached: new Set(), typed: [] };
// Of another window's nodes not even this may be asked.
const outside = (node) => { try { return node && node.getRootNode && node.isConnected && node.getRootNode() !== document; } catch { return true; } };
const nameOf = (node) => { try { return node.localName ?? node.nodeName; } catch { return 'of another window'; } };
for (const type of ${EVENTS}) for (const [on, capture] of [[window, true], [document, true], [document.documentElement, false]]) {
  on.addEventListener(type, (event) => {
    events.heard.add(type);
    if (event.key || event.data) events.typed.push(String(event.key ?? event.data));
    const selection = getSelection();
    const named = ['target', 'srcElement', 'relatedTarget', 'originalTarget', 'explicitOriginalTarget', 'composedTarget', 'currentTarget', 'fromElement', 'toElement', 'rangeParent', 'source', 'view'].map((name) => [name, event[name]]);
    for (const [name, node] of [...named, ...event.composedPath().map((node) => ['composedPath', node]), ['anchorNode', selection.anchorNode], ['focusNode', selection.focusNode]]) {
      if (outside(node)) events.reached.add(type + ' ' + name + ' ' + nameOf(node));
      // Nor any window but the page's own.
      if (node && !outside(node) && node.window === node && node !== window) events.reached.add(type + ' ' + name + ' window');
    }
  }, capture);
}
const seen = new Set();
const observer = new MutationObserver((records) => {
  for (const { target, addedNodes } of records) for (const node of [target, ...addedNodes]) seen.add(node);
});
observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
const entries = [];
const keepEntries = (list) => {
  for (const entry of list) {
    entries.push(JSON.stringify(entry) + ' ' + entry.name);
    const nodes = [entry.target, entry.element, ...(entry.sources ?? []).map(({ node }) => node)];
    for (const node of nodes) if (outside(node)) events.reached.add(entry.entryType + ' entry');
  }
};
for (const type of PerformanceObserver.supportedEntryTypes) {
  new PerformanceObserver((list) => keepEntries(list.getEntries())).observe({ type, buffered: true, ...(type === 'event' ? { durationThreshold: 16 } : {}) });
}
if (window.ReportingObserver) new ReportingObserver((reports) => { for (const report of reports) entries.push(JSON.stringify(report)); }, { buffered: true }).observe();
window.typed = events.typed;
window.attack = (secrets) => {
  const found = [];
  const look = (where, text) => { for (const secret of secrets) if (String(text).includes(secret)) found.push(where + ': ' + secret); };
  for (const name of ['crosstrack-launcher', 'crosstrack-panel']) {
    const host = document.querySelector(name);
    if (!host) continue;
    if (host.shadowRoot) found.push('shadowRoot of ' + name);
    if (host.openOrClosedShadowRoot) found.push('openOrClosedShadowRoot of ' + name);
    try { if (host.attachInternals().shadowRoot) found.push('internals of ' + name); } catch {}
    try { if (attach.call(host, { mode: 'open' })) found.push('second root of ' + name); } catch {}
    for (const path of ['innerText', 'textContent', 'outerHTML', 'innerHTML']) look(path, host[path]);
    if (host.getHTML) look('getHTML', host.getHTML({ serializableShadowRoots: true, shadowRoots: [] }));
    if (host.cloneNode(true).shadowRoot) found.push('clone of ' + name);
    const range = document.createRange();
    range.selectNode(host);
    look('range', range + new XMLSerializer().serializeToString(range.cloneContents()));
    const hidden = new Set(host.getRootNode().querySelectorAll('iframe'));
    if (hidden.size > 0) found.push('iframe beside ' + name);
  }
  for (const path of ['innerText', 'textContent', 'outerHTML']) look('document ' + path, document.documentElement[path]);
  // Frames.
  if (window.length > 0 || frames.length > 0) found.push('window.length');
  for (let index = 0; index < 10; index += 1) {
    const frame = frames[index];
    if (frame === undefined) continue;
    found.push('frames');
    try { look('frame', frame.document.documentElement.outerHTML); found.push('document of a frame'); } catch {}
  }
  if (document.querySelector('iframe, frame, object, embed')) found.push('iframe');
  for (const key of Object.getOwnPropertyNames(window)) if (/crosstrack/i.test(key)) found.push('window.' + key);
  keepEntries(performance.getEntries());
  look('entries', entries.join());
  for (const entry of entries) if (/extension:|panel\\.html|crosstrack/i.test(entry)) found.push('entry ' + entry);
  if (window.chrome?.runtime?.sendMessage || window.browser) found.push('runtime');
  for (const { effect } of document.getAnimations()) if (outside(effect?.target)) found.push('animation');
  // Selections and searches.
  getSelection().selectAllChildren(document.documentElement);
  look('selectAllChildren', getSelection());
  getSelection().removeAllRanges();
  document.execCommand('selectAll');
  look('selectAll', getSelection());
  getSelection().removeAllRanges();
  // Any answer, refusals too, that differs from the one for what is nowhere tells of a secret.
  const search = (text) => [[text], [text, false, true, true], [text, false, false, true, false, true]].map((given) => {
    getSelection().removeAllRanges();
    try { return String(window.find(...given)); } catch ({ name }) { return name; }
  }).join();
  const nowhere = search('nowhere at all');
  for (const secret of secrets) if (search(secret) !== nowhere) found.push('window.find: ' + secret);
  look('selection after find', getSelection());
  for (const [by, where] of [['extend', 'documentboundary'], ['extend', 'paragraph']]) for (const way of ['forward', 'backward']) {
    getSelection().modify(by, way, where);
    look('selection extended ' + way, getSelection());
  }
  for (const range of getSelection().getComposedRanges?.({ shadowRoots: [] }) ?? []) if (outside(range.startContainer) || outside(range.endContainer)) found.push('composed range');
  getSelection().removeAllRanges();
  for (const { target, addedNodes } of observer.takeRecords()) for (const node of [target, ...addedNodes]) seen.add(node);
  for (const node of seen) { if (outside(node)) found.push('observed ' + nameOf(node)); look('observed', node.textContent); }
  if (outside(document.activeElement) || document.activeElement?.localName === 'iframe') found.push('active element');
  for (let x = 0; x < innerWidth; x += 40) for (let y = 0; y < innerHeight; y += 40) {
    for (const element of document.elementsFromPoint(x, y)) if (outside(element)) found.push('elementsFromPoint ' + nameOf(element));
    for (const node of document.nodesFromPoint?.(x, y) ?? []) if (outside(node)) found.push('nodesFromPoint');
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : null;
    if (caret && outside(caret.offsetNode)) found.push('caretPositionFromPoint');
    const range = document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
    if (range && outside(range.startContainer)) found.push('caretRangeFromPoint');
  }
  return { found: [...new Set(found)], heard: [...events.heard], reached: [...events.reached], entries: entries.length };
};`,
  /** Defines our elements before we do. */
  'custom-elements': `
for (const name of ['crosstrack-launcher', 'crosstrack-panel']) customElements.define(name, class extends HTMLElement {
  constructor() { super(); loot.push('made ' + name); this.look('constructor'); }
  look(when) {
    this.own ??= this.attachInternals();
    if (this.own.shadowRoot) loot.push('root of ' + name + ' in ' + when);
    if (this.shadowRoot) loot.push('open root of ' + name);
  }
  connectedCallback() { this.look('connectedCallback'); setInterval(() => this.look('time'), 50); }
});`,
} as const;
