import { CrosstrackError } from '../errors.ts';
import type { Paths } from './connection.ts';

/**
 * What of the typed paths is not as the tracker has them by itself, without the slashes round it.
 * @param usual undefined = this tracker's paths cannot be renamed
 * @throws CrosstrackError `input` with the first that is more than a path, or leads upwards.
 */
export function ownPaths(usual: Required<Paths> | undefined, typed: Paths = {}): Paths {
  const own: { -readonly [Which in keyof Paths]: Paths[Which] } = {};
  for (const which of ['login', 'click'] as const) {
    const path = (typed[which] ?? '').trim().replace(/^\/+|\/+$/g, '');
    if (!usual || path === '' || path === usual[which]) continue;
    if (/[\s?#:\\]|\/\/|(^|\/)\./.test(path)) {
      throw new CrosstrackError({
        kind: 'input',
        reason: 'path',
        text: 'path_wrong',
        values: [typed[which] ?? ''],
      });
    }
    own[which] = path;
  }
  return own;
}
