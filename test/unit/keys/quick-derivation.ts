import { vi } from 'vitest';

/**
 * For `beforeEach`: keys are derived from passphrases in one round instead of 600,000. That rounds
 * are what they should be is for the tests of locks and sealed files.
 */
export function quickDerivation(): void {
  const deriveKey = crypto.subtle.deriveKey.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'deriveKey').mockImplementation((algorithm, ...rest) =>
    deriveKey({ ...(algorithm as Pbkdf2Params), iterations: 1 }, ...rest),
  );
}
