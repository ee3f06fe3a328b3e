import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import { type OwnSource, withSource } from '../../lib/sources/own-sources.ts';
import { connection, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const MYNET: OwnSource = {
  id: 'own-mynet',
  name: 'MyNet',
  digits: true,
  letters: true,
  signs: '-_',
  shortest: 6,
  longest: 12,
  separator: 'comma',
  perList: 500,
};

function open(kept: OwnSource[], theme: 'light' | 'dark' = 'light') {
  const root = openRoot(style, theme);
  let sources = kept;
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'connections.overlaps': () => [],
    'trackers.list': () => [tracker('k')],
    'ownSources.list': () => sources,
    'ownSources.save': (source) => {
      sources = withSource(sources, source);
      return sources;
    },
    'ownSources.remove': ({ id }) => {
      sources = sources.filter((one) => one.id !== id);
      return sources;
    },
  });
  mountOptions(root, { client, requestHosts: async () => true, shortcuts: async () => [] });
  const one = <T extends HTMLElement = HTMLElement>(selector: string): T => {
    const found = root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  };
  return {
    root,
    one,
    stored: () => sources,
    press: async (name: string) => {
      await expect.poll(() => root.querySelector(`button[name="${name}"]`)).not.toBeNull();
      await userEvent.click(one(`button[name="${name}"]`));
    },
    type: (name: string, text: string) => userEvent.fill(one(`input[name=source-${name}]`), text),
  };
}

test('a source is described, tried with an id, saved, edited and removed', async () => {
  const { root, one, stored, press, type } = open([]);
  await press('add-source');
  await type('name', 'MyNet');
  await userEvent.click(one('input[name=source-letters]'));
  await type('signs', '- _');
  await type('shortest', '6');
  await type('longest', '12');
  await type('sample', 'ab-12');
  await expect.poll(() => one('[data-own-source-form]').textContent).toContain("Doesn't fit.");
  await type('sample', 'ab-123');
  await expect.poll(() => one('[data-own-source-form]').textContent).toContain('Fits.');
  await userEvent.selectOptions(one('select[name=source-separator]'), 'comma');
  await type('perList', '500');
  await press('save-source');
  await expect.poll(stored).toEqual([MYNET]);
  await expect
    .poll(() => one('[data-own-source="MyNet"] p').textContent)
    .toBe('digits, letters (A–Z), - _ · 6–12 characters · Commas · up to 500 per list');

  await press('edit-own-mynet');
  await type('name', 'MyNet Pop');
  await type('perList', '');
  await press('save-source');
  await expect.poll(stored).toEqual([{ ...MYNET, name: 'MyNet Pop', perList: null }]);

  await press('remove-own-mynet');
  await expect.poll(stored).toEqual([]);
  await expect.poll(() => root.querySelector('[data-own-source]')).toBeNull();
});

test('what is wrong is said at its field, and nothing typed is lost', async () => {
  const { root, one, stored, press, type } = open([MYNET]);
  await press('add-source');
  await type('name', 'mynet');
  await userEvent.click(one('input[name=source-digits]'));
  await type('signs', ';');
  await type('longest', '301');
  await type('perList', '0');
  expect(one('[data-own-source-form]').textContent).not.toContain('Another of your sources');
  await press('save-source');
  for (const said of [
    'Another of your sources has this name.',
    'Choose digits, letters or both.',
    "An ID can't contain ;",
    'Enter whole numbers from 1 to 300, the smaller one first.',
    'Enter a whole number from 1 to 10,000,000, or nothing.',
  ]) {
    await expect.poll(() => one('[data-own-source-form]').textContent).toContain(said);
  }
  expect(one<HTMLInputElement>('input[name=source-signs]').value).toBe(';');
  expect(stored()).toEqual([MYNET]);
  const marked = root.querySelectorAll('[data-own-source-form] [aria-invalid=true]');
  expect([...marked].map((field) => field.getAttribute('name'))).toEqual([
    'source-name',
    'source-signs',
    'source-shortest',
    'source-perList',
  ]);
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const { root, one, press } = open([MYNET], theme);
  await press('add-source');
  await press('save-source');
  await expect.poll(() => one('[data-own-source-form]').textContent).toContain('Enter the source');
  await page.screenshot({ path: `../../test-results/own-sources-${theme}.png` });
  expect((await axe.run(root)).violations).toEqual([]);
});
