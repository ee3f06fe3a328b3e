import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';

/** A key as it lies in `storage.local`: AES-GCM, base64, nothing in clear. */
export const sealedSchema = z.object({
  v: z.literal(1),
  iv: z.string(),
  data: z.string(),
});
export type Sealed = z.infer<typeof sealedSchema>;

/** What a sealed key is bound to: moved to another connection or origin it does not open. */
export interface SealedFor {
  readonly connection: string;
  readonly origin: string;
}

function additionalData(of: SealedFor): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([of.connection, of.origin]));
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Seals a key with a fresh 96-bit IV. */
export async function seal(cryptoKey: CryptoKey, key: string, of: SealedFor): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(of) },
    cryptoKey,
    new TextEncoder().encode(key),
  );
  return { v: 1, iv: toBase64(iv), data: toBase64(new Uint8Array(data)) };
}

/** @throws CrosstrackError `auth` when it was changed, moved, or sealed by another browser profile. */
export async function unseal(cryptoKey: CryptoKey, sealed: Sealed, of: SealedFor): Promise<string> {
  try {
    const data = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(sealed.iv), additionalData: additionalData(of) },
      cryptoKey,
      fromBase64(sealed.data),
    );
    return new TextDecoder().decode(data);
  } catch {
    throw new CrosstrackError({ kind: 'auth', text: 'problem_key_unreadable' });
  }
}
