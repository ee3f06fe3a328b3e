import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import type { MarksPreviewed } from '../../../lib/contract/marks.ts';
import { type MarksRecord, marksRecordSchema } from '../../../lib/journal/marks-record.ts';
import { PLACEMENT_SLOT } from '../../faults/schedule.ts';
import { ask, on as inWorld, type World } from './simulated-world.ts';

/** Marks of a simulated tracker, whose books tell what is there. */

const DAYS = { from: '2026-08-01', to: '2026-08-08' };
/** Trackers that take marks, and how each writes ours. */
export const MARKING = { keitaro: 'blacklist', binom2: 'red' } as const;
export type Marking = keyof typeof MARKING;
export const WHITE = { keitaro: 'whitelist', binom2: 'green' } as const;

export interface MarksWorld extends World {
  /** How the tracker writes our mark, and that of a placement that is to stay. */
  readonly cut: string;
  readonly white: string;
  /** Placements of the campaign, the first six of which are on the user's list and nothing else. */
  readonly ids: readonly string[];
  readonly listed: readonly string[];
  preview(change?: Partial<Input<'marks.preview'>>): Promise<MarksPreviewed>;
  /** Confirms a preview, and lets time pass. */
  send(preview: string, minutes?: number): Promise<MarksRecord>;
  undo(record: string): Promise<MarksPreviewed>;
  /** Reads back once more, as the user asks for it. */
  check(record: string): Promise<MarksRecord>;
  records(): Promise<MarksRecord[]>;
  /** What the tracker has in its books. */
  book(): Record<string, string>;
  /** Requests that change marks, since the start. */
  writes(): number;
}

export async function on(id: Marking, work: (world: MarksWorld) => Promise<void>): Promise<void> {
  await inWorld(id, async (world) => {
    const { simulator, browser, time } = world;
    const ids = simulator
      .truthByPlacement({ campaignIndex: 0, ...DAYS })
      .map((one) => one.id)
      .toSorted();
    const listed = ids.slice(0, 6);
    const { connection, campaignId } = world.order(1);
    const records = async () =>
      (await browser.journal())
        .map((record) => marksRecordSchema.parse(record))
        .toSorted((first, second) => first.createdAt - second.createdAt);
    await work({
      ...world,
      cut: MARKING[id],
      white: WHITE[id],
      ids,
      listed,
      preview: (change = {}) =>
        ask(
          world,
          browser.call('marks.preview', {
            connection,
            campaignId,
            range: { ...DAYS, zone: simulator.zone },
            slot: PLACEMENT_SLOT[id],
            // Nothing is cut but what the user has ticked.
            settings: { ...DEFAULT_RULES, confidence: 0.999, ownSpend: 20 },
            format: 'other',
            added: [...listed],
            ...change,
          }),
        ),
      async send(preview, minutes = 15) {
        const { id: sent } = await ask(world, browser.call('marks.send', { preview, at: null }));
        await time.passTo(time.now() + minutes * 60_000);
        const record = (await records()).find((one) => one.id === sent);
        if (!record) throw new Error('It is not in the journal.');
        return record;
      },
      undo: (record) => ask(world, browser.call('marks.undo', { record })),
      check: (record) => ask(world, browser.call('marks.settle', { record })),
      records,
      book: () => simulator.marks(0),
      writes: () =>
        simulator.requests.filter(
          ({ method, path }) => method !== 'GET' && /\/report\/(labels|mark\/)/.test(path),
        ).length,
    });
  });
}

/** A book in which these placements bear a mark. */
export const marked = (values: readonly string[], mark: string): Record<string, string> =>
  Object.fromEntries(values.map((value) => [value, mark]));
