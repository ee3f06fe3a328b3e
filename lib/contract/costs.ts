import type { CostPreview } from '../costs/preview.ts';
import { costUpdateSchema } from '../costs/update.ts';
import type { Problem } from '../errors.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { CostQueue } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { box, call, id, nothing } from './call.ts';

export interface Previewed {
  /** Identifies the preview in `costs.send`. Valid once, for the same caller, for ten minutes. */
  readonly id: string;
  readonly preview: CostPreview;
  /** Id of the record that this preview would undo; null = it undoes nothing. */
  readonly undoes: string | null;
}

/** The preview of an undo. */
export interface PreviewedUndo extends Previewed {
  /**
   * The updates that together restore the former split, to be sent in this order in place of the
   * whole: all clicks, then values of a token. Empty where the undo is a single update.
   */
  readonly apart: readonly Previewed[];
}

/** The place of an update among those that wait to be sent to a tracker that takes few of them. */
export interface CostLine {
  /** From 1. */
  readonly place: number;
  /** When it is likely sent, if no other goes before it (epoch ms). */
  readonly leavesAt: number;
}

/** What became of one of several previews that were confirmed together. */
export interface Sent {
  /** Id of the preview. */
  readonly preview: string;
  /** null = it was not sent. */
  readonly record: JournalRecord | null;
  readonly problem: Problem | null;
}

/** Updates of parts that together take the place of one update. */
export interface PreviewedParts {
  readonly previews: readonly Previewed[];
  /** Days that cannot be set and stay as they are. */
  readonly left: readonly string[];
}

/** Most updates that one confirmation sends. */
export const MOST_AT_ONCE = 200;

const record = z.object({ record: id });

/** Cost updates, from preview to outcome. */
export const costCalls = {
  'costs.preview': call({
    input: z.object({ order: costUpdateSchema }),
    from: ['extension', 'panel'],
    ownConnection: ['order', 'connection'],
    feature: () => 'costs',
  }).returns<Previewed>(),
  /**
   * Previews an update of a campaign's counterpart on another connection. `from`: the campaign, whose
   * link or name must lead to the one that is changed.
   */
  'costs.previewBeside': call({
    input: z.object({
      from: z.object({ connection: id, campaignId: id }),
      order: costUpdateSchema,
    }),
    from: ['extension', 'panel'],
    ownConnection: ['from', 'connection'],
    feature: () => 'costs',
  }).returns<Previewed>(),
  /** Previews the updates that scale the costs of a token's values to an update's total. */
  'costs.previewParts': call({
    input: z.object({ order: costUpdateSchema, slot: z.int().check(z.gte(1)) }),
    from: ['extension', 'panel'],
    ownConnection: ['order', 'connection'],
    feature: () => 'costs',
  }).returns<PreviewedParts>(),
  /** Previews an update apart for each run of its days with one UTC offset. */
  'costs.previewDays': call({
    input: z.object({ order: costUpdateSchema }),
    from: ['extension', 'panel'],
    ownConnection: ['order', 'connection'],
    feature: () => 'costs',
  }).returns<PreviewedParts>(),
  /** `at`: where the clicked button is in the panel; null on extension pages, which nobody can cover. */
  'costs.send': call({
    input: z.object({ preview: id, at: z.nullable(box) }),
    from: ['extension', 'panel'],
    confirmed: true,
    invalidates: ['journal.list'],
    feature: () => 'costs',
  }).returns<JournalRecord>(),
  /**
   * Sends several previews upon one confirmation. Each has its own record; one that cannot be sent
   * does not stop the others.
   *
   * `together`: all of them or, where one cannot be sent any more, none.
   */
  'costs.sendAll': call({
    input: z.object({
      previews: z.array(id).check(z.minLength(1), z.maxLength(MOST_AT_ONCE)),
      together: z.boolean(),
      at: z.nullable(box),
    }),
    from: ['extension', 'panel'],
    confirmed: true,
    invalidates: ['journal.list'],
    feature: () => 'costs',
  }).returns<readonly Sent[]>(),
  /** Previews the update that would undo a record, or those that would. */
  'costs.undo': call({
    input: record,
    from: ['extension', 'panel'],
    feature: () => 'costs',
  }).returns<PreviewedUndo>(),
  /** The queue in which the tracker applies a record's update; null = it tells none. */
  'costs.queue': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<CostQueue | null>(),
  /** The place of a record's update among those that wait for their turn; null = it has none. */
  'costs.line': call({
    input: record,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<CostLine | null>(),
  /** Previews once more what was not sent, with the tracker's present figures. */
  'costs.again': call({
    input: record,
    from: ['extension', 'panel'],
    feature: () => 'costs',
  }).returns<PreviewedUndo>(),
  /** Withdraws an update that waits to be sent. */
  'costs.cancel': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<JournalRecord>(),
  'journal.list': call({
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly JournalRecord[]>(),
  /** Updates that are on their way: waiting, sent, or being read back. Newest first. */
  'journal.open': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly JournalRecord[]>(),
  'journal.read': call({
    input: record,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<JournalRecord>(),
  /** Reads the cost back once more. */
  'journal.settle': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<JournalRecord>(),
};
