import { render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import { Name } from '../../components/kit/name.tsx';
import { openRoot } from './fixtures.ts';

let root: HTMLElement;
beforeEach(() => {
  root = openRoot('');
});

const draw = (text: string, width: number) => {
  root.style.width = `${width}px`;
  render(
    <div class="ct">
      <Name text={text} maxLength={24} />
    </div>,
    root,
  );
};
const seen = (selector: string) => {
  const part = root.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
  const frame = root.getBoundingClientRect();
  return part.width > 0 && part.left >= frame.left && part.right <= frame.right;
};

test.each(['Summer push of the agency, campaign 0042', 'حملة الصيف الكبيرة للمستخدمين الجدد ٤٢'])(
  'the end of a long name stays, however little room there is: %s',
  (text) => {
    for (const width of [400, 120]) {
      draw(text, width);
      expect(seen('.end')).toBe(true);
      expect(seen('.name')).toBe(true);
    }
    expect(root.querySelector('.end')?.textContent).toBe(text.slice(-8));
    expect(root.querySelector('.start')?.textContent).toBe(`${text.slice(0, 15)}…`);
    expect(root.querySelector('.name')?.getAttribute('title')).toBe(text);
  },
);

test('a name that is short enough is there as it is', () => {
  draw('Summer push', 400);
  expect(root.querySelector('.name')?.innerHTML).toBe('Summer push');
});
