/** Runs one task at a time, in call order; a failed task does not stop the next. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/** Creates a lock: tasks given to it never overlap. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine;
    return mine;
  };
}
