import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPanelLink, type PanelLink } from '../../components/panel/panel-link.ts';
import type { PanelContext } from '../../lib/contract/panel.ts';
import type { FromPanel, ToPanel } from '../../lib/page/protocol.ts';
import { failing, fakeClient, settings } from './fixtures.ts';

/** The page's end of the port, and what came through it. */
interface End {
  readonly far: MessagePort;
  readonly port: MessagePort;
  readonly heard: FromPanel[];
}
let ends: MessagePort[];
beforeEach(() => {
  ends = [];
});
afterEach(() => {
  for (const port of ends) port.close();
});

function openEnd(): End {
  const { port1, port2 } = new MessageChannel();
  const heard: FromPanel[] = [];
  port1.onmessage = ({ data }) => heard.push(data);
  ends.push(port1, port2);
  // As the detector does, before the ticket is shown.
  port1.postMessage({ kind: 'view', view: null } satisfies ToPanel);
  return { far: port1, port: port2, heard };
}
/** A message as it comes to the window of the frame. */
function post(data: unknown, ports: MessagePort[], source: Window | null = parent): void {
  dispatchEvent(new MessageEvent('message', { data, source, ports }));
}

const state = {
  tab: 'cost',
  collapsed: true,
  view: 'null',
  picked: null,
  range: null,
  drafts: {},
};
const context: PanelContext = {
  own: 'mine',
  connections: [],
  trackers: [],
  settings,
  formats: [],
};
const figures: PanelLink['figures'] = {
  input: {
    connection: 'mine',
    campaignIds: ['12'],
    range: { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' },
    fresh: false,
  },
  answer: {
    total: { report: null, problem: null },
    byHour: { report: null, problem: null },
  },
};
/** A background that takes that ticket and refuses all others. */
const background = (good: string) =>
  fakeClient({
    'panel.claim': ({ ticket }) =>
      ticket === good
        ? { state, context, figures }
        : failing({ kind: 'permission', text: 'problem_sender' })(),
  });

async function opened(): Promise<{ link: PanelLink; end: End }> {
  const waits = openPanelLink(background('t'));
  const end = openEnd();
  post({ ticket: 't' }, [end.port]);
  return { link: await waits, end };
}

describe('the panel', () => {
  test.each<[string, () => void]>([
    ['without a port', () => post({ ticket: 't' }, [])],
    ['with two ports', () => post({ ticket: 't' }, [openEnd().port, openEnd().port])],
    ['without a ticket', () => post({}, [openEnd().port])],
    ['with a ticket that is no text', () => post({ ticket: { toString: 't' } }, [openEnd().port])],
    ['that is nothing', () => post(null, [openEnd().port])],
    ['of its own window', () => post({ ticket: 't' }, [openEnd().port], window)],
    ['of nobody', () => post({ ticket: 't' }, [openEnd().port], null)],
  ])('asks nobody for a message %s, and waits on', async (_, send) => {
    const client = background('t');
    const waits = openPanelLink(client);
    send();
    expect(client.calls).toEqual([]);
    const end = openEnd();
    post({ ticket: 't' }, [end.port]);
    await waits;
    await expect.poll(() => end.heard[0]).toEqual({ kind: 'claimed' });
  });

  test('waits on when its ticket is refused, and says nothing through that port', async () => {
    const client = background('t');
    const waits = openPanelLink(client);
    const forged = openEnd();
    post({ ticket: 'forged' }, [forged.port]);
    await expect.poll(() => client.calls.length).toBe(1);
    const end = openEnd();
    post({ ticket: 't' }, [end.port]);
    await waits;
    await expect.poll(() => end.heard[0]).toEqual({ kind: 'claimed' });
    expect(forged.heard).toEqual([]);
  });

  test('waits on beside a port through which no view comes, or nonsense, and closes what is refused', async () => {
    const client = background('t');
    const waits = openPanelLink(client);
    const silent = new MessageChannel();
    const forged = new MessageChannel();
    ends.push(silent.port1, silent.port2, forged.port1, forged.port2);
    post({ ticket: 'forged' }, [silent.port2]);
    post({ ticket: 'forged' }, [forged.port2]);
    const close = vi.spyOn(forged.port2, 'close');
    for (const message of [null, 1, 'view', { kind: 'view', view: null }]) {
      forged.port1.postMessage(message);
    }
    await expect.poll(() => client.calls.length).toBe(1);
    post({ ticket: 't' }, [openEnd().port]);
    expect((await waits).context).toEqual(context);
    expect(client.calls).toHaveLength(2);
    expect(close).toHaveBeenCalledOnce();
  });

  test('asks for its context where that changed while the ticket was claimed', async () => {
    const answer = Promise.withResolvers<void>();
    const client = fakeClient({
      'panel.claim': async () => {
        await answer.promise;
        return { state, context, figures };
      },
    });
    const waits = openPanelLink(client);
    post({ ticket: 't' }, [openEnd().port]);
    await expect.poll(() => client.calls.length).toBe(1);
    client.change();
    answer.resolve();
    expect((await waits).context).toBeNull();
  });

  test('listens to no message after it has a port', async () => {
    const client = background('t');
    const waits = openPanelLink(client);
    post({ ticket: 't' }, [openEnd().port]);
    await waits;
    post({ ticket: 't' }, [openEnd().port]);
    expect(client.calls).toEqual([{ name: 'panel.claim', input: { ticket: 't', shows: null } }]);
  });

  test('says with its ticket what the page shows, and begins with the figures of that', async () => {
    const client = background('t');
    const waits = openPanelLink(client);
    const { port1, port2 } = new MessageChannel();
    ends.push(port1, port2);
    const range = { preset: 'last7' as const };
    const view = { view: 'campaign', campaignId: '12', campaignName: 'A', range, groupBy: null };
    port1.postMessage({ kind: 'view', view });
    post({ ticket: 't' }, [port2]);
    expect((await waits).figures).toEqual(figures);
    expect(client.calls).toEqual([
      { name: 'panel.claim', input: { ticket: 't', shows: { campaignId: '12', range } } },
    ]);
  });

  test('begins with what the background kept of the document before', async () => {
    const { link } = await opened();
    expect(link.before).toEqual(state);
    expect(link.context).toEqual(context);
  });

  test('knows of the page what comes through the port', async () => {
    const { link, end } = await opened();
    const { view, shown, task, theme, trouble, placed } = link;
    const known = () => [view, shown, task, theme, trouble, placed].map(({ value }) => value);
    expect(known()).toEqual([null, false, null, 'light', null, null]);
    const seen = {
      view: 'campaign' as const,
      campaignId: '1',
      campaignName: 'Summer',
      range: null,
      groupBy: null,
    };
    const messages: ToPanel[] = [
      { kind: 'view', view: seen },
      { kind: 'shown' },
      { kind: 'task', task: 'cost' },
      { kind: 'theme', theme: 'dark' },
      { kind: 'trouble', trouble: 'covered' },
      { kind: 'placed', at: [1, 2], size: null },
    ];
    for (const message of messages) end.far.postMessage(message);
    await expect
      .poll(known)
      .toEqual([seen, true, { task: 'cost' }, 'dark', 'covered', { at: [1, 2], size: null }]);
  });

  test('hears the same task twice', async () => {
    const { link, end } = await opened();
    const tasks: unknown[] = [];
    const stop = link.task.subscribe((task) => tasks.push(task));
    end.far.postMessage({ kind: 'task', task: 'toggle' } satisfies ToPanel);
    end.far.postMessage({ kind: 'task', task: 'toggle' } satisfies ToPanel);
    await expect.poll(() => tasks).toEqual([null, { task: 'toggle' }, { task: 'toggle' }]);
    stop();
  });

  test('tells its place, its end, and when the keyboard comes and goes', async () => {
    const { link, end } = await opened();
    const place = { dock: 'left', at: null, size: null, collapsed: false } as const;
    await expect.poll(() => end.heard.length).toBeGreaterThan(0);
    end.heard.length = 0;
    link.place(place);
    dispatchEvent(new FocusEvent('focus'));
    dispatchEvent(new FocusEvent('blur'));
    link.close();
    await expect
      .poll(() => end.heard.filter((_, index) => index >= end.heard.length - 4))
      .toEqual([
        { kind: 'place', place },
        { kind: 'focus', has: true },
        { kind: 'focus', has: false },
        { kind: 'close' },
      ]);
  });
});
