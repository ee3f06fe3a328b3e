import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PageEvidence } from '../../../../lib/trackers/page.ts';
import { pages } from '../../../../lib/trackers/pages.ts';
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

/** A test's name, short even where the address or the title is not. */
const named = (shape: Shape) => {
  const notes = [
    shape.title === undefined ? [] : `titled “${shape.title.slice(0, 24)}”`,
    shape.connected ? 'connected' : [],
  ].flat();
  const where = `${shape.file} at ${shape.url.slice(0, 120)}`;
  return [[where, ...notes].join(', '), shape] as const;
};
const every = Object.values(SHAPES).flat();

describe.each(pages.map((page) => [page.tracker, page] as const))('%s', (tracker, page) => {
  test.each((SHAPES[tracker] ?? []).map(named))('%s', (_, shape) => {
    expect(page.recognise(evidenceOf(shape))).toEqual(shape.expected);
  });

  test('is in the table with pages that it knows and pages that it does not', () => {
    const expected = (SHAPES[tracker] ?? []).map((shape) => shape.expected !== null);
    // The demo has no pages.
    expect(new Set(expected)).toEqual(new Set(tracker === 'demo' ? [] : [true, false]));
  });

  const foreign = every.filter((shape) => !SHAPES[tracker]?.includes(shape));
  test.each(foreign.map(named))('is not %s', (_, shape) => {
    expect(page.recognise({ ...evidenceOf(shape), connected: false })).toBeNull();
    // Nor when the user connected a page that one tracker knows to another.
    if (shape.expected === null) return;
    expect(page.recognise({ ...evidenceOf(shape), connected: true })).toBeNull();
  });

  test.each(LOOKALIKES.map(named))('is not %s', (_, shape) => {
    expect(page.recognise(evidenceOf(shape))).toBeNull();
  });
});

test('no sign-in is taken for a page, wherever it appears', () => {
  const { document } = readPage('<form><input type="password"></form>');
  for (const shape of every) {
    for (const page of pages) {
      expect(page.recognise({ ...evidenceOf(shape), document, connected: true })).toBeNull();
    }
  }
});

test('a sign-in that was renamed is one before its form is there, and with it', () => {
  const { document } = readPage('<div></div>');
  const form = readPage('<form><input type="password"></form>').document;
  const renaming = pages.filter(({ tracker }) => /^binom/.test(tracker));
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
