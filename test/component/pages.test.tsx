import { expect, test } from 'vitest';
import { pageRecognisers } from '../../lib/trackers/page-recognisers.ts';
import { LOOKALIKES, SHAPES } from '../unit/trackers/pages/shapes.ts';

const SAVED = import.meta.glob<string>('../unit/trackers/pages/**/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const parsed = (file: string) =>
  new DOMParser().parseFromString(SAVED[`../unit/trackers/pages/${file}`] ?? '', 'text/html');

/** The same table as in test/unit/trackers/pages, with the browser's own parser and selectors. */
// The demo has no pages.
test.each(pageRecognisers.filter(({ tracker }) => tracker !== 'demo'))(
  'saved pages in a browser: $tracker',
  (page) => {
    const own = SHAPES[page.tracker] ?? [];
    expect(own.length).toBeGreaterThan(10);
    for (const shape of [...own, ...LOOKALIKES]) {
      const document = parsed(shape.file);
      const seen = page.recognise({
        url: new URL(shape.url),
        title: shape.title ?? document.title,
        document,
        connected: shape.connected ?? false,
      });
      expect(seen, `${shape.file} at ${shape.url.slice(0, 200)}`).toEqual(shape.expected);
    }
  },
);
