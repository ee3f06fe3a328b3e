import { CrosstrackError } from '../errors.ts';

/**
 * A key, and in a second line the parameter that some owners want beside it
 * (`name=value`): they are sealed as one text. Keys have one line.
 */
export const splitKey = (sealed: string): { key: string; secret: string } => {
  const [key = '', secret = ''] = sealed.split('\n');
  return { key, secret };
};

/**
 * Both as they are sealed.
 * @throws CrosstrackError `input` when the second does not say which parameter it is
 */
export function joinKey(key: string, typed: string): string {
  const secret = typed.trim();
  if (secret === '') return key;
  if (/^[^\s=&?#]+=.+$/.test(secret)) return `${key}\n${secret}`;
  throw new CrosstrackError({ kind: 'input', text: 'secret_wrong' });
}
