/** PBKDF2 iterations for new passphrases: OWASP's figure for SHA-256 (2023). Sealed data stores its own number, so this one can be raised. */
export const ROUNDS = 600_000;

/** Derives an AES-GCM key from a passphrase: PBKDF2 with SHA-256. */
export async function deriveKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<CryptoKey> {
  // Other systems may compose the same letters differently.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
