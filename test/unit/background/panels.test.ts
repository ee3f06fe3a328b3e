import { beforeEach, describe, expect, test } from 'vitest';
import { createPanels } from '../../../lib/background/panels.ts';
import { calls, type Input } from '../../../lib/contract/calls.ts';
import type { ConnectionView } from '../../../lib/contract/connections.ts';
import type { OwnFigures } from '../../../lib/contract/panel.ts';
import type { SettingsView } from '../../../lib/contract/settings.ts';
import type { Caller } from '../../../lib/rpc/callers.ts';
import { areaOver } from './transfer-world.ts';

let area: Record<string, unknown>;
let clock: number;
let panels: ReturnType<typeof createPanels>;
const signal = new AbortController().signal;
let asked: unknown[];
let answer: () => Promise<unknown>;
/** What was asked of the cache. */
let questions: unknown[];
const figures: OwnFigures['answer'] = {
  total: { report: null, problem: null },
  byHour: { report: null, problem: null },
};
const start = (parts: Partial<Parameters<typeof createPanels>[0]> = {}) =>
  createPanels({
    session: areaOver(area),
    now: () => clock,
    ask: (tab, message) => {
      asked.push([tab, message]);
      return answer();
    },
    context: async (own) => {
      if (own === 'broken') throw new Error('No room.');
      return { own, connections: [], trackers: [], settings: {} as SettingsView, formats: [] };
    },
    figures: async (input) => {
      questions.push(input);
      return figures;
    },
    ...parts,
  });

const caller = (kind: 'content' | 'frame', change: object = {}): Caller => ({
  kind,
  tab: 5,
  connection: 'mine',
  document: kind === 'content' ? 'top' : 'frame',
  ...change,
});
const ticketFor = async (of = caller('content')) =>
  (await panels.calls['panel.ticket']({}, { caller: of, signal })).ticket;
const claim = (ticket: string, of = caller('frame'), shows: Input<'panel.claim'>['shows'] = null) =>
  panels.calls['panel.claim']({ ticket, shows }, { caller: of, signal });
const REFUSED = { problem: { kind: 'permission', text: 'problem_sender' } };

beforeEach(() => {
  area = {};
  clock = 1_000_000;
  asked = [];
  questions = [];
  answer = async () => true;
  panels = start();
});

