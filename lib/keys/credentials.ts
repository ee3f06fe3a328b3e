import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';

/** What opens a tracker's API. */
export const credentialsSchema = z.object({
  /** One line. */
  key: z.string(),
  /** A parameter that some owners want beside the key, `name=value`. */
  secret: z.optional(z.string()),
});
export type Credentials = Readonly<z.infer<typeof credentialsSchema>>;

/** As they are sealed and written to files: one text, with the secret in a second line. */
export const writeCredentials = ({ key, secret }: Credentials): string =>
  secret ? `${key}\n${secret}` : key;

/** Reads what {@link writeCredentials} wrote. */
export function readCredentials(text: string): Credentials {
  const [key = '', secret = ''] = text.split('\n');
  return secret === '' ? { key } : { key, secret };
}

/**
 * Adds the secret that was typed, if any, in place of the one that was there.
 * @throws CrosstrackError `input` when it does not say which parameter it is
 */
export function withSecret(credentials: Credentials, typed: string): Credentials {
  const secret = typed.trim();
  if (secret === '') return credentials;
  if (/^[^\s=&?#]+=.+$/.test(secret)) return { ...credentials, secret };
  throw new CrosstrackError({ kind: 'input', text: 'secret_wrong' });
}
