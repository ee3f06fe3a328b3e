import { CrosstrackError } from '../errors.ts';
import { deriveKey, ROUNDS } from '../keys/derive.ts';
import { z } from '../zod.ts';
import { damaged, type Loose, upgrade } from './file.ts';

/** Limits of PBKDF2 iterations in a file: fewer do not protect, more would block the worker. */
const FEWEST = 100_000;
const MOST = 10_000_000;

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/));

const sealedSchema = z.object({
  crosstrack: z.literal('sealed'),
  kdf: z.object({
    name: z.literal('PBKDF2'),
    hash: z.literal('SHA-256'),
    rounds: z.int().check(z.gte(FEWEST), z.lte(MOST)),
    salt: base64.check(z.minLength(16), z.maxLength(200)),
  }),
  iv: base64.check(z.length(16)),
  data: base64,
});

/** One step per version, as for settings. Version 0 had the derivation parameters directly in the header. */
const UPGRADES: ReadonlyArray<(file: Loose) => Loose> = [
  ({ rounds, salt, ...file }) => ({
    ...file,
    kdf: { name: 'PBKDF2', hash: 'SHA-256', rounds, salt },
  }),
];

/** The header exactly as in the file, because an older one is authenticated in its own form. */
const headerOf = ({ data: _, ...header }: Loose): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(header));

/** Seals a text with a passphrase, a fresh salt and a fresh IV; resolves with the file's text. */
export async function sealFile(text: string, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const header = {
    crosstrack: 'sealed',
    version: UPGRADES.length,
    kdf: { name: 'PBKDF2', hash: 'SHA-256', rounds: ROUNDS, salt: salt.toBase64() },
    iv: iv.toBase64(),
  };
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: headerOf(header) },
    await deriveKey(passphrase, salt, ROUNDS),
    new TextEncoder().encode(text),
  );
  return JSON.stringify({ ...header, data: new Uint8Array(data).toBase64() }, null, 2);
}

/**
 * Opens a sealed file.
 * @throws CrosstrackError `auth` for a wrong passphrase or an altered file; `input` for a header of the
 * wrong shape; `unsupported` for a newer version
 */
export async function unsealFile(file: Loose, passphrase: string): Promise<string> {
  const parsed = sealedSchema.safeParse(upgrade(file, UPGRADES));
  if (!parsed.success) throw damaged(parsed.error);
  const { kdf, iv, data } = parsed.data;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: Uint8Array.fromBase64(iv), additionalData: headerOf(file) },
      await deriveKey(passphrase, Uint8Array.fromBase64(kdf.salt), kdf.rounds),
      Uint8Array.fromBase64(data),
    );
    return new TextDecoder().decode(opened);
  } catch {
    throw new CrosstrackError({ kind: 'auth', text: 'transfer_passphrase' });
  }
}
