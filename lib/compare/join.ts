import { type Metrics, sumMetrics } from '../report/metrics.ts';
import type { Member } from './links.ts';
import { cleanName, foldName } from './names.ts';
import type { Rejection } from './rejections.ts';

/** One side of a comparison: the campaigns of a connection. */
export interface Side {
  readonly connection: string;
  /** ISO 4217 code; money is compared only between sides of one currency. */
  readonly currency: string;
  readonly rows: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly metrics: Metrics;
    readonly written?: readonly string[];
  }>;
}

export interface Cell {
  readonly id: string;
  readonly name: string;
  readonly metrics: Metrics;
  /** Its ids in this side's reports, where `id` is a form that is common to all sides. */
  readonly written?: readonly string[];
  /** Further campaigns of this side that a link holds; `metrics` is the sum of all. */
  readonly also?: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

/** All ids of a cell, as this side's reports have them. */
export const idsIn = ({ id, also = [], written }: Cell): readonly string[] =>
  written ?? [id, ...also.map((one) => one.id)];

/** How a row came together; `alone`: only one side has it. */
const JOINED_BY = ['alone', 'folded', 'exact', 'link'] as const;
export type JoinedBy = (typeof JOINED_BY)[number];

export interface JoinedRow {
  /** Stays the same when sides change their order. */
  readonly key: string;
  /** Name on the first side that has the campaign. */
  readonly name: string;
  readonly by: JoinedBy;
  /** Do its trackers share the traffic, each with a part of its own? Absent: the same events. */
  readonly split?: true;
  /** One cell per side, in the order of the sides; null = not on that side. */
  readonly cells: ReadonlyArray<Cell | null>;
}

/** Campaigns that belong together, whatever their names. */
export interface Joining {
  readonly id: string;
  readonly members: ReadonlyArray<Pick<Member, 'connection' | 'campaignId'>>;
  /** See `JoinedRow`. */
  readonly split?: true | undefined;
}

/**
 * Joins the campaigns of all sides (at most 31): by links, then by the same name, then by names that
 * differ only in case and separators. A name joins the sides that have it once; what a link has
 * joined takes further sides in by name, but never a second campaign of a side. Of those that would
 * give a row two of a side, none is joined, so the order of the sides decides nothing.
 * What shares the traffic by a link takes nothing in by name: nobody knows whether that would be one
 * more part of it, or the same as one of them.
 * Names never join two that the user said are not the same, nor a third of which nobody knows to which of
 * the two it belongs.
 * @param rejected of the kind of the rows, like the links
 */
export function joinSides(
  sides: readonly Side[],
  links: readonly Joining[],
  rejected: readonly Rejection[] = [],
): JoinedRow[] {
  const groups = new Groups(sides);
  groups.tellApart(rejected);
  groups.joinLinks(links);
  const exact = groups.bearers();
  groups.joinNames('exact', exact);
  groups.joinNames('folded', folded(exact));
  return groups.rows();
}

/** The rows that bear a name, one for each side; `NONE` or `SEVERAL` where it is not one. */
type Bearers = readonly number[];
const NONE = -1;
const SEVERAL = -2;

/** Bearers of names that are the same but for how they are written, from those of exact names. */
function folded(exact: ReadonlyMap<string, Bearers>): Map<string, Bearers> {
  const found = new Map<string, Bearers>();
  for (const [name, of] of exact) {
    const key = foldName(name);
    const known = found.get(key);
    found.set(key, known ? known.map((row, side) => bothBearers(row, of[side] ?? NONE)) : of);
  }
  return found;
}

const bothBearers = (a: number, b: number): number => (a === NONE ? b : b === NONE ? a : SEVERAL);

/** Disjoint sets of the rows of all sides, each row by its number over all sides. */
class Groups {
  readonly #sides: readonly Side[];
  readonly #starts: readonly number[];
  readonly #parent: Int32Array;
  /** Of a root: a bit for each side that its group has. */
  readonly #mask: Int32Array;
  /** Of a root: index in `JOINED_BY`. */
  readonly #by: Uint8Array;
  readonly #keys = new Map<number, string>();
  /** Groups that share the traffic; names leave them as links made them. */
  readonly #split = new Set<number>();
  /** Of a root: rows that names do not join its group with. */
  readonly #told = new Map<number, readonly number[]>();

