import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

/** How the stored keys are protected. */
export interface KeysState {
  /** Is there a passphrase? */
  readonly passphrase: boolean;
  readonly locked: boolean;
  /** Minutes without use after which keys lock; 0 = only when the browser closes. */
  readonly idleMinutes: number;
  /** Milliseconds until another passphrase may be tried; 0 = now. */
  readonly retryAfterMs: number;
}

export const passphrase = z.string().check(z.maxLength(1000));

/** The passphrase over the keys; only the extension's own pages may call these. */
export const keyCalls = {
  'keys.state': call({
    input: nothing,
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.setPassphrase': call({
    input: z.object({ passphrase }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.changePassphrase': call({
    input: z.object({ passphrase, next: passphrase }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.removePassphrase': call({
    input: z.object({ passphrase }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.unlock': call({
    input: z.object({ passphrase }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.lock': call({
    input: nothing,
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.forget': call({
    input: nothing,
    from: ['extension'],
    beforePolicy: true,
  }).returns<KeysState>(),
  'keys.idle': call({
    input: z.object({ minutes: z.int().check(z.gte(0), z.lte(1440)) }),
    from: ['extension'],
    invalidates: ['keys.state'],
    beforePolicy: true,
  }).returns<KeysState>(),
};
