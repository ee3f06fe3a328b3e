import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type fakeLink, total, useEnglish } from './fixtures.ts';
import { campaignView, control, openPanel, text, written } from './open-panel.ts';

beforeEach(useEnglish);

const header = (root: HTMLElement) => {
  const found = root.querySelector<HTMLElement>('.panel > header');
  if (!found) throw new Error('no header');
  return found;
};
const drags = (link: ReturnType<typeof fakeLink>) =>
  link.sent.flatMap((message) => (message.kind === 'drag' ? [message] : []));

describe('where the panel stands', () => {
  const figures = { k: total(5, 1, 1, 1) };

  test('is told to the page as it was left', async () => {
    const kept = { panelDock: 'float', panelAt: [40, 30], panelSize: [500, 400] } as const;
    const { link } = openPanel(campaignView, figures, null, kept);
    await expect
      .poll(() => link.places)
      .toEqual([{ dock: 'float', at: [40, 30], size: [500, 400], collapsed: false }]);
  });

  test('is told again when the panel is folded', async () => {
    const { root, link } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    root.querySelector<HTMLButtonElement>('[name=collapse]')?.click();
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'right', at: null, size: null, collapsed: true });
    expect(root.querySelector('[role=tabpanel]')).toBeNull();
  });

  test('is chosen in the palette, and kept', async () => {
    const { root, client, link } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    control(root, 'k');
    const left = () =>
      [...root.querySelectorAll<HTMLElement>('[role=option]')].find(
        ({ textContent }) => textContent === 'Dock to left',
      );
    await expect.poll(left).toBeDefined();
    left()?.click();
    await expect.poll(() => link.places.at(-1)?.dock).toBe('left');
    expect(written(client)).toEqual([{ panelDock: 'left' }]);
  });

  test('floating, it follows the pointer by its header, told in pixels of the screen', async () => {
    const { root, link } = openPanel(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    await userEvent.dragAndDrop(header(root), document.body, {
      sourcePosition: { x: 20, y: 10 },
      targetPosition: { x: 100, y: 80 },
    });
    await expect.poll(() => drags(link).at(-1)?.phase).toBe('end');
    const [start, ...on] = drags(link);
    expect(start).toEqual({ kind: 'drag', what: 'move', phase: 'start', by: [0, 0] });
    expect(on.at(-1)?.by).toEqual(on.at(-2)?.by);
    const [x = 0, y = 0] = on.at(-1)?.by ?? [];
    expect([Math.round(x / 10), Math.round(y / 10)]).toEqual([8, 7]);
  });

  test('where a drag left it is kept, and its place told once more', async () => {
    const { root, client, link } = openPanel(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    link.placed.value = { at: [7, 8], size: [400, 300] };
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'float', at: [7, 8], size: [400, 300], collapsed: false });
    // Moved, it stays as large as it is.
    link.placed.value = { at: [9, 8], size: null };
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'float', at: [9, 8], size: [400, 300], collapsed: false });
    expect(written(client)).toEqual([
      { panelAt: [7, 8], panelSize: [400, 300] },
      { panelAt: [9, 8] },
    ]);
  });

  test('docked, it is made wider and never loses the place that it floats at', async () => {
    const { root, client, link } = openPanel(campaignView, figures, null, { panelAt: [1, 2] });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    link.placed.value = { at: null, size: [500, 860] };
    await expect.poll(() => written(client)).toEqual([{ panelSize: [500, 860] }]);
    expect(link.places.at(-1)).toMatchObject({ at: [1, 2], size: [500, 860] });
  });

  test('docked, the header does not move it', async () => {
    const { root, link } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    await userEvent.dragAndDrop(header(root), document.body, { targetPosition: { x: 5, y: 80 } });
    expect(drags(link)).toEqual([]);
  });

  test('a button in the header is pressed, not dragged', async () => {
    const { root, link } = openPanel(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    const close = root.querySelector('[name=close]');
    if (!close) throw new Error('no button');
    await userEvent.click(close);
    expect([link.closed(), drags(link)]).toEqual([1, []]);
  });

  test('its size is changed by the arrow keys too', async () => {
    const { root, link } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    const grip = root.querySelector<HTMLElement>('.grip');
    grip?.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(drags(link).map(({ what, phase, by }) => [what, phase, by])).toEqual([
      ['size', 'start', [0, 0]],
      ['size', 'on', [-16, 0]],
      ['size', 'end', [-16, 0]],
    ]);
  });
});
