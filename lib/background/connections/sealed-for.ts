import type { Connection } from '../../connections/connection.ts';
import type { SealedFor } from '../../keys/seal.ts';

/** What a connection's key is sealed for. */
export const sealedFor = ({ id, api }: Connection): SealedFor => ({
  connection: id,
  origin: new URL(api).origin,
});

/** A key that waits for its change to be committed is stored beside the one that it will replace. */
export const waitingFor = (of: SealedFor): SealedFor => ({
  ...of,
  connection: `import:${of.connection}`,
});
