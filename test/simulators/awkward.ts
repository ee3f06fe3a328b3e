import type { Answered } from './server.ts';

/** What pages do that mean no harm, and yet get into the way of a panel. */
export type Awkwardness =
  /** Brings the focus back into its form as soon as it hears that it went elsewhere. */
  | 'trap-focusin'
  /** The same by the events of what loses it. */
  | 'trap-focusout'
  /** The same by `blur`, of the field and of the window, a moment later. */
  | 'trap-blur'
  /** A dialog as libraries make them: `aria-modal`, sentinels, and listeners in the capture phase. */
  | 'trap-aria-modal'
  /** Focuses its field twenty times a second, whatever happens. */
  | 'trap-timer'
  /** Native modal dialogs, one in another, which the test opens. */
  | 'dialogs'
  /** A document without an origin, as proxies serve what they do not trust. */
  | 'sandbox'
  /** White, whatever its tracker usually looks like. */
  | 'light'
  /** Black, likewise. */
  | 'dark';

const FORM = `
const form = document.createElement('form');
form.innerHTML = '<input id="field" aria-label="Of the page"><button type="button">Of the page</button>';
form.id = 'trap';
const field = form.querySelector('#field');`;

const SCRIPTS: Readonly<Partial<Record<Awkwardness, string>>> = {
  'trap-focusin': `${FORM}
document.body.prepend(form);
document.addEventListener('focusin', ({ target }) => { if (!form.contains(target)) field.focus(); });
field.focus();`,
  'trap-focusout': `${FORM}
document.body.prepend(form);
form.addEventListener('focusout', ({ relatedTarget }) => { if (!form.contains(relatedTarget)) setTimeout(() => field.focus()); });
field.focus();`,
  'trap-blur': `${FORM}
document.body.prepend(form);
field.addEventListener('blur', () => setTimeout(() => field.focus()));
addEventListener('blur', () => setTimeout(() => field.focus()));
document.addEventListener('focus', ({ target }) => { if (target !== document && !form.contains(target)) field.focus(); }, true);
field.focus();`,
  'trap-aria-modal': `${FORM}
const dialog = document.createElement('div');
dialog.setAttribute('role', 'dialog');
dialog.setAttribute('aria-modal', 'true');
dialog.setAttribute('aria-label', 'Of the page');
dialog.style.cssText = 'position:fixed;inset:20% auto auto 20%;padding:20px;background:#fff;z-index:2147483647';
const sentinels = [0, 1].map(() => Object.assign(document.createElement('span'), { tabIndex: 0 }));
for (const sentinel of sentinels) sentinel.addEventListener('focus', () => field.focus());
dialog.append(sentinels[0], form, sentinels[1]);
document.body.append(dialog);
for (const main of document.querySelectorAll('nav, main')) main.inert = true;
addEventListener('focusin', (event) => { if (!dialog.contains(event.target)) { event.stopImmediatePropagation(); field.focus(); } }, true);
addEventListener('keydown', (event) => { if (event.key === 'Tab') { event.preventDefault(); field.focus(); } }, true);
addEventListener('focusout', ({ relatedTarget }) => { if (!relatedTarget) requestAnimationFrame(() => { if (!dialog.contains(document.activeElement)) field.focus(); }); }, true);
field.focus();`,
  'trap-timer': `${FORM}
document.body.prepend(form);
setInterval(() => field.focus(), 50);`,
  dialogs: `
for (const id of ['outer', 'inner']) {
  const dialog = document.createElement('dialog');
  dialog.id = id;
  dialog.innerHTML = '<p>' + id + '</p><input aria-label="Of the page">';
  (document.querySelector('#outer') ?? document.body).append(dialog);
}`,
  light: `
document.documentElement.style.colorScheme = 'light';
document.body.style.background = '#fff';`,
  dark: `
document.documentElement.style.colorScheme = 'dark';
document.body.style.background = '#101216';`,
};

/** The page with a script that does so, and without the policy that would stop it. */
export function awkwardPage(answered: Answered, awkwardness: Awkwardness | null): Answered {
  const { body, headers = {} } = answered;
  if (awkwardness === null || !body || !/^text\/html/.test(headers['Content-Type'] ?? '')) {
    return answered;
  }
  if (awkwardness === 'sandbox') {
    const policy = { 'Content-Security-Policy': 'sandbox allow-scripts allow-forms' };
    return { ...answered, headers: { ...headers, ...policy } };
  }
  const { 'Content-Security-Policy': _, ...rest } = headers;
  const script = `<script>addEventListener('DOMContentLoaded', () => {${SCRIPTS[awkwardness] ?? ''}\n});</script>`;
  return { ...answered, headers: rest, body: body.replace('<head>', `<head>${script}`) };
}
