/** A campaign or offer as matching by name needs it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Proposal<T extends Named> {
  readonly from: Named;
  readonly to: T;
  /** `id`: same id; `name`: same normalised name, and only one has it; `similar`: only ever a proposal. */
  readonly how: 'id' | 'name' | 'similar';
  /** 0–1; 1 for the same name. */
  readonly likeness: number;
}

/**
 * Normalises a name for comparison: folds compatibility forms and case, removes bidi and other
 * invisible characters, and turns punctuation and whitespace into single spaces.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}

/** Similarity of two names, 0–1: shared words (Dice), and shared letter pairs for typos. */
export function similarity(a: string, b: string): number {
  const [left, right] = [normaliseName(a), normaliseName(b)];
  if (left === right) return left === '' ? 0 : 1;
  return Math.max(
    dice(left.split(' '), right.split(' ')),
    dice(pairsOf(left), pairsOf(right)) * 0.95,
  );
}

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

function dice(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const left = new Map<string, number>();
  for (const part of a) left.set(part, (left.get(part) ?? 0) + 1);
  let shared = 0;
  for (const part of b) {
    const count = left.get(part) ?? 0;
    if (count > 0) {
      shared += 1;
      left.set(part, count - 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
}

/** Least similarity at which a match is proposed. */
const WORTH_PROPOSING = 0.5;

/**
 * Proposes matches in `to` for each of `from`, best first. Candidates that share a normalised name
 * are ambiguous, so they are only `similar`.
 */
export function proposeLinks<T extends Named>(
  from: readonly Named[],
  to: readonly T[],
): Proposal<T>[] {
  const byName = new Map<string, T[]>();
  for (const one of to) {
    const key = normaliseName(one.name);
    if (key !== '') byName.set(key, [...(byName.get(key) ?? []), one]);
  }
  return from.flatMap((one) => {
    const same = byName.get(normaliseName(one.name)) ?? [];
    const sure = same.length === 1;
    const named = same.map(
      (match): Proposal<T> => ({
        from: one,
        to: match,
        how: sure ? 'name' : 'similar',
        likeness: 1,
      }),
    );
    const similar = to
      .filter((other) => !same.includes(other))
      .map(
        (other): Proposal<T> => ({
          from: one,
          to: other,
          how: 'similar',
          likeness: similarity(one.name, other.name),
        }),
      )
      .filter(({ likeness }) => likeness >= WORTH_PROPOSING)
      .sort((a, b) => b.likeness - a.likeness);
    return [...named, ...similar];
  });
}
