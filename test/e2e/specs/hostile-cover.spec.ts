import { daysOf } from '../days.ts';
import {
  attack,
  buttonAt,
  inSight,
  loot,
  middleOf,
  openHostileCost,
  panelRecord,
  pressAtButton,
  pressByEnter,
  pressInPlainView,
  refusal,
  sendButton,
  sendPastFrame,
  showFor,
  showSendButton,
  UNSEEN,
  writesOf,
} from '../hostile.ts';
import { expect, inPanel, LAUNCHER, PANEL, test } from '../world.ts';

const days = (day: number) => daysOf('10')(10 + day);

/** Shows the style sheet, past every policy; `window.undo` takes it away. */
const sheet = (css: string) =>
  `{ const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(css)}); document.adoptedStyleSheets.push(sheet); window.undo = () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet); }; }`;

/** Opens something of the page's in the top layer that lets presses through; `window.undo` takes it away. */
const popover = (style: string, css = '') =>
  `{ const veil = document.createElement('div'); veil.id = 'veil'; veil.popover = 'manual';
     veil.style.cssText = 'position:fixed;margin:0;padding:0;border:0;pointer-events:none;${style}';
     ${sheet(css)} const unstyle = window.undo; window.undo = () => { unstyle(); veil.remove(); };
     document.body.append(veil); veil.showPopover(); }`;

const HOST = `document.querySelector('${PANEL}')`;
const ALL = 'inset:0;width:100vw;height:100vh;background:#fff';
const POINT = 'inset:auto;left:0;top:0;width:1px;height:1px';
/** View transitions that last; what they show lies over the top layer. */
const LASTING =
  '::view-transition { pointer-events: none; background: #fff } *::view-transition-group(*), *::view-transition-old(*), *::view-transition-new(*) { animation: 1000s stay !important; opacity: 0 } @keyframes stay { to { top: 1px } }';

/** What we mend as soon as we see it, done again and again. */
const again = (source: string) =>
  `{ const act = () => { ${source}; }; act(); const timer = setInterval(act, 20); window.undo = () => clearInterval(timer); }`;

/** Covers that no hit test tells of, for Firefox as much as for Chromium. */
const THROUGH: Readonly<Record<string, string>> = {
  veil: popover(ALL),
  'backdrop of a point': popover(
    POINT,
    '#veil::backdrop { background: #fff; pointer-events: none }',
  ),
  'shadow of a point': popover(`${POINT};box-shadow:0 0 0 3000px #fff`),
  'outline of a point': popover(`${POINT};outline:3000px solid #fff`),
  'box of a point': popover(
    POINT,
    '#veil::after { content: "Press here"; position: fixed; inset: 0; background: #fff; pointer-events: none }',
  ),
  'veil in a closed root': `{ const holder = document.createElement('div'); const root = holder.attachShadow({ mode: 'closed' });
     const veil = document.createElement('div'); veil.popover = 'manual';
     veil.style.cssText = 'position:fixed;margin:0;border:0;pointer-events:none;${ALL}';
     root.append(veil); document.body.append(holder); veil.showPopover(); window.undo = () => holder.remove(); }`,
};

