import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnWindow, rowWindow } from '../../../components/kit/row-window.ts';

test('the window covers what is seen and never leaves the list', () => {
  for (const count of [0, 1, 10, 1000]) {
    for (const scrollTop of [0, 5, 280, 28_000, 1e9, -20]) {
      const { start, end, above, below } = rowWindow({
        count,
        rowHeight: 28,
        scrollTop,
        height: 400,
      });
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(count);
      expect(above + (end - start) * 28 + below).toBe(count * 28);
      const seen = Math.min(Math.max(0, Math.floor(scrollTop / 28)), Math.max(0, count - 1));
      if (count > 0) expect(start <= seen && seen < end).toBe(true);
    }
  }
});

test('the columns’ window covers what is seen beside the first one, and little more', () => {
  const widths = fc.array(fc.integer({ min: 40, max: 640 }), { minLength: 1, maxLength: 40 });
  const px = fc.integer({ min: -50, max: 20_000 });
  fc.assert(
    fc.property(widths, px, fc.integer({ min: 1, max: 2_000 }), (all, scrollLeft, width) => {
      const { from, to } = columnWindow(all, scrollLeft, width);
      expect(from).toBeGreaterThanOrEqual(1);
      expect(to).toBeGreaterThanOrEqual(from);
      expect(to).toBeLessThanOrEqual(all.length);
      let left = 0;
      all.forEach((of, at) => {
        const right = left + of;
        const isSeen = right > Math.max(0, scrollLeft) + (all[0] ?? 0) && left < scrollLeft + width;
        if (at > 0 && isSeen) expect(from <= at && at < to).toBe(true);
        const isFar = right < scrollLeft + (all[0] ?? 0) - 240 || left > scrollLeft + width + 300;
        if (isFar) expect(from <= at && at < to).toBe(false);
        left = right;
      });
    }),
  );
});
