import { ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import type { MessageKey } from '../i18n.ts';
import type { MarksRecord } from '../journal/marks-record.ts';
import type { MarkPlan } from '../sources/mark-plan.ts';
import type { SeenMark } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { listQuestion } from './blacklist.ts';
import { box, call, id, range } from './call.ts';

/** What marking a list in the tracker, or taking its marks away, would do. */
export interface MarksPreviewed extends Omit<MarkPlan, 'changes'> {
  /** Identifies the preview in `marks.send`. Valid once, for the same caller, for ten minutes. */
  readonly id: string;
  /** Id of the tracker. */
  readonly tracker: string;
  /** true = placements would be marked as blacklisted, false = that mark would be taken away. */
  readonly on: boolean;
  /** Number of placements that would change. */
  readonly count: number;
  /** How many may have been changed by somebody else since this did not show; they stay. */
  readonly unsure: number;
  /** What a mark does in this tracker. */
  readonly effect: MessageKey;
  /** Why it cannot be sent. */
  readonly refused: MessageKey | null;
  /** Id of the record that this would undo; null = it undoes nothing. */
  readonly undoes: string | null;
}

const record = z.object({ record: id });

/** Marking a blacklist in the tracker itself, from preview to outcome. */
export const marksCalls = {
  /** The list is made anew, as an export is, from the question, the rules and the user's ticks. */
  'marks.preview': call({
    input: z.object({ ...listQuestion, settings: ruleSettingsSchema, format: id }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'blacklist',
  }).returns<MarksPreviewed>(),
  /** `at`: where the clicked button is in the panel; null on extension pages, which nobody can cover. */
  'marks.send': call({
    input: z.object({ preview: id, at: z.nullable(box) }),
    from: ['extension', 'panel'],
    confirmed: true,
    invalidates: ['marks.list'],
    feature: () => 'blacklist',
  }).returns<MarksRecord>(),
  /** Previews what would undo a record. */
  'marks.undo': call({
    input: record,
    from: ['extension', 'panel'],
    feature: () => 'blacklist',
  }).returns<MarksPreviewed>(),
  /** The marks that the tracker shows now, by value of the token. */
  'marks.present': call({
    input: z.object({
      connection: id,
      campaignId: id,
      range,
      slot: z.int().check(z.gte(1), z.lte(30)),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'blacklist',
  }).returns<ReadonlyArray<readonly [string, SeenMark]>>(),
  'marks.list': call({
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly MarksRecord[]>(),
  'marks.read': call({
    input: record,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<MarksRecord>(),
  /** Reads the marks back once more. */
  'marks.settle': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<MarksRecord>(),
};
