import { daysOf } from '../days.ts';
import { attack, loot, middleOf, openHostile } from '../hostile.ts';
import { expect, inPanel, PANEL, test } from '../world.ts';

const days = (day: number) => daysOf('01')(24 + day);

/** What the page's script found, by everything that a page has to read with. */
interface Read {
  readonly found: string[];
  /** Types of the events that it heard. */
  readonly heard: string[];
  /** Nodes and windows outside of its document that an event or entry gave it. */
  readonly reached: string[];
  /** How many performance entries and reports it saw. */
  readonly entries: number;
}

test.describe('a page that reads', () => {
  test('finds nothing of the panel, its frame and its address', async ({ world }) => {
    const tab = await openHostile(world, 'spy', days(1));
    const { binom, keitaro } = world.simulators;
    const { zone } = keitaro;
    // What the page cannot know: another tracker's figures and name.
    const clicks = binom.truth({ campaignIndex: 0, ...days(1), zone }).clicks.toLocaleString('en');
    const row = inPanel(tab, '[data-connection="binom main"]');
    const shown = () =>
      inPanel(tab, '[data-connection="binom main"] [data-metric=clicks]', /\d/).waitForText(clicks);
    await shown();
    // Everything that a person does there: the pointer, presses, drags, keys, the clipboard.
    await row.hover();
    const { x, y } = middleOf(await row.boundingBox());
    await tab.click(x, y);
    await tab.drag({ x: x - 60, y }, { x: x + 60, y }, 4);
    await tab.drag({ x, y }, { x: 200, y: 300 }, 4);
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').type('7341');
    await inPanel(tab, '[name=amount]').press('Control+A');
    await inPanel(tab, '[name=amount]').press('Control+C');
    await inPanel(tab, '[name=amount]').press('Tab');
    await inPanel(tab, '[data-tab=compare]').click();
    await shown();
    const secrets = [clicks, 'binom main', 'affise main', '7341'];
    const read = await attack<Read>(tab, secrets);
    expect(read.found).toEqual([]);
    expect(read.reached).toEqual([]);
    expect(await tab.evaluate('typed.filter((key) => /[7341ac]|Tab|Control/i.test(key))')).toEqual(
      [],
    );
    expect(await loot(tab)).toEqual([]);
    // Nor is there anything to read when the user has selected all.
    await tab.click(x, y);
    await tab.press('Control+A');
    expect(await tab.evaluate('String(getSelection())')).toBe('');
    // While the same script hears and reads what is the page's own.
    await tab.click(300, 400);
    await tab.press('7');
    expect(await tab.evaluate('typed.at(-1)')).toBe('7');
    const own = await attack<Read>(tab, ['Summer push DE']);
    expect(own.found.join()).toMatch(/document innerText.*selectAll.*window\.find/);
    expect(own.heard).toEqual(expect.arrayContaining(['pointerdown', 'click', 'keydown']));
    expect(own.entries).toBeGreaterThan(5);
  });

  test('cannot become our element', async ({ world }) => {
    const tab = await openHostile(world, 'custom-elements', days(2));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    await expect.poll(() => loot(tab)).toContain(`made ${PANEL}`);
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').waitFor({ state: 'visible' });
    expect((await loot(tab)).filter((got) => String(got).includes('root of'))).toEqual([]);
  });

  test('sees no document in the frame that it was given, and hears nothing from it', async ({
    world,
  }) => {
    const tab = await openHostile(world, 'idle', days(3));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    const tried = await tab.callInRoot<string[]>(
      PANEL,
      `(root) => {
        const frame = root.querySelector('iframe');
        const attempt = (work) => { try { return String(work()); } catch (error) { return error.name; } };
        const outer = frame.contentWindow;
        return [attempt(() => frame.contentDocument), attempt(() => outer.document), attempt(() => outer.location.href), attempt(() => outer.chrome), attempt(() => outer.length), attempt(() => frame.src)];
      }`,
      [],
    );
    expect(tried).toEqual(['null', ...Array(3).fill('SecurityError'), '0', '']);
  });
});
