import type { TransferEntry } from '../transfer/plan.ts';
import { z } from '../zod.ts';
import { call, id } from './call.ts';
import { passphrase } from './keys.ts';

/** A file to save. */
export interface TransferFile {
  readonly text: string;
  /** File name without ending. */
  readonly name: string;
  /** Names of connections whose key was wanted but could not be read. */
  readonly missing: readonly string[];
}

export interface TransferPreview {
  /** Names exactly this effect of exactly this file in `transfer.apply`. */
  readonly plan: string;
  readonly exportedAt: string;
  readonly entries: readonly TransferEntry[];
}

const file = { text: z.string(), passphrase: z.nullable(passphrase) };

/** Settings to a file and back. */
export const transferCalls = {
  /** A passphrase brings the keys along, sealed with it. */
  'transfer.export': call({
    input: z.object({ passphrase: z.nullable(passphrase) }),
    from: ['extension'],
    feature: (input) => (input.passphrase === null ? null : 'export-keys'),
  }).returns<TransferFile>(),
  'transfer.preview': call({
    input: z.object(file),
    from: ['extension'],
  }).returns<TransferPreview>(),
  /** `plan`: as the preview named what the person confirmed. */
  'transfer.apply': call({
    input: z.object({ ...file, plan: id }),
    from: ['extension'],
  }).returns<null>(),
};
