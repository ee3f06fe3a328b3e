import axe from 'axe-core';
import { expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Source } from '../../lib/trackers/adapter.ts';
import { connection, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

useEnglish();

const source: Source = {
  id: '7',
  name: 'MGID',
  tokens: [
    { slot: 1, name: 'zone', macro: '{widget_id}', role: 'placement' },
    { slot: 2, name: 'campaign', macro: null, role: null },
  ],
};
/** Of a tracker that tells neither names nor macros. */
const untold: Source = {
  id: '7',
  name: 'MGID',
  tokens: [1, 2].map((slot) => ({
    slot,
    name: `Token ${slot}`,
    parameter: null,
    macro: null,
    role: null,
  })),
};

function open(hash: string, theme: 'light' | 'dark' = 'light', of = source) {
  location.hash = hash;
  const root = openRoot(style, theme);
  let template: ConnectionView['templates'] = [];
  const known = () => [connection('k', { templates: template }), connection('b', { tracker: 'k' })];
  const client = fakeClient({
    'connections.list': known,
    'connections.overlaps': () => [{ connections: ['k', 'b'], campaigns: ['A', 'B', 'C', 'D'] }],
    'connections.sources': () => [of],
    'connections.recognise': () => ({ trackers: [], address: null, problem: null }),
    'connections.template': ({ template: saved }) => {
      template = [saved];
      return connection('k', { templates: template });
    },
    'trackers.list': () => [tracker('k')],
  });
  mountOptions(root, {
    client,
    requestHosts: async () => true,
    shortcuts: async () => [],
  });
  const one = (selector: string) => root.querySelector<HTMLElement>(selector);
  const pick = (role: string, slot: number) => {
    const select = root.querySelector<HTMLSelectElement>(`[name=template-7-${role}]`);
    if (!select) throw new Error('There is no such field.');
    select.value = String(slot);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  return { root, client, one, pick };
}

test('a template is proposed, says what it lacks, and gives the parameters once confirmed', async () => {
  const { root, one, pick } = open('#edit/k');
  await expect.poll(() => one('[name=template-7-placement]')).not.toBeNull();
  expect(root.querySelector<HTMLSelectElement>('[name=template-7-placement]')?.value).toBe('1');
  expect(one('[data-source]')?.textContent).toContain('Without the campaign ID');
  expect(one('[data-source]')?.textContent).not.toContain('Without the placement');
  expect(one('[data-tracking]')).toBeNull();

  pick('campaign', 2);
  await expect
    .poll(() => one('[data-source]')?.textContent)
    .not.toContain('Without the campaign ID');
  one('[name=save-template-7]')?.click();
  await expect
    .poll(() => one('[data-tracking]')?.textContent)
    .toBe('zone={widget_id}&campaign=___');
  expect(one('[data-tracking] mark')?.textContent).toBe('___');
  expect(one('[data-source]')?.textContent).toContain("macro for campaign isn't known");

  pick('placement', 0);
  await expect.poll(() => one('[data-source]')?.textContent).toContain('Without the placement');
  expect(one('[data-tracking]')).toBeNull();
});

test('a token that is chosen twice is warned of at both fields, at once', async () => {
  const { root, one, pick } = open('#edit/k');
  await expect.poll(() => one('[name=template-7-ad]')).not.toBeNull();
  const wrong = () =>
    [...root.querySelectorAll<HTMLSelectElement>('[data-source] [aria-invalid=true]')].map(
      ({ name, labels }) => [name, labels[0]?.textContent?.includes('Chosen twice')],
    );
  expect(wrong()).toEqual([]);
  pick('adSet', 1);
  await expect.poll(wrong).toEqual([
    ['template-7-adSet', true],
    ['template-7-placement', true],
  ]);
  pick('ad', 1);
  await expect.poll(wrong).toHaveLength(3);
  expect((await axe.run(root, { rules: { region: { enabled: false } } })).violations).toEqual([]);
  pick('placement', 2);
  await expect.poll(wrong).toHaveLength(2);
  pick('ad', 0);
  await expect.poll(wrong).toEqual([]);
});

test('names of parameters that the tracker does not tell are not made up', async () => {
  const { one, pick } = open('#edit/k', 'light', untold);
  await expect.poll(() => one('[name=template-7-placement]')).not.toBeNull();
  pick('placement', 2);
  await expect.poll(() => one('[data-source]')?.textContent).not.toContain('Without the placement');
  one('[name=save-template-7]')?.click();
  await expect
    .poll(() => one('[data-source]')?.textContent)
    .toContain("doesn't report its parameter names. Copy them from the source");
  expect(one('[data-tracking]')).toBeNull();
  expect(one('[name=copy-tracking-7]')).toBeNull();
  expect(one('[data-source]')?.textContent).not.toContain('___');
});

test('names that are told go on without those that are not', async () => {
  const tokens = [...untold.tokens.slice(0, 1), ...source.tokens.slice(1)];
  const { one, pick } = open('#edit/k', 'light', { ...untold, tokens });
  await expect.poll(() => one('[name=template-7-placement]')).not.toBeNull();
  pick('placement', 1);
  await expect.poll(() => one('[data-source]')?.textContent).not.toContain('Without the placement');
  pick('campaign', 2);
  await expect.poll(() => one('[data-source]')?.textContent).not.toContain('Without');
  one('[name=save-template-7]')?.click();
  await expect.poll(() => one('[data-tracking]')?.textContent).toBe('campaign=___');
  expect(one('[data-source]')?.textContent).toContain("doesn't report its parameter names");
});

test('long names in a sentence are shortened, each of a pair for itself, and whole on a tooltip', async () => {
  location.hash = '';
  const root = openRoot(style, 'light');
  const [long, other] = ['Summer push '.repeat(8).trim(), 'Зимний пуш '.repeat(9).trim()];
  const name = 'The connection with a name '.repeat(4).trim();
  const client = fakeClient({
    'connections.list': () => [connection('k', { name }), connection('b', { tracker: 'k' })],
    'connections.overlaps': () => [{ connections: ['k', 'b'], campaigns: [long, `A ↔ ${other}`] }],
    'trackers.list': () => [tracker('k')],
  });
  mountOptions(root, { client, requestHosts: async () => true, shortcuts: async () => [] });
  await expect.poll(() => root.querySelectorAll('[data-overlap]').length).toBe(2);
  const notice = root.querySelectorAll('[data-overlap] .notice')[1];
  expect(notice?.textContent).toMatch(
    /: Summer push [^,]{1,32}…[^,]{1,32}push, A ↔ Зимний .{1,32}…/,
  );
  expect(notice?.textContent).not.toContain(long);
  expect(notice?.textContent).not.toContain(name);
  expect(notice?.querySelector('[title]')?.getAttribute('title')).toContain(other);
});

test('overlaps are told on both connections', async () => {
  const { root } = open('');
  await expect.poll(() => root.querySelectorAll('[data-overlap]').length).toBe(2);
  const texts = [...root.querySelectorAll('[data-overlap]')].map(
    (notice) => notice.textContent ?? '',
  );
  expect(texts[0]).toContain('“b main”');
  expect(texts[0]).toContain('A, B, C and 1 more');
  expect(texts[1]).toContain('“k main”');
});

test('overlaps that the stored lists tell are there before the trackers have answered', async () => {
  location.hash = '';
  const root = openRoot(style, 'light');
  const told = Promise.withResolvers<Answers['connections.overlaps']>();
  const client = fakeClient({
    'connections.list': () => [connection('k'), connection('b', { tracker: 'k' })],
    'connections.overlaps': ({ fresh }) =>
      fresh ? told.promise : [{ connections: ['k', 'b'], campaigns: ['Stored'] }],
    'trackers.list': () => [tracker('k')],
  });
  mountOptions(root, {
    client,
    requestHosts: async () => true,
    shortcuts: async () => [],
  });
  const text = () => root.querySelector('[data-overlap]')?.textContent;
  await expect.poll(text).toContain('Stored');
  told.resolve([{ connections: ['k', 'b'], campaigns: ['Stored', 'One ↔ Two'] }]);
  await expect.poll(text).toContain('same campaigns from the same source: Stored, One ↔ Two.');
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const { root, one } = open('#edit/k', theme);
  await expect.poll(() => one('[name=save-template-7]')).not.toBeNull();
  one('[name=save-template-7]')?.click();
  await expect.poll(() => one('[data-tracking]')).not.toBeNull();
  const { violations } = await axe.run(root, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
});