  constructor(sides: readonly Side[]) {
    let count = 0;
    this.#sides = sides;
    this.#starts = sides.map(({ rows }) => {
      count += rows.length;
      return count - rows.length;
    });
    this.#parent = Int32Array.from({ length: count }, (_, row) => row);
    this.#mask = new Int32Array(count);
    this.#by = new Uint8Array(count);
    sides.forEach(({ rows }, side) => {
      const start = this.#starts[side] ?? 0;
      this.#mask.fill(1 << side, start, start + rows.length);
    });
  }

  tellApart(rejected: readonly Rejection[]): void {
    for (const [, rows] of this.#rowsOf(rejected)) {
      for (const row of rows) {
        const others = rows.filter((other) => other !== row);
        this.#tell(row, others);
      }
    }
  }

  joinLinks(links: readonly Joining[]): void {
    const split: number[] = [];
    for (const [link, [first, ...more]] of this.#rowsOf(links)) {
      // With one campaign there, the link joins nothing.
      for (const row of more) this.#join(first ?? row, row, 'link', `link:${link.id}`);
      if (link.split && first !== undefined) split.push(first);
    }
    for (const row of split) this.#split.add(this.#root(row));
  }

  /** Bearers of each name. */
  bearers(): Map<string, Bearers> {
    const sides = this.#sides.length;
    const found = new Map<string, number[]>();
    this.#each((row, { name }, _, side) => {
      const key = cleanName(name);
      let of = found.get(key);
      if (!of) {
        of = Array<number>(sides).fill(NONE);
        found.set(key, of);
      }
      of[side] = bothBearers(of[side] ?? NONE, row);
    });
    return found;
  }

  joinNames(by: 'exact' | 'folded', bearers: ReadonlyMap<string, Bearers>): void {
    // What a link joined bears several names: of these, the first in the alphabet comes first.
    const tied: Array<[key: string, of: readonly number[]]> = [];
    for (const [key, of] of bearers) {
      if (key === '' || this.#isOne(of)) continue;
      const roots = this.#rootsOf(of);
      if (roots.some((root) => this.#isLinked(root))) tied.push([key, of]);
      else this.#joinAll(this.#apart(roots, 0), by, key);
    }
    for (const [key, of] of tied.sort(([a], [b]) => (a < b ? -1 : 1))) {
      const roots = this.#rootsOf(of);
      const byLink = roots.filter((root) => this.#isLinked(root));
      const linked = this.#apart(byLink, 0);
      const taken = linked.reduce((mask, root) => mask | this.#maskOf(root), 0);
      const others = roots.filter((root) => !this.#isLinked(root));
      this.#joinAll([...linked, ...this.#apart(others, taken)], by, key);
    }
  }

  /** Are some rows one group already, as most are after their exact names? */
  #isOne(rows: readonly number[]): boolean {
    let one = -1;
    for (const row of rows) {
      if (row < 0) continue;
      const root = this.#root(row);
      if (one >= 0 && root !== one) return false;
      one = root;
    }
    return true;
  }

  /** Groups of some rows that names may join; negative numbers are none. */
  #rootsOf(rows: readonly number[]): number[] {
    const roots = rows.filter((row) => row >= 0).map((row) => this.#root(row));
    return roots.filter((root, at) => roots.indexOf(root) === at && !this.#split.has(root));
  }

  /** Those groups that share no side with another of them, nor with the sides that are taken. */
  #apart(roots: readonly number[], taken: number): number[] {
    let [seen, shared] = [taken, 0];
    for (const root of roots) {
      shared |= seen & this.#maskOf(root);
      seen |= this.#maskOf(root);
    }
    return roots.filter((root) => (this.#maskOf(root) & shared) === 0);
  }

  #isLinked(row: number): boolean {
    return this.#byOf(row) === 'link';
  }

  #joinAll(roots: readonly number[], by: JoinedBy, name: string): void {
    const key = `name:${name}`;
    for (const [first, ...more] of this.#agreeing(roots)) {
      for (const root of more) this.#join(first ?? root, root, by, key);
    }
  }

  /** Those groups that nothing tells apart, directly or by way of another one. */
  #agreeing(roots: readonly number[]): ReadonlyArray<readonly number[]> {
    if (!roots.some((root) => this.#told.has(root))) return [roots];
    let parts: ReadonlyArray<readonly number[]> = [];
    for (const root of roots) {
      const { near = [], far = [] } = Object.groupBy(parts, (part) =>
        part.some((one) => !this.#areApart(one, root)) ? 'near' : 'far',
      );
      parts = [...far, [...near.flat(), root]];
    }
    return parts.filter((part) =>
      part.every((one) => part.every((other) => !this.#areApart(one, other))),
    );
  }

  rows(): JoinedRow[] {
    const found = new Map<number, JoinedRow & { readonly cells: (Cell | null)[] }>();
    this.#each((row, cell, { connection }, side) => {
      const root = this.#root(row);
      let group = found.get(root);
      if (!group) {
        const made = {
          key: this.#keys.get(root) ?? `one:${connection}\n${cell.id}`,
          name: cell.name,
          by: this.#byOf(row),
          cells: Array<Cell | null>(this.#sides.length).fill(null),
        };
        group = this.#split.has(root) ? { ...made, split: true } : made;
        found.set(root, group);
      }
      const known = group.cells[side];
      group.cells[side] = known ? bothOf(known, cell) : cell;
    });
    return [...found.values()];
  }

  /** Each record with the rows of its members that there are. */
  #rowsOf<T extends Pick<Joining, 'members'>>(records: readonly T[]): Array<[T, number[]]> {
    if (records.length === 0) return [];
    const rowOf = new Map<string, number>();
    this.#each((row, { id }, side) => rowOf.set(`${side.connection}\n${id}`, row));
    return records.map((record) => [
      record,
      record.members.flatMap(
        ({ connection, campaignId }) => rowOf.get(`${connection}\n${campaignId}`) ?? [],
      ),
    ]);
  }

  /** Names are not to join a group with some rows. */
  #tell(root: number, apart: readonly number[]): void {
    this.#told.set(root, [...(this.#told.get(root) ?? []), ...apart]);
  }

  #areApart(a: number, b: number): boolean {
    const root = this.#root(b);
    return this.#told.get(this.#root(a))?.some((row) => this.#root(row) === root) ?? false;
  }

  #each(visit: (row: number, cell: Cell, side: Side, at: number) => void): void {
    this.#sides.forEach((side, at) => {
      const start = this.#starts[at] ?? 0;
      side.rows.forEach((cell, index) => {
        visit(start + index, cell, side, at);
      });
    });
  }

  #root(row: number): number {
    let root = row;
    for (let next = this.#above(root); next !== root; next = this.#above(root)) root = next;
    this.#parent[row] = root;
    return root;
  }

  #above(row: number): number {
    return this.#parent[row] ?? row;
  }

  #maskOf(row: number): number {
    return this.#mask[this.#root(row)] ?? 0;
  }

  #byOf(row: number): JoinedBy {
    return JOINED_BY[this.#by[this.#root(row)] ?? 0] ?? 'alone';
  }

  /** Joins two groups; the strongest way in which either came together gives the key. */
  #join(a: number, b: number, by: JoinedBy, key: string): void {
    const [left, right] = [this.#root(a), this.#root(b)];
    const [leftBy, rightBy] = [this.#by[left] ?? 0, this.#by[right] ?? 0];
    const made = Math.max(JOINED_BY.indexOf(by), leftBy, rightBy);
    const leftKey = leftBy === made ? this.#keys.get(left) : undefined;
    const rightKey = rightBy === made ? this.#keys.get(right) : undefined;
    const known =
      rightKey === undefined || (leftKey !== undefined && leftKey < rightKey) ? leftKey : rightKey;
    this.#parent[right] = left;
    this.#mask[left] = (this.#mask[left] ?? 0) | (this.#mask[right] ?? 0);
    this.#by[left] = made;
    this.#keys.set(left, known ?? key);
    const told = this.#told.get(right);
    if (told) this.#tell(left, told);
  }
}

function bothOf(known: Cell, more: Cell): Cell {
  const also = [...(known.also ?? []), { id: more.id, name: more.name }];
  return { ...known, metrics: sumMetrics([known.metrics, more.metrics]), also };
}

/**
 * Sorts rows by a value, stably; unknown values come last in either direction.
 * @param keyOf number or text to sort a row by; null = unknown
 */
export function sortRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => number | string | null,
  descending: boolean,
): T[] {
  const sign = descending ? -1 : 1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  return rows
    .map((row) => ({ row, value: keyOf(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
      return sign * collator.compare(String(a), String(b));
    })
    .map(({ row }) => row);
}
