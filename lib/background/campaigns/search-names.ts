import { foldName } from '../../compare/names.ts';
import { type Named, proposeLinks } from '../../compare/proposals.ts';
import type { Found } from '../../contract/links.ts';

/** Most names of an answer. */
const LISTED = 20;

/**
 * The names that contain a text, or the id that it is. Without a text, names like another one come
 * first.
 */
export function searchNames(all: readonly Named[], text: string, like: string): Found {
  const wanted = foldName(text);
  const found =
    wanted === ''
      ? sorted(all, like)
      : all.filter(({ id, name }) => id === text.trim() || foldName(name).includes(wanted));
  return {
    found: found.slice(0, LISTED).map(({ id, name }) => ({ id, name })),
    more: Math.max(0, found.length - LISTED),
  };
}

function sorted(all: readonly Named[], like: string): readonly Named[] {
  const near = proposeLinks([{ id: '', name: like }], all).map(({ to }) => to);
  return [...near, ...all.filter((one) => !near.includes(one))];
}