/** Effects and moves that the detector refuses by itself, whatever our frame would say. */
const UNPLAIN: Readonly<Record<string, string>> = {
  'veil that takes the press': popover(`${ALL};opacity:.01;pointer-events:auto`.replace(/'/g, '')),
  'zoom of html': sheet('html { zoom: .5 }'),
  'opacity of html': sheet('html { opacity: .02 }'),
  'filter of html': sheet('html { filter: blur(9px) }'),
  'transform of html': sheet('html { transform: translateX(-200px) scale(.5) }'),
  'clip-path of html': sheet('html { clip-path: circle(1px) }'),
  'mask of html': sheet('html { mask-image: linear-gradient(transparent, transparent) }'),
  'blending of html': sheet('html { mix-blend-mode: difference }'),
  'animation of html': `{ const run = document.documentElement.animate([{ opacity: .01 }, { opacity: .01 }], { duration: 1e8, fill: 'both' }); window.undo = () => run.cancel(); }`,
  'view transition': `${sheet(LASTING)} { const unstyle = window.undo; const run = document.startViewTransition(() => {}); window.undo = () => { run.skipTransition(); unstyle(); }; await run.ready; }`,
  'hidden popover': again(`${HOST}.hidePopover()`),
  'popover attribute gone': again(`${HOST}.removeAttribute('popover')`),
  'popover of another kind': again(`${HOST}.popover = 'auto'`),
  'our own transition, rewritten': again(
    `for (const one of ${HOST}.getAnimations()) { one.effect.setKeyframes([{ opacity: .01, transform: 'scale(.1)' }, { opacity: .01, transform: 'scale(.1)' }]); one.pause(); }`,
  ),
  'inert host': again(`${HOST}.inert = true`),
  'inert html': `{ document.documentElement.inert = true; window.undo = () => { document.documentElement.inert = false; }; }`,
};

/** What reaches neither the top layer nor what our own style holds. */
const VAIN: Readonly<Record<string, string>> = {
  'styles of body': sheet(
    'body { zoom: .5; opacity: .02; filter: blur(9px); transform: scale(.1); clip-path: circle(1px); mix-blend-mode: difference }',
  ),
  'hidden host': `{ ${HOST}.hidden = true; window.undo = () => { ${HOST}.hidden = false; }; }`,
  'boxes of the host': sheet(
    `${PANEL}::before, ${PANEL}::after { content: 'Press here' !important; display: block !important; position: fixed !important; inset: 0 !important; background: #fff !important; pointer-events: none !important; z-index: 9 !important }`,
  ),
  'styles of the host': sheet(
    `html ${PANEL} { opacity: .01 !important; zoom: .1 !important; transform: scale(.1) !important; clip-path: circle(1px) !important; filter: blur(9px) !important; mask: linear-gradient(transparent, transparent) !important; mix-blend-mode: difference !important }`,
  ),
  'animation of the host': `{ const run = ${HOST}.animate([{ opacity: .01, transform: 'scale(.05)', zoom: .1 }, { opacity: .01, transform: 'scale(.05)', zoom: .1 }], { duration: 1e8, fill: 'both' }); window.undo = () => run.cancel(); }`,
};

const apply = (source: string) => `(async () => { ${source}; return true; })()`;

test.describe('a page that covers', () => {
  for (const [nth, hostility] of (['veil-through', 'veil-until-press'] as const).entries()) {
    test(`cannot have a press meant for it confirm a cost: ${hostility}`, async ({ world }) => {
      const { keitaro } = world.simulators;
      const tab = await openHostileCost(world, hostility, days(1 + nth));
      const { x, y } = middleOf(await sendButton(tab).boundingBox());
      await attack(tab);
      await expect.poll(() => tab.evaluate<boolean>(`veil.matches(':popover-open')`)).toBe(true);
      // As long as a person needs to be led astray.
      await showFor(tab, 40);
      // The page cannot hear the press; the second one guesses its moment.
      const gone = nth === 1 ? tab.evaluate('veil.remove()') : null;
      await Promise.all([gone, tab.click(x, y)]);
      await refusal(tab);
      expect(writesOf(keitaro)).toEqual([]);
      await tab.evaluate('veil.remove()');
      await pressInPlainView(tab);
    });
  }

  test('cannot cover the button and press Enter its way', async ({ world }) => {
    const tab = await openHostileCost(world, 'veil-until-press', days(3));
    await sendButton(tab).focus();
    await attack(tab);
    await showFor(tab, 40);
    await tab.press('Enter');
    await refusal(tab);
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
    await tab.evaluate('veil.remove()');
    await pressByEnter(tab);
  });

  test('cannot take a press and pass it on', async ({ world }) => {
    const tab = await openHostileCost(world, 'veil-taking', days(4));
    await attack(tab);
    // Until the veil is drawn, the press goes to what is drawn there.
    await showFor(tab, 10);
    await pressAtButton(tab);
    await expect.poll(() => loot(tab)).toEqual(['press']);
    expect(await inPanel(tab, '.record').count()).toBe(0);
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
    await tab.evaluate('veil.remove()');
    await pressInPlainView(tab);
  });

  test('has no press count while something that lets it through is over the button', async ({
    world,
  }) => {
    const tab = await openHostileCost(world, 'idle', days(5));
    for (const [name, source] of Object.entries(THROUGH)) {
      await test.step(name, async () => {
        await showSendButton(tab);
        const { x, y } = middleOf(await sendButton(tab).boundingBox());
        await tab.evaluate(apply(source));
        await showFor(tab, 40);
        await tab.click(x, y);
        await refusal(tab);
        expect(await inPanel(tab, '.record').count()).toBe(0);
        await tab.evaluate('undo()');
        // The refusal of this press must not be taken for that of the next.
        await inPanel(tab, '[name=amount]').fill('67');
        await sendButton(tab).waitForText(/67/);
        await inPanel(tab, '[name=amount]').fill('66');
        await inPanel(tab, '[role=alert]', 'Nothing was sent').waitFor({ state: 'hidden' });
        await waitUntilSeen(() => inSight(world, tab));
        await waitUntilSeen(() => sendButton(tab).isEnabled());
      });
    }
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
    await pressInPlainView(tab);
  });

  test('cannot send a cost past the detector, even with our own frame on its side', async ({
    world,
  }) => {
    const tab = await openHostileCost(world, 'idle', days(6));
    const { keitaro } = world.simulators;
    for (const [name, source] of Object.entries(UNPLAIN)) {
      await test.step(name, async () => {
        await waitUntilSeen(() => inSight(world, tab));
        const at = await buttonAt(tab);
        await tab.evaluate(apply(source));
        expect(await sendPastFrame(world, tab, days(6), at)).toMatchObject(UNSEEN);
        await tab.evaluate('undo()');
      });
    }
    for (const [name, source] of Object.entries(VAIN)) {
      await test.step(name, async () => {
        await waitUntilSeen(() => inSight(world, tab));
        await tab.evaluate(apply(source));
        await showFor(tab, 3);
        expect(await inSight(world, tab)).toBe(true);
        await tab.evaluate('undo()');
      });
    }
    expect(writesOf(keitaro)).toEqual([]);
    // The same question without an attack is granted.
    await waitUntilSeen(() => inSight(world, tab));
    const sent = await sendPastFrame(world, tab, days(6), await buttonAt(tab));
    expect(sent).toMatchObject({ ok: true });
    await expect.poll(() => writesOf(keitaro).length).toBe(1);
  });

  test('cannot hide, move, scale or recolour what is to be confirmed', async ({ world }) => {
    const tab = await openHostileCost(world, 'style', days(7));
    const lookAt = (host: string) =>
      tab.callInRoot<Record<string, string>>(
        host,
        `(root) => {
          const shown = root.querySelector('iframe, button');
          const { opacity, visibility, transform, zoom, filter, clipPath, display, position, zIndex, pointerEvents } = getComputedStyle(root.host);
          const boxes = ['::before', '::after'].map((box) => getComputedStyle(root.host, box).content).join();
          const { left, top, width, height } = shown.getBoundingClientRect();
          return { opacity, visibility, transform, zoom, filter, clipPath, display, position, zIndex, pointerEvents, boxes, box: [left, top, width, height].join() };
        }`,
        [],
      );
    const look = () => Promise.all([lookAt(PANEL), lookAt(LAUNCHER)]);
    const before = await look();
    const box = await sendButton(tab).boundingBox();
    await attack(tab);
    await showFor(tab, 3);
    const after = await look();
    expect(after).toEqual(before);
    expect(after[0]).toMatchObject({ opacity: '1', visibility: 'visible', zoom: '1' });
    expect(await sendButton(tab).boundingBox()).toEqual(box);
    await pressInPlainView(tab);
  });

  test('cannot keep the panel out of the top layer', async ({ world }) => {
    const tab = await openHostileCost(world, 'idle', days(8));
    const { x, y } = middleOf(await sendButton(tab).boundingBox());
    const lowered = [
      `${HOST}.hidePopover()`,
      `${HOST}.removeAttribute('popover')`,
      `${HOST}.popover = 'auto'`,
      `${HOST}.inert = true`,
    ];
    for (const source of lowered) {
      await test.step(source, async () => {
        await tab.evaluate(source);
        await tab.click(x, y);
        await expect
          .poll(() => tab.evaluate(`${HOST}.matches('[popover=manual]:popover-open:not([inert])')`))
          .toBe(true);
        expect(await inPanel(tab, '.record').count()).toBe(0);
        await waitUntilSeen(() => inSight(world, tab));
      });
    }
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
    await pressInPlainView(tab);
  });

  test('gains nothing by moving the panel in its document', async ({ world }) => {
    const { keitaro } = world.simulators;
    const tab = await openHostileCost(world, 'idle', days(9));
    const containers = [
      'document.body',
      `Object.assign(document.body.appendChild(document.createElement('div')), { style: 'transform: scale(.2); opacity: .02; filter: blur(9px)' })`,
      `document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })`,
      `document.body.appendChild(document.createElement('iframe')).contentDocument.body`,
    ];
    for (const [nth, container] of containers.entries()) {
      await test.step(container, async () => {
        const before = await panelRecord(world, tab);
        await tab.evaluate(`(${container}.append(${HOST}), true)`);
        // The frame loads anew wherever it is put: what it was is nobody's any more.
        await expect
          .poll(async () => {
            const { ticket, frame } = await panelRecord(world, tab);
            return frame !== null && ticket !== before.ticket && frame !== before.frame;
          })
          .toBe(true);
        await expect
          .poll(() => tab.evaluate(`${HOST}?.parentElement === document.documentElement`))
          .toBe(true);
        // And nothing is lost.
        await inPanel(tab, '[data-tab=cost][aria-selected=true]').waitFor({ state: 'visible' });
        await expect.poll(() => inPanel(tab, '[name=amount]').value()).toBe('66');
        expect(writesOf(keitaro), `move ${nth}`).toEqual([]);
        await waitUntilSeen(() => inSight(world, tab));
      });
    }
    await pressInPlainView(tab);
  });
});

const waitUntilSeen = (seen: () => Promise<boolean>) => expect.poll(seen).toBe(true);
