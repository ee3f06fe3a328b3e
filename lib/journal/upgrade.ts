import { z } from '../zod.ts';

const MINUTE = 60_000;

/** What records of the first version had instead of the fields that are added here. */
const firstSchema = z.looseObject({
  appliedLater: z.boolean(),
  before: z.unknown(),
  notBefore: z.nullable(z.number()),
  state: z.string(),
  history: z.array(z.looseObject({ at: z.number(), state: z.string() })),
  createdAt: z.number(),
});

/** States that the first version left open. */
const OPEN = ['planned', 'sending', 'accepted', 'unknown'];

/**
 * A stored record in the present form. Records of the first version counted read-backs instead of
 * minutes and did not say how finely their tracker shows costs: four decimals a click and two in
 * all are the coarsest known.
 */
export function upgradedRecord(stored: unknown): unknown {
  const { success, data } = firstSchema.safeParse(stored);
  if (!success) return stored;
  const { appliedLater, notBefore, readBacks: _, ...kept } = data;
  return {
    ...kept,
    untouched: 0,
    rounding: { shown: 0.01, perClick: 0.0001 },
    settlesWithin: (appliedLater ? 45 : 10) * MINUTE,
    seenClicks: null,
    former: data.before,
    growth: null,
    sentAt: data.history.findLast(({ state }) => state === 'sending')?.at ?? null,
    nextAt: OPEN.includes(data.state) ? (notBefore ?? data.createdAt) : null,
    turn: data.createdAt,
  };
}
