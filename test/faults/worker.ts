import type { OpenDatabase } from '../../lib/store/database.ts';
import type { VirtualTime } from './time.ts';

/** A worker's life: everything that it does outside itself is a step, and any step may be its last. */
export interface Life {
  readonly alive: boolean;
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
  /** Dies at the nth step from now; if that is a request, before or after it has left. */
  dieIn(steps: number, after: boolean): void;
  die(): void;
  /**
   * Wraps what is done outside; a dead worker's call never ends.
   * @param leaves a request, which goes on without the worker
   */
  step<T>(work: () => Promise<T>, leaves?: boolean): Promise<T>;
  /** The database as this worker sees it. What it had not committed when it died is undone, as in a browser. */
  database(of: OpenDatabase): OpenDatabase;
}

const never = <T>(): Promise<T> => new Promise(() => {});

interface LiveTransaction {
  readonly done: Promise<unknown>;
  abort(): void;
}

export function createLife(time: VirtualTime, onDeath: () => void): Life {
  let alive = true;
  const ended = Promise.withResolvers<void>();
  let left = Number.POSITIVE_INFINITY;
  let dieAfter = false;
  const transactions = new Set<LiveTransaction>();

  const die = (): void => {
    if (!alive) return;
    alive = false;
    for (const transaction of transactions) {
      try {
        transaction.abort();
      } catch {
        // Committed by now.
      }
    }
    onDeath();
    ended.resolve();
  };
  /** false = the worker dies here. */
  const count = (): boolean => {
    if (alive && --left < 0) die();
    return alive;
  };
  const step = async <T>(work: () => Promise<T>, leaves = false): Promise<T> => {
    const wasAlive = alive;
    if (!count()) {
      if (wasAlive && leaves && dieAfter) time.busy(work()).catch(() => {});
      return never();
    }
    const done = await time.busy(work()).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (!alive) return never();
    if ('error' in done) throw done.error;
    return done.value;
  };

  /** An object of the database whose methods are steps, as far as they are asynchronous. */
  const wrapped = <T extends object>(of: T, inside: boolean): T =>
    new Proxy(of, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (name === 'store') return wrapped(value as object, true);
        if (typeof value !== 'function') return value;
        return (...input: unknown[]) => {
          if (name === 'transaction') {
            if (!count()) throw new Error('killed');
            const transaction = value.apply(target, input) as LiveTransaction;
            transactions.add(transaction);
            const ended = () => transactions.delete(transaction);
            time.busy(transaction.done).then(ended, ended);
            return wrapped(transaction, true);
          }
          if (name === 'objectStore' || name === 'index') {
            return wrapped(value.apply(target, input) as object, true);
          }
          if (name === 'abort') return value.apply(target, input);
          return inside && alive
            ? within(value.apply(target, input))
            : step(() => value.apply(target, input));
        };
      },
    });
  /** A request of a transaction: counted, but not put off, or the transaction would commit without it. */
  const within = (request: Promise<unknown>): Promise<unknown> => {
    request.catch(() => {});
    return count() ? request.then((value) => (alive ? value : never())) : never();
  };

  return {
    get alive() {
      return alive;
    },
    ended: ended.promise,
    dieIn(steps, after) {
      left = steps;
      dieAfter = after;
    },
    die,
    step,
    database: (of) => async () => wrapped(await of(), false),
  };
}
