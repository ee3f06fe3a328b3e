import { hash, randomFrom } from '../simulators/model/random.ts';

/** Draws of a schedule, the same for the same seed. */
export interface Dice {
  /** 0–1. */
  next(): number;
  /** Is it one of that share? */
  chance(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
}

export function diceOf(seed: string): Dice {
  const next = randomFrom(hash(seed));
  return {
    next,
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
  };
}
