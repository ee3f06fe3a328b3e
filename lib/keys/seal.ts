import { CrosstrackError, KEY_UNREADABLE } from '../errors.ts';
import { z } from '../zod.ts';

/** A sealed key in `storage.local`: AES-GCM, base64, nothing in the clear. */
export const sealedSchema = z.object({
  v: z.literal(1),
  iv: z.string(),
  data: z.string(),
});
export type Sealed = z.infer<typeof sealedSchema>;

/** What a sealed key is bound to. For another connection or origin it does not open. */
export interface SealedFor {
  readonly connection: string;
  readonly origin: string;
}

function additionalData(of: SealedFor): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([of.connection, of.origin]));
}

/** Seals a text with a fresh 96-bit IV. */
export async function seal(cryptoKey: CryptoKey, text: string, of: SealedFor): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(of) },
    cryptoKey,
    new TextEncoder().encode(text),
  );
  return { v: 1, iv: iv.toBase64(), data: new Uint8Array(data).toBase64() };
}

/** @throws CrosstrackError `auth` when it was changed, moved, or sealed by another browser profile. */
export async function unseal(cryptoKey: CryptoKey, sealed: Sealed, of: SealedFor): Promise<string> {
  try {
    const data = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: Uint8Array.fromBase64(sealed.iv), additionalData: additionalData(of) },
      cryptoKey,
      Uint8Array.fromBase64(sealed.data),
    );
    return new TextDecoder().decode(data);
  } catch {
    throw new CrosstrackError(KEY_UNREADABLE);
  }
}
