import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PageEvidence, PageView } from '../../../../lib/trackers/page-recogniser.ts';
import { pageRecognisers } from '../../../../lib/trackers/page-recognisers.ts';
import { readPage } from './read-page.ts';
import { LOOKALIKES, SHAPES, type Shape } from './shapes.ts';

function evidenceOf(shape: Shape): PageEvidence {
  const saved = readPage(readFileSync(join(import.meta.dirname, shape.file), 'utf8'));
  return {
    url: new URL(shape.url),
    title: shape.title ?? saved.title,
    document: saved.document,
    connected: shape.connected ?? false,
  };
}

/** What a shape is called where it fails, short even where the address or the title is not. */
function nameOf(shape: Shape): string {
  const notes = [
    shape.title === undefined ? [] : `titled “${shape.title.slice(0, 24)}”`,
    shape.connected ? 'connected' : [],
  ].flat();
  return [`${shape.file} at ${shape.url.slice(0, 120)}`, ...notes].join(', ');
}
const every = Object.values(SHAPES).flat();

describe.each(pageRecognisers.map((page) => [page.tracker, page] as const))(
  '%s',
  (tracker, page) => {
    const own = SHAPES[tracker] ?? [];

    test('makes of each of its pages what stands in the table', () => {
      const table = (viewOf: (shape: Shape) => PageView | null) =>
        own.map((shape) => [nameOf(shape), viewOf(shape)]);
      expect(table((shape) => page.recognise(evidenceOf(shape)))).toEqual(
        table(({ expected }) => expected),
      );
      // Pages that it knows and pages that it does not; the demo has none.
      expect(new Set(own.map(({ expected }) => expected !== null))).toEqual(
        new Set(tracker === 'demo' ? [] : [true, false]),
      );
    });

    test('knows no page of the others, nor one that only looks like a tracker’s', () => {
      const foreign = every
        .filter((shape) => !own.includes(shape))
        .flatMap((shape) => [
          { ...shape, connected: false },
          // Nor when the user connected a page that one tracker knows to another.
          ...(shape.expected === null ? [] : [{ ...shape, connected: true }]),
        ]);
      expect(foreign.length).toBeGreaterThan(80);
      const known = [...foreign, ...LOOKALIKES].filter(
        (shape) => page.recognise(evidenceOf(shape)) !== null,
      );
      expect(known.map(nameOf)).toEqual([]);
    });
  },
);

test('no sign-in is taken for a page, wherever it appears', () => {
  const { document } = readPage('<form><input type="password"></form>');
  for (const shape of every) {
    for (const page of pageRecognisers) {
      expect(page.recognise({ ...evidenceOf(shape), document, connected: true })).toBeNull();
    }
  }
});

test('a sign-in that was renamed is one before its form is there, and with it', () => {
  const { document } = readPage('<div></div>');
  const form = readPage('<form><input type="password"></form>').document;
  const renaming = pageRecognisers.filter(({ tracker }) => /^binom/.test(tracker));
  expect(renaming).toHaveLength(2);
  for (const page of renaming) {
    for (const path of ['/back-door', '/sub/back-door/', '/back-door.php', '/panel/back-door']) {
      const at = { url: new URL(path, 'https://t.example'), title: '', connected: true };
      expect(page.recognise({ ...at, document })).toBeNull();
      expect(page.recognise({ ...at, title: 'Binom', document: form })).toBeNull();
    }
  }
});

test('every saved page is in the table and says where its shape comes from', () => {
  const saved = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => path.replaceAll('\\', '/'));
  expect(saved.length).toBeGreaterThan(15);
  const used = new Set([...every, ...LOOKALIKES].map(({ file }) => file));
  expect([...used].sort()).toEqual([...saved].sort());
  for (const path of saved) {
    const text = readFileSync(join(import.meta.dirname, path), 'utf8');
    expect(text, path).toMatch(/^<!-- [\s\S]{30,}? -->/);
  }
});
