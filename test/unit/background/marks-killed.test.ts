import { expect, test } from 'vitest';
import { diceOf } from '../../faults/dice.ts';
import type { FaultKind } from '../../simulators/server.ts';
import { MARKING, type Marking, type MarksWorld, marked, on } from './marks-world.ts';

/** Whatever kills the worker, and whatever becomes of its request, the journal says what the tracker's book says. */

const MINUTE = 60_000;
/** What a confirmed write does outside of the worker, from the press to the last look. */
const STEPS = 52;
const FAULTS: readonly [FaultKind | null, ...Array<FaultKind | null>] = [
  null,
  null,
  'reset',
  'hang',
  'apply-then-reset',
  'apply-then-hang',
  'apply-then-500',
  { status: 400, body: '{"error":"No"}', headers: { 'Content-Type': 'application/json' } },
];

/** Confirms a preview on a worker that dies at that step, and lets the next one find what it left. */
async function killed(world: MarksWorld, preview: string, step: number): Promise<void> {
  const { browser, time, trouble } = world;
  const dice = diceOf(`${step} ${preview.length}`);
  trouble.certain.length = 0;
  trouble.certain.push({ how: dice.pick(FAULTS), takes: 0 });
  browser.killIn(step, dice.chance(0.5));
  void browser.call('marks.send', { preview, at: null }).catch(() => {});
  await time.passTo(time.now() + dice.between(0, 3) * MINUTE);
  trouble.certain.length = 0;
  browser.restart();
  await time.passTo(time.now() + 40 * MINUTE);
}

/** Does a record say what there is? `was` and `would` are the book before and after. */
function agrees(
  { state }: { readonly state: string },
  book: object,
  was: object,
  would: object,
): boolean {
  const same = (one: object) => JSON.stringify(sorted(book)) === JSON.stringify(sorted(one));
  if (state === 'verified') return same(would);
  return (state === 'failed' || state === 'notSent') && same(was);
}
const sorted = (book: object) => Object.entries(book).toSorted();

test.each(Object.keys(MARKING) as Marking[])(
  '%s: a worker killed at any step leaves a record that is true, and sends nothing twice',
  { timeout: 300_000 },
  async (id) => {
    const ends: string[] = [];
    for (let step = 0; step < STEPS; step++) {
      await on(id, async (world) => {
        const { simulator, listed, ids, cut, white } = world;
        simulator.setMode('replacing', true);
        const others = { [ids[8] ?? '']: cut, [ids[9] ?? '']: white };
        for (const [value, mark] of Object.entries(others)) simulator.setMark(0, value, mark);
        const would = { ...others, ...marked(listed, cut) };

        await killed(world, (await world.preview()).id, step);
        expect(world.writes(), `step ${step}`).toBeLessThanOrEqual(1);
        const [record] = await world.records();
        const end = record?.state ?? 'nothing';
        ends.push(end);
        expect(
          record ? agrees(record, world.book(), others, would) : sorted(world.book()),
          `step ${step}: ${end}`,
        ).toEqual(record ? true : sorted(others));
        if (record?.state !== 'verified') return;

        const writes = world.writes();
        await killed(world, (await world.undo(record.id)).id, step);
        expect(world.writes() - writes, `undo, step ${step}`).toBeLessThanOrEqual(listed.length);
        const all = await world.records();
        const undo = all.find(({ undoes }) => undoes === record.id);
        const undone = all.find((one) => one.id === record.id);
        if (undo) {
          expect(undo.state, `undo, step ${step}`).not.toMatch(/planned|sending|accepted|unknown/);
          expect(undone?.state).toBe(undo.state === 'verified' ? 'undone' : 'verified');
        }
        // Others are as they were, come what may.
        expect(world.book()).toMatchObject(others);
        if (undo?.state === 'verified') expect(world.book()).toEqual(others);
        if (undo?.state === 'mismatch') expect(undo.seen).toBeGreaterThan(0);
      });
    }
    // Nothing would be found either if every one ended alike.
    expect([...new Set(ends)].toSorted()).toEqual(expect.arrayContaining(['failed', 'verified']));
    expect(ends.filter((end) => end === 'verified').length).toBeGreaterThan(STEPS / 4);
  },
);
