import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';
import { deriveKey } from './derive.ts';

const LEAST_LENGTH = 8;

/** A stored data key: encrypted with AES-GCM under a key derived from the passphrase; base64. */
export const lockSchema = z.object({
  salt: z.string(),
  rounds: z.int().check(z.gte(1)),
  iv: z.string(),
  data: z.string(),
});
export type Lock = z.infer<typeof lockSchema>;

/** @throws CrosstrackError `input` for a passphrase that is too short to protect anything. */
export function checkPassphrase(passphrase: string, least = LEAST_LENGTH): void {
  if ([...passphrase].length >= least) return;
  throw new CrosstrackError({
    kind: 'input',
    text: 'problem_passphrase_short',
    values: [String(least)],
  });
}

/** Encrypts a raw data key with a passphrase, bound to its id. */
export async function lockDataKey(
  raw: Uint8Array<ArrayBuffer>,
  passphrase: string,
  id: string,
  rounds: number,
): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await deriveKey(passphrase, salt, rounds);
  const data = await crypto.subtle.encrypt(cipher(iv, id), key, raw);
  return {
    salt: salt.toBase64(),
    rounds,
    iv: iv.toBase64(),
    data: new Uint8Array(data).toBase64(),
  };
}

/** Decrypts the raw data key; null = wrong passphrase. */
export async function unlockDataKey(
  lock: Lock,
  passphrase: string,
  id: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const key = await deriveKey(passphrase, Uint8Array.fromBase64(lock.salt), lock.rounds);
  try {
    const sealed = Uint8Array.fromBase64(lock.data);
    return new Uint8Array(
      await crypto.subtle.decrypt(cipher(Uint8Array.fromBase64(lock.iv), id), key, sealed),
    );
  } catch {
    return null;
  }
}

const cipher = (iv: Uint8Array<ArrayBuffer>, id: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(id),
});
