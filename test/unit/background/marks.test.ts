import { describe, expect, test } from 'vitest';
import { MARKING, type Marking, type MarksWorld, marked, on } from './marks-world.ts';
import { ask } from './simulated-world.ts';

const MARKERS = Object.keys(MARKING) as Marking[];
const states = (record: { history: ReadonlyArray<{ state: string }> }) =>
  record.history.map(({ state }) => state);

describe.each(MARKERS)('%s', (id) => {
  test('a list is marked, read back and undone; what the user has marked stays as it is', async () => {
    await on(id, async ({ simulator, listed, ids, cut, white, ...world }) => {
      const [theirs = '', kept = '', ...ours] = listed;
      const others = { [ids[8] ?? '']: cut, [ids[9] ?? '']: white };
      for (const [value, mark] of Object.entries({ [theirs]: cut, [kept]: white, ...others })) {
        simulator.setMark(0, value, mark);
      }
      const before = world.book();
      const shown = await world.preview();
      expect(shown).toMatchObject({
        on: true,
        count: 4,
        already: 1,
        kept: [{ value: kept, mark: 'whitelist' }],
        rest: 2,
        beyond: 0,
        refused: null,
        undoes: null,
      });
      expect([world.writes(), await world.records()]).toEqual([0, []]);

      const sent = await world.send(shown.id);
      expect(states(sent)).toEqual(['planned', 'sending', 'accepted', 'verified']);
      expect(sent).toMatchObject({ seen: 4, on: true });
      expect(sent.values.toSorted()).toEqual(ours);
      expect(world.book()).toEqual({ ...before, ...marked(ours, cut) });
      expect((await world.preview()).refused).toBe('marks_all_there');

      const back = await world.undo(sent.id);
      expect(back).toMatchObject({ on: false, count: 4, already: 0, kept: [], rest: 4 });
      const undone = await world.send(back.id);
      expect(undone).toMatchObject({ state: 'verified', seen: 4, undoes: sent.id });
      expect(world.book()).toEqual(before);
      expect((await world.records()).map((one) => [one.id, one.state])).toEqual([
        [sent.id, 'undone'],
        [undone.id, 'verified'],
      ]);

      const again = await world.undo(undone.id);
      expect(again).toMatchObject({ on: true, count: 4 });
      await world.send(again.id);
      expect(world.book()).toEqual({ ...before, ...marked(ours, cut) });
    });
  });

  test('an undo leaves alone what the user has changed since', async () => {
    await on(id, async ({ simulator, listed, white, cut, ...world }) => {
      const sent = await world.send((await world.preview()).id);
      const [gone = '', kept = ''] = listed;
      simulator.setMark(0, gone, null);
      simulator.setMark(0, kept, white);
      const back = await world.undo(sent.id);
      expect(back).toMatchObject({
        count: 4,
        already: 1,
        kept: [{ value: kept, mark: 'whitelist' }],
      });
      // And what is changed between the preview and the press.
      const [, , late = ''] = listed;
      simulator.setMark(0, late, white);
      await world.send(back.id);
      expect(world.book()).toEqual({ [kept]: white, [late]: white });
    });
  });

  test('what is whitelisted after the preview is not overwritten, and said not to be marked', async () => {
    await on(id, async ({ simulator, listed, white, cut, ...world }) => {
      const shown = await world.preview();
      const [kept = '', ...rest] = listed;
      simulator.setMark(0, kept, white);
      const sent = await world.send(shown.id);
      expect(world.book()).toEqual({ ...marked(rest, cut), [kept]: white });
      expect(sent).toMatchObject({ state: 'mismatch', seen: 5 });
      expect(sent.history.at(-1)?.problem).toEqual({
        kind: 'conflict',
        text: 'marks_missing',
        values: ['1', '6'],
      });
    });
  });

  test('what the user marks between the preview and the press stays the user’s, also at an undo', async () => {
    await on(id, async ({ simulator, listed, cut, ...world }) => {
      const shown = await world.preview();
      const [own = '', ...rest] = listed;
      simulator.setMark(0, own, cut);
      const sent = await world.send(shown.id);
      expect(sent).toMatchObject({ state: 'verified', seen: 5 });
      expect(sent.values.toSorted()).toEqual(rest);
      expect(world.book()).toEqual(marked(listed, cut));
      await world.send((await world.undo(sent.id)).id);
      expect(world.book()).toEqual({ [own]: cut });
    });
  });

  test('a list that is all marked by then is not sent, and not said to be ours', async () => {
    await on(id, async ({ simulator, listed, cut, ...world }) => {
      const shown = await world.preview();
      for (const value of listed) simulator.setMark(0, value, cut);
      const sent = await world.send(shown.id);
      expect(states(sent)).toEqual(['planned', 'sending', 'notSent']);
      expect(sent.history.at(-1)?.problem).toMatchObject({ text: 'marks_all_there' });
      expect(world.writes()).toBe(0);
      await expect(world.undo(sent.id)).rejects.toMatchObject({
        problem: { text: 'marks_no_undo' },
      });
    });
  });

  test('nothing that was there is lost where a write replaces all marks', async () => {
    await on(id, async ({ simulator, listed, ids, white, cut, ...world }) => {
      simulator.setMode('replacing', true);
      const before = { [ids[8] ?? '']: cut, [ids[9] ?? '']: white };
      for (const [value, mark] of Object.entries(before)) simulator.setMark(0, value, mark);
      const sent = await world.send((await world.preview()).id);
      expect(sent.state).toBe('verified');
      expect(world.book()).toEqual({ ...before, ...marked(listed, cut) });
      const undone = await world.send((await world.undo(sent.id)).id);
      expect(undone.state).toBe('verified');
      expect(world.book()).toEqual(before);
    });
  });

  test('two lists that are sent at once are both there, also where a write replaces all marks', async () => {
    await on(id, async ({ simulator, browser, time, ids, cut, ...world }) => {
      simulator.setMode('replacing', true);
      const [some, others] = [ids.slice(0, 3), ids.slice(3, 6)];
      const [first, second] = [
        await world.preview({ added: some }),
        await world.preview({ added: others }),
      ];
      for (const { id: preview } of [first, second]) {
        void browser.call('marks.send', { preview, at: null });
      }
      await time.passTo(time.now() + 60_000);
      expect((await world.records()).map(({ state }) => state)).toEqual(['verified', 'verified']);
      expect(world.book()).toEqual(marked([...some, ...others], cut));
    });
  });

  test('a list of which half is taken is no success; the rest is marked by another', async () => {
    await on(id, async ({ simulator, listed, cut, ...world }) => {
      simulator.setMode('halving', true);
      const sent = await world.send((await world.preview()).id);
      expect(sent).toMatchObject({ state: 'mismatch', seen: 3 });
      expect(sent.history.at(-1)?.problem).toMatchObject({ values: ['3', '6'] });
      simulator.setMode('halving', false);
      const rest = await world.preview();
      expect(rest).toMatchObject({ count: 3, already: 3 });
      await world.send(rest.id);
      expect(world.book()).toEqual(marked(listed, cut));
      // The first takes back what it has set, and not what the second has.
      const back = await world.undo(sent.id);
      expect(back).toMatchObject({ count: 3, rest: 3 });
      await world.send(back.id);
      const { values = [] } = (await world.records())[1] ?? {};
      expect(world.book()).toEqual(marked(values, cut));
    });
  });

  test('what a half done write lacked, and the user marks later, stays the user’s at an undo', async () => {
    await on(id, async ({ simulator, cut, ...world }) => {
      simulator.setMode('halving', true);
      const sent = await world.send((await world.preview()).id);
      simulator.setMode('halving', false);
      const { missing = [] } = sent;
      expect(missing).toHaveLength(3);
      for (const value of missing) simulator.setMark(0, value, cut);
      // All are there now; whose they are is not told by that.
      expect(await world.check(sent.id)).toMatchObject({
        state: 'verified',
        seen: 6,
      });
      const back = await world.undo(sent.id);
      expect(back).toMatchObject({ count: 3, unsure: 3, rest: 0 });
      await world.send(back.id);
      expect(world.book()).toEqual(marked(missing, cut));
    });
  });

  test.each(['apply-then-hang', 'apply-then-500', 'apply-then-reset'] as const)(
    'a write that was done although its answer was lost (%s) is found, and not sent again',
    async (how) => {
      await on(id, async ({ trouble, listed, cut, ...world }) => {
        const shown = await world.preview();
        trouble.certain.push({ how, takes: 0 });
        const sent = await world.send(shown.id);
        expect(states(sent)).toEqual(['planned', 'sending', 'unknown', 'verified']);
        expect(world.book()).toEqual(marked(listed, cut));
        expect(world.writes()).toBe(1);
      });
    },
  );

  test('one that was lost on its way is looked for some minutes, then it has failed; another is not sent meanwhile', async () => {
    await on(id, async ({ trouble, time, ...world }) => {
      const shown = await world.preview();
      trouble.certain.push({ how: 'hang', takes: 0 });
      const sent = await world.send(shown.id, 1);
      expect(sent.state).toBe('unknown');
      expect((await world.preview()).refused).toBe('marks_pending');
      await time.passTo(time.now() + 4 * 60_000);
      const [record] = await world.records();
      expect(record).toMatchObject({ state: 'failed', seen: 0 });
      expect(record?.history.at(-1)?.problem).toMatchObject({ text: 'marks_not_arrived' });
      expect([world.book(), world.writes()]).toEqual([{}, 1]);
      await expect(world.undo(sent.id)).rejects.toMatchObject({
        problem: { text: 'marks_no_undo' },
      });
      expect((await world.preview()).refused).toBeNull();
    });
  });

  test.each<[string, (world: MarksWorld) => unknown, string]>([
    [
      'access was taken back',
      ({ browser }) => {
        browser.granted = false;
      },
      'problem_no_host_permission',
    ],
    [
      'the connection was switched off',
      ({ browser, order }) =>
        browser.call('connections.turn', { id: order(1).connection, off: true }),
      'problem_connection_off',
    ],
    [
      'keys were locked',
      async ({ browser }) => {
        await browser.call('keys.setPassphrase', { passphrase: 'correct horse battery' });
        await browser.call('keys.lock', {});
      },
      'problem_locked',
    ],
  ])('is not sent where %s after the preview', async (_, meanwhile, text) => {
    await on(id, async (world) => {
      const { id: preview } = await world.preview();
      await ask(world, (async () => meanwhile(world))());
      const sent = await world.send(preview);
      expect(states(sent)).toEqual(['planned', 'notSent']);
      expect(sent.history.at(-1)?.problem).toMatchObject({ text });
      expect([world.writes(), world.book()]).toEqual([0, {}]);
    });
  });

  test('a refusal is told, and nothing is marked', async () => {
    await on(id, async ({ simulator, ...world }) => {
      const shown = await world.preview();
      simulator.setMode('read-only', true);
      const sent = await world.send(shown.id);
      expect(states(sent)).toEqual(['planned', 'sending', 'failed']);
      expect(sent.history.at(-1)?.problem).toMatchObject({ status: 403 });
      expect(world.book()).toEqual({});
    });
  });

  test('where the tracker cannot be read any more it is not known, until it can', async () => {
    await on(id, async (world) => {
      const { simulator, browser, time, listed, cut } = world;
      simulator.setMode('halving', true);
      const sent = await world.send((await world.preview()).id, 0);
      expect([sent.state, world.writes()]).toEqual(['accepted', 1]);
      simulator.fail({ how: 'reset' });
      await time.passTo(time.now() + 20 * 60_000);
      expect(await world.records()).toMatchObject([{ state: 'notKnown', seen: 3 }]);
      simulator.clearFaults();
      for (const value of listed) simulator.setMark(0, value, cut);
      const later = await ask(world, browser.call('marks.settle', { record: sent.id }));
      expect(later).toMatchObject({ state: 'verified', seen: 6 });
    });
  });

  test('nothing is planned from figures or marks that are not there', async () => {
    await on(id, async ({ simulator, ...world }) => {
      simulator.fail({ path: /report\/(build|campaign\?)/, how: { status: 500, body: 'no' } });
      await expect(world.preview()).rejects.toMatchObject({ problem: { status: 500 } });
      simulator.clearFaults();
      await world.preview();
      // The figures are known now; the marks are always asked for.
      simulator.fail({ method: 'GET', how: { status: 500, body: 'no' } });
      await expect(world.preview()).rejects.toMatchObject({ problem: { status: 500 } });
      expect([await world.records(), world.writes()]).toEqual([[], 0]);
    });
  });
});

test('keitaro labels few tokens, and says so', async () => {
  await on('keitaro', async (world) => {
    const { connection, campaignId, range } = world.order(1);
    const of = { connection, campaignId, range, slot: 11 };
    await expect(ask(world, world.browser.call('marks.present', of))).rejects.toMatchObject({
      problem: { kind: 'unsupported', text: 'keitaro_label_token' },
    });
  });
});
