import type { CostPreview } from '../costs/preview.ts';
import { costUpdateSchema } from '../costs/update.ts';
import type { JournalRecord } from '../journal/record.ts';
import { z } from '../zod.ts';
import { call, id } from './call.ts';

export interface Previewed {
  /** Names the preview in `costs.send`; good once, for the asker, for ten minutes. */
  readonly id: string;
  readonly preview: CostPreview;
  /** The record this preview would undo; null for a fresh update. */
  readonly undoes: string | null;
}

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const record = z.object({ record: id });

/** Cost updates, from the preview to what became of them. */
export const costCalls = {
  'costs.preview': call({
    input: z.object({ order: costUpdateSchema }),
    from: ['extension', 'panel'],
    ownConnection: ['order', 'connection'],
    feature: () => 'costs',
  }).returns<Previewed>(),
  /** `at`: where the pressed button is in the panel; null on pages that nobody else can cover. */
  'costs.send': call({
    input: z.object({ preview: id, at: z.nullable(box) }),
    from: ['extension', 'panel'],
    confirmed: true,
    invalidates: ['journal.list'],
    feature: () => 'costs',
  }).returns<JournalRecord>(),
  /** The preview of the update that would undo a record. */
  'costs.undo': call({
    input: record,
    from: ['extension', 'panel'],
    feature: () => 'costs',
  }).returns<Previewed>(),
  'journal.list': call({
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly JournalRecord[]>(),
  'journal.read': call({
    input: record,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<JournalRecord>(),
  /** Reads back once more. */
  'journal.settle': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<JournalRecord>(),
};
