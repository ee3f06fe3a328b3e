import type { Problem } from '../errors.ts';
import type { Click, Conversion, Postback } from '../report/log.ts';
import type { Range } from '../report/range.ts';
import { z } from '../zod.ts';
import { call, id } from './call.ts';

/** One log that a click was looked up in. */
export interface LookedUp<Entry> {
  readonly found: readonly Entry[];
  /** false = the log was cut, so that what was not found may be there all the same. */
  readonly complete: boolean;
  /** Why the log was not read; `unsupported` = the tracker has none. null = it was read. */
  readonly problem: Problem | null;
}

/** What one connection knows of a click. */
export interface ClickLookup {
  /** The days that were searched, in the connection's zone. */
  readonly range: Range;
  readonly clicks: LookedUp<Click>;
  readonly conversions: LookedUp<Conversion>;
  /** Postbacks that reported these conversions. */
  readonly postbacks: LookedUp<Postback>;
}

/** Most days that a look-up searches. */
export const MOST_LOOKUP_DAYS = 90;

export const clickCalls = {
  /** `days`: how many to search, today included. */
  'clicks.lookUp': call({
    input: z.object({
      connection: id,
      clickId: id,
      days: z.int().check(z.gte(1), z.lte(MOST_LOOKUP_DAYS)),
    }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<ClickLookup>(),
};
