import type { TransferEntry } from '../transfer/plan.ts';
import { z } from '../zod.ts';
import { call, id } from './call.ts';
import { passphrase } from './keys.ts';

/** A file to save. */
export interface TransferFile {
  readonly text: string;
  /** File name without its extension. */
  readonly name: string;
  /** Names of connections whose keys could not be read for the export. */
  readonly missing: readonly string[];
}

export interface TransferPreview {
  /** Identifies exactly this effect of exactly this file in `transfer.apply`. */
  readonly plan: string;
  readonly exportedAt: string;
  readonly entries: readonly TransferEntry[];
}

const file = { text: z.string(), passphrase: z.nullable(passphrase) };

/** Export and import of settings and connections. */
export const transferCalls = {
  /** With a passphrase the file includes the keys, encrypted with it. */
  'transfer.export': call({
    input: z.object({ passphrase: z.nullable(passphrase) }),
    from: ['extension'],
    feature: (input) => (input.passphrase === null ? null : 'export-keys'),
  }).returns<TransferFile>(),
  'transfer.preview': call({
    input: z.object(file),
    from: ['extension'],
  }).returns<TransferPreview>(),
  /** `plan`: the `plan` of the preview that the user confirmed. */
  'transfer.apply': call({
    input: z.object({ ...file, plan: id }),
    from: ['extension'],
  }).returns<null>(),
};
