import type { MessageKey } from '../i18n.ts';
import type { PauseRecord } from '../journal/pause-record.ts';
import { z } from '../zod.ts';
import { box, call, id } from './call.ts';

/** What pausing or resuming a campaign would do. */
export interface PausePreviewed {
  /** Identifies the preview in `pauses.send`. Valid once, for the same caller, for ten minutes. */
  readonly id: string;
  readonly campaignName: string;
  /** true = it would be resumed, false = paused. */
  readonly active: boolean;
  /** Is it active now, as the tracker says? null = the tracker does not list it. */
  readonly now: boolean | null;
  /** Why it cannot be sent. */
  readonly refused: MessageKey | null;
  /** Id of the record that this would undo; null = it undoes nothing. */
  readonly undoes: string | null;
}

const record = z.object({ record: id });

/** Pausing and resuming campaigns, from preview to outcome. */
export const pauseCalls = {
  'pauses.preview': call({
    input: z.object({ connection: id, campaignId: id, active: z.boolean() }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'pauses',
  }).returns<PausePreviewed>(),
  /** `at`: where the clicked button is in the panel; null on extension pages, which nobody can cover. */
  'pauses.send': call({
    input: z.object({ preview: id, at: z.nullable(box) }),
    from: ['extension', 'panel'],
    confirmed: true,
    invalidates: ['pauses.list'],
    feature: () => 'pauses',
  }).returns<PauseRecord>(),
  /** Previews what would undo a record. */
  'pauses.undo': call({
    input: record,
    from: ['extension', 'panel'],
    feature: () => 'pauses',
  }).returns<PausePreviewed>(),
  'pauses.list': call({
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly PauseRecord[]>(),
  'pauses.read': call({
    input: record,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<PauseRecord>(),
  /** Reads the campaign's state back once more. */
  'pauses.settle': call({
    input: record,
    from: ['extension', 'panel'],
  }).returns<PauseRecord>(),
};