describe('a ticket', () => {
  test('has 128 bits and is another each time', async () => {
    const tickets = [await ticketFor(), await ticketFor()];
    for (const ticket of tickets) expect(ticket).toMatch(/^[0-9a-f]{32}$/);
    expect(tickets[0]).not.toBe(tickets[1]);
  });

  test('makes the frame that shows it the panel of its tab', async () => {
    await claim(await ticketFor());
    expect(await panels.panelOf(5, 'frame')).toBe('mine');
    expect(await panels.panelOf(5, 'top')).toBeNull();
    expect(await panels.panelOf(6, 'frame')).toBeNull();
  });

  test('is answered with what the panel needs to begin', async () => {
    expect((await claim(await ticketFor())).context).toMatchObject({ own: 'mine' });
  });

  describe('is answered with the figures', () => {
    const own = { id: 'mine', zone: 'Pacific/Auckland' } as ConnectionView;
    const other = { id: 'other', zone: 'UTC' } as ConnectionView;
    const known = async (id: string) => ({
      own: id,
      connections: [other, own],
      trackers: [],
      settings: {} as SettingsView,
      formats: [],
    });
    const shows = (range: NonNullable<Input<'panel.claim'>['shows']>['range']) => ({
      campaignId: '12',
      range,
    });
    beforeEach(() => {
      // Still yesterday in Europe.
      clock = Date.parse('2026-08-02T13:00:00Z');
      panels = start({ context: known });
    });

    test.each([
      ['today, where it shows no days', null, '2026-08-03', '2026-08-03'],
      ['its preset on its tracker’s clocks', { preset: 'last7' }, '2026-07-28', '2026-08-03'],
      ['its own days', { from: '2026-07-01', to: '2026-07-02' }, '2026-07-01', '2026-07-02'],
    ] as const)('of %s', async (_, range, from, to) => {
      const input = {
        connection: 'mine',
        campaignIds: ['12'],
        range: { from, to, zone: 'Pacific/Auckland' },
        fresh: false,
      };
      const claimed = await claim(await ticketFor(), undefined, shows(range));
      expect(claimed.figures).toEqual({ input, answer: figures });
      expect(questions).toEqual([input]);
    });

    test('of nothing, where the page shows no campaign', async () => {
      expect((await claim(await ticketFor())).figures).toBeNull();
      expect(questions).toEqual([]);
    });

    test('never before its ticket is checked', async () => {
      await ticketFor();
      await expect(claim('0'.repeat(32), undefined, shows(null))).rejects.toMatchObject(REFUSED);
      expect(questions).toEqual([]);
    });

    test('of nothing, where they cannot be read: the panel asks and says why', async () => {
      panels = start({ context: known, figures: () => Promise.reject(new Error('No room.')) });
      const claimed = await claim(await ticketFor(), undefined, shows(null));
      expect(claimed).toMatchObject({ figures: null, context: { own: 'mine' } });
    });
  });

  test.each([
    { campaignId: 'x'.repeat(201), range: null },
    { campaignId: '12', range: { preset: 'always' } },
    { campaignId: '12', range: { from: '<b>', to: '2026-08-01' } },
    'nonsense',
    undefined,
  ])('is no worse for a page that shows %j', (shows) => {
    const input = { ticket: 'a', shows };
    expect(calls['panel.claim'].input.parse(input)).toEqual({ ticket: 'a', shows: null });
  });

  test('is checked and stored while that is being read', async () => {
    const ticket = await ticketFor();
    const order: string[] = [];
    const session = areaOver(area);
    panels = start({
      session: {
        ...session,
        set: async (items) => {
          await session.set(items);
          order.push('stored');
        },
      },
      context: async () => {
        order.push('reading');
        throw new Error('No room.');
      },
    });
    await claim(ticket);
    expect(order).toEqual(['reading', 'stored']);
  });

  test('makes a panel too when that cannot be read: the panel asks for it and says why', async () => {
    const broken = { connection: 'broken' };
    const ticket = await ticketFor(caller('content', broken));
    expect((await claim(ticket, caller('frame', broken))).context).toBeNull();
    expect(await panels.panelOf(5, 'frame')).toBe('broken');
  });

  test('is good after the worker was stopped in between', async () => {
    const ticket = await ticketFor();
    panels = start();
    await claim(ticket);
    panels = start();
    expect(await panels.panelOf(5, 'frame')).toBe('mine');
  });

  test.each<[string, (ticket: string) => Promise<unknown>]>([
    ['a second time', async (ticket) => [await claim(ticket), await claim(ticket)]],
    [
      'with another frame, once shown',
      async (ticket) => [
        await claim(ticket),
        await claim(ticket, caller('frame', { document: 'hostile' })),
      ],
    ],
    ['in another tab', (ticket) => claim(ticket, caller('frame', { tab: 6 }))],
    [
      'on the page of another connection',
      (ticket) => claim(ticket, caller('frame', { connection: 'other' })),
    ],
    [
      'after ten seconds',
      (ticket) => {
        clock += 10_001;
        return claim(ticket);
      },
    ],
    [
      'when there is a newer one',
      async (ticket) => {
        await ticketFor();
        return claim(ticket);
      },
    ],
    ['when it is another', () => claim('0'.repeat(32))],
    [
      'when its tab was closed',
      async (ticket) => {
        await panels.forget(5);
        return claim(ticket);
      },
    ],
  ])('is not taken %s', async (_, act) => {
    const ticket = await ticketFor();
    await expect(act(ticket)).rejects.toMatchObject(REFUSED);
    expect(await panels.panelOf(5, 'hostile')).toBeNull();
  });

  test('of another tab leaves that tab alone', async () => {
    await claim(await ticketFor());
    const others = await ticketFor(caller('content', { tab: 6, document: 'top 6' }));
    await expect(claim(others, caller('frame', { document: 'hostile' }))).rejects.toMatchObject(
      REFUSED,
    );
    expect(await panels.panelOf(5, 'frame')).toBe('mine');
    await claim(others, caller('frame', { tab: 6, document: 'frame 6' }));
    expect(await panels.panelOf(6, 'frame 6')).toBe('mine');
  });

  test('asked for anew ends the panel that was there', async () => {
    await claim(await ticketFor());
    const next = await ticketFor();
    expect(await panels.panelOf(5, 'frame')).toBeNull();
    await claim(next, caller('frame', { document: 'second' }));
    expect(await panels.panelOf(5, 'second')).toBe('mine');
  });
});

