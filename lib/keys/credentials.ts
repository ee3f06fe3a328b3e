import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';

/** The credentials of a tracker's API. */
export const credentialsSchema = z.object({
  /** One line. */
  key: z.string(),
  /** A parameter that some tracker owners require besides the key, `name=value`. */
  secret: z.optional(z.string()),
});
export type Credentials = Readonly<z.infer<typeof credentialsSchema>>;

/** Serialises credentials for sealing and for files: one text, with the secret on a second line. */
export const writeCredentials = ({ key, secret }: Credentials): string =>
  secret ? `${key}\n${secret}` : key;

/** Reads what {@link writeCredentials} wrote. */
export function readCredentials(text: string): Credentials {
  const [key = '', secret = ''] = text.split('\n');
  return secret === '' ? { key } : { key, secret };
}

/**
 * Replaces the secret by the typed one, if any.
 * @throws CrosstrackError `input` when it does not name its parameter
 */
export function withSecret(credentials: Credentials, typed: string): Credentials {
  const secret = typed.trim();
  if (secret === '') return credentials;
  if (/^[^\s=&?#]+=.+$/.test(secret)) return { ...credentials, secret };
  throw new CrosstrackError({ kind: 'input', text: 'secret_wrong' });
}
