import { cleanName, foldName } from './names.ts';
import { finish, type Steps } from './steps.ts';

/** A campaign or offer as matching by name needs it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Proposal<T extends Named> {
  readonly from: Named;
  readonly to: T;
  /**
   * `exact`: the same name; `folded`: the same but for case and separators; both only where nobody
   * else has it. `similar`: never more than a proposal.
   */
  readonly how: 'exact' | 'folded' | 'similar';
  /** 0–1; 1 for the same name. */
  readonly likeness: number;
}

/** Least likeness that is proposed. */
const WORTH_PROPOSING = 0.5;
/** The same letter pairs say a little less than the same words. */
const BY_LETTERS = 0.95;
/** Most proposals for one name. */
const MOST = 5;
/** Names whose likeness is computed, for each name: those that share its rarest parts. */
const CANDIDATES = 20;
/** Parts that more names than this share say little, and cost much. */
const COMMON = 100;
/** Words whose pairs are looked up; more say nothing new. */
const PAIRED_WORDS = 12;

/**
 * Proposes matches in `to` for each of `from`, best first. Looks names up by their parts (words and
 * letter triples), rarest first, and never compares all with all.
 */
export const proposeLinks = <T extends Named>(
  from: readonly Named[],
  to: readonly T[],
): Proposal<T>[] => finish(proposeInSteps(from, to));

/** The same in steps, none of which takes long. */
export function* proposeInSteps<T extends Named>(
  from: readonly Named[],
  to: readonly T[],
): Steps<Proposal<T>[]> {
  const theirs = yield* inBatches(to, (batch) => batch.map((one) => shapeOf(one)));
  const ours = yield* inBatches(from, (batch) => batch.map((one) => shapeOf(one)));
  const exact = groupBy(theirs, ({ clean }) => clean);
  yield;
  const folded = groupBy(theirs, ({ folded: key }) => key);
  yield;
  const ownExact = groupBy(ours, ({ clean }) => clean);
  yield;
  const ownFolded = groupBy(ours, ({ folded: key }) => key);
  yield;
  const index = createIndex<T>();
  yield* inBatches(theirs, index.add);
  const propose = (one: Shape<Named>): Proposal<T>[] => {
    if (one.folded === '') return [];
    const same = exact.get(one.clean) ?? [];
    const alike = folded.get(one.folded) ?? [];
    const sure =
      same.length > 0
        ? same.length === 1 && ownExact.get(one.clean)?.length === 1
        : alike.length === 1 && ownFolded.get(one.folded)?.length === 1;
    const found = sure ? (same[0] ?? alike[0]) : undefined;
    const named: Proposal<T>[] = found
      ? [{ from: one.of, to: found.of, how: same.length > 0 ? 'exact' : 'folded', likeness: 1 }]
      : [];
    // Namesakes are told apart by nobody but the user.
    const near = new Set([...(same.length > 0 ? same : alike).slice(0, MOST), ...index.near(one)]);
    const similar = [...near]
      .filter((other) => other !== found)
      .map((other) => ({ other, likeness: likenessOf(one, other) }))
      .filter(({ likeness }) => likeness >= WORTH_PROPOSING)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, MOST)
      .map(({ other, likeness }): Proposal<T> => {
        return { from: one.of, to: other.of, how: 'similar', likeness };
      });
    return [...named, ...similar];
  };
  return yield* inBatches(ours, (batch) => batch.flatMap(propose));
}

/** Names that are worked on in one step. */
const BATCH = 50;

function* inBatches<A, B>(all: readonly A[], work: (batch: readonly A[]) => B[]): Steps<B[]> {
  const done: B[][] = [];
  for (let at = 0; at < all.length; at += BATCH) {
    done.push(work(all.slice(at, at + BATCH)));
    yield;
  }
  return done.flat();
}

/** Likeness of two names, 0–1: shared words (Dice), and shared letter pairs for typos. */
export const similarity = (a: string, b: string): number =>
  likenessOf(shapeOf({ name: a }), shapeOf({ name: b }));

type Nameable = Pick<Named, 'name'>;

interface Shape<T extends Nameable> {
  readonly of: T;
  readonly clean: string;
  readonly folded: string;
  readonly words: readonly string[];
  /** Pairs of neighbouring UTF-16 units, sorted. */
  readonly pairs: Uint32Array;
  /** Words with a digit, sorted: campaigns of a series differ in them alone. */
  readonly numbers: string;
}

function shapeOf<T extends Nameable>(of: T): Shape<T> {
  const folded = foldName(of.name);
  const words = folded === '' ? [] : folded.split(' ').sort();
  const numbers = words.filter((word) => /\p{N}/u.test(word));
  const pairs = Uint32Array.from(
    { length: Math.max(0, folded.length - 1) },
    (_, at) => folded.charCodeAt(at) * 0x1_00_00 + folded.charCodeAt(at + 1),
  ).sort();
  return { of, clean: cleanName(of.name), folded, words, pairs, numbers: numbers.join(' ') };
}

function likenessOf(a: Shape<Nameable>, b: Shape<Nameable>): number {
  const like = Math.max(dice(a.words, b.words), dice(a.pairs, b.pairs) * BY_LETTERS);
  const otherNumber = a.numbers !== '' && b.numbers !== '' && a.numbers !== b.numbers;
  return otherNumber ? like / 2 : like;
}

/** Sørensen–Dice coefficient of two sorted lists, 0–1. */
function dice<T extends string | number>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  if (a.length + b.length === 0) return 0;
  let [left, right, shared] = [0, 0, 0];
  while (left < a.length && right < b.length) {
    const [one, other] = [a[left] as T, b[right] as T];
    if (one === other) shared++;
    if (one <= other) left++;
    if (other <= one) right++;
  }
  return (2 * shared) / (a.length + b.length);
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Finds names that share rare parts with another. */
function createIndex<T extends Named>() {
  const all: Shape<T>[] = [];
  const holders = new Map<string, number[]>();
  const scores: number[] = [];
  return {
    add(batch: readonly Shape<T>[]): [] {
      for (const one of batch) {
        const at = all.push(one) - 1;
        scores.push(0);
        for (const part of partsOf(one)) {
          const list = holders.get(part);
          if (list) list.push(at);
          else holders.set(part, [at]);
        }
      }
      return [];
    },
    near(one: Shape<Named>): Shape<T>[] {
      const touched: number[] = [];
      for (const part of partsOf(one)) {
        const list = holders.get(part);
        if (!list || list.length > COMMON) continue;
        const weight = part.length / list.length;
        for (const at of list) {
          if (scores[at] === 0) touched.push(at);
          scores[at] = (scores[at] ?? 0) + weight;
        }
      }
      const best = touched
        .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
        .slice(0, CANDIDATES)
        .flatMap((at) => all[at] ?? []);
      for (const at of touched) scores[at] = 0;
      return best;
    },
  };
}

/** Words and pairs of words, and the letter triples that survive a typo. */
function partsOf({ folded, words }: Shape<Named>): Set<string> {
  const parts = new Set<string>();
  for (const word of words) parts.add(` ${word} `);
  const few = words.slice(0, PAIRED_WORDS);
  for (const [at, word] of few.entries()) {
    for (const other of few.slice(at + 1)) parts.add(` ${word} ${other} `);
  }
  for (let at = 0; at + 3 <= folded.length; at++) parts.add(folded.slice(at, at + 3));
  return parts;
}