test('what lies in the session in another form is no panel', async () => {
  area.panels = { 5: { frame: 'frame', connection: 'mine' } };
  expect(await panels.panelOf(5, 'frame')).toBeNull();
  await claim(await ticketFor());
  expect(await panels.panelOf(5, 'frame')).toBe('mine');
});

describe('what the panel was doing', () => {
  const state = {
    tab: 'cost',
    collapsed: false,
    view: '{}',
    picked: null,
    range: null,
    drafts: { 'cost k 12': { amount: '66' } },
  };
  const keep = (of = caller('frame')) =>
    panels.calls['panel.keep']({ state }, { caller: of, signal });
  const shown = (shown: boolean, of = caller('content')) =>
    panels.calls['panel.shown']({ shown }, { caller: of, signal });

  test('is there for the tab’s next document of the same connection', async () => {
    await claim(await ticketFor());
    await shown(true);
    await keep();
    expect(await panels.isOpen(5, 'mine')).toBe(true);
    panels = start();
    const next = await ticketFor(caller('content', { document: 'next' }));
    expect(await claim(next, caller('frame', { document: 'second' }))).toMatchObject({ state });
    expect(await panels.isOpen(5, 'mine')).toBe(true);
  });

  test('is forgotten when it was closed, or never opened', async () => {
    await claim(await ticketFor());
    expect(await panels.isOpen(5, 'mine')).toBe(false);
    await shown(true);
    await keep();
    await shown(false);
    expect(await panels.isOpen(5, 'mine')).toBe(false);
    expect(await claim(await ticketFor())).toMatchObject({ state: null });
  });

  test('is nothing to another connection’s page in the same tab', async () => {
    await claim(await ticketFor());
    await shown(true);
    await keep();
    const other = { connection: 'other' };
    expect(await panels.isOpen(5, 'other')).toBe(false);
    const ticket = await ticketFor(caller('content', other));
    expect(await claim(ticket, caller('frame', { ...other, document: 'next' }))).toMatchObject({
      state: null,
    });
  });

  test('is not written by a document that is not the panel any more', async () => {
    await claim(await ticketFor());
    const ticket = await ticketFor();
    await keep();
    expect(await claim(ticket)).toMatchObject({ state: null });
  });
});

describe('whether it can be seen', () => {
  const at = { x: 1, y: 2, width: 100, height: 30 };
  const panel = { ...caller('frame'), kind: 'panel' } as Caller & { kind: 'panel' };

  test('is asked of the detector of its page, with the ticket that it was made by', async () => {
    const ticket = await ticketFor();
    await claim(ticket);
    expect(await panels.inSight(panel, at)).toBe(true);
    expect(asked).toEqual([[5, { crosstrack: 'sight', ticket, at }]]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['no', async () => false],
    ['something else', async () => ({ plain: true })],
    ['nothing', async () => undefined],
    ['not at all', () => Promise.reject(new Error('Receiving end does not exist.'))],
  ])('is not so when it answers %s', async (_, answers) => {
    await claim(await ticketFor());
    answer = answers;
    expect(await panels.inSight(panel, at)).toBe(false);
  });

  test('is asked of nobody for a document that is not the panel any more', async () => {
    await claim(await ticketFor());
    await ticketFor();
    expect(await panels.inSight(panel, at)).toBe(false);
    expect(asked).toEqual([]);
  });
});
