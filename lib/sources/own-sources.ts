import { foldName } from '../compare/names.ts';
import { formats, type SourceFormat } from './formats.ts';
import { idsOf } from './id-rules.ts';
import { LONGEST, LONGEST_NAME, SIGNS } from './own-source-limits.ts';
import type { OwnSource } from './own-source-schema.ts';

export type { OwnSource } from './own-source-schema.ts';

/** A source as its form has it. */
export type OwnSourceDraft = Omit<OwnSource, 'shortest' | 'longest' | 'perList'> &
  Readonly<Record<'shortest' | 'longest' | 'perList', string>>;

export const NEW_SOURCE: OwnSourceDraft = {
  id: '',
  name: '',
  digits: true,
  letters: false,
  signs: '',
  shortest: '1',
  longest: '20',
  separator: 'newline',
  perList: '',
};

export const draftOf = (source: OwnSource): OwnSourceDraft => ({
  ...source,
  shortest: String(source.shortest),
  longest: String(source.longest),
  perList: source.perList === null ? '' : String(source.perList),
});

/** A field of the form that cannot be used, and why. */
export type OwnSourceError =
  | { readonly field: 'name'; readonly why: 'missing' | 'taken' | 'long' }
  | { readonly field: 'characters'; readonly why: 'none' }
  | { readonly field: 'signs'; readonly why: 'refused'; readonly signs: string }
  | { readonly field: 'length'; readonly why: 'range' }
  | { readonly field: 'perList'; readonly why: 'range' };

/**
 * Reads a form.
 * @param others the sources there are; one with the draft's id is replaced
 */
export function readOwnSource(
  draft: OwnSourceDraft,
  others: readonly OwnSource[],
): { readonly source: OwnSource } | { readonly errors: readonly OwnSourceError[] } {
  const name = draft.name.trim();
  const folded = foldName(name);
  const signs = [...new Set(draft.signs.replace(/\s+/g, ''))];
  const refused = signs.filter((sign) => !SIGNS.test(sign));
  const [shortest, longest] = [wholeNumber(draft.shortest), wholeNumber(draft.longest)];
  const perList = draft.perList.trim() === '' ? null : wholeNumber(draft.perList);
  const taken = others.some((one) => one.id !== draft.id && foldName(one.name) === folded);
  const errors: OwnSourceError[] = [
    ...(folded === '' ? [{ field: 'name', why: 'missing' } as const] : []),
    ...(taken ? [{ field: 'name', why: 'taken' } as const] : []),
    ...(name.length > LONGEST_NAME ? [{ field: 'name', why: 'long' } as const] : []),
    ...(draft.digits || draft.letters ? [] : [{ field: 'characters', why: 'none' } as const]),
    ...(refused.length > 0
      ? [{ field: 'signs', why: 'refused', signs: refused.join(' ') } as const]
      : []),
    ...(shortest >= 1 && longest >= shortest && longest <= LONGEST
      ? []
      : [{ field: 'length', why: 'range' } as const]),
    ...(perList === null || (perList >= 1 && perList <= 10_000_000)
      ? []
      : [{ field: 'perList', why: 'range' } as const]),
  ];
  if (errors.length > 0) return { errors };
  const id = draft.id || idFor(folded, others);
  return { source: { ...draft, id, name, signs: signs.join(''), shortest, longest, perList } };
}

const wholeNumber = (text: string): number =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;

function idFor(folded: string, others: readonly OwnSource[]): string {
  const id = `own-${folded.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`;
  const taken = (one: string) => others.some((other) => other.id === one);
  let number = 2;
  if (!taken(id)) return id;
  while (taken(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

/** The sources with one more, which replaces the one of its id. */
export const withSource = (sources: readonly OwnSource[], added: OwnSource): OwnSource[] =>
  sources.some(({ id }) => id === added.id)
    ? sources.map((one) => (one.id === added.id ? added : one))
    : [...sources, added];

const formatOf = (source: OwnSource): SourceFormat => ({
  id: source.id,
  name: source.name,
  rules: [idsOf(source)],
  separator: source.separator,
  sure: true,
  perList: source.perList,
  most: null,
  notes: [],
});

/** All formats to choose from: the user's own sources, the known ones, and the general one. */
export const formatsWith = (own: readonly OwnSource[]): SourceFormat[] => [
  ...own.map(formatOf),
  ...formats,
];

/**
 * The user's own source that a tracker's source is, by its name in whole words: "MyNet" for
 * "MyNet | DE". Of several, the longest name.
 */
export function ownSourceOf(name: string, own: readonly OwnSource[]): OwnSource | null {
  const words = ` ${foldName(name)} `;
  const [found = null] = own
    .filter((one) => words.includes(` ${foldName(one.name)} `))
    .sort((a, b) => b.name.length - a.name.length);
  return found;
}
