/** Runs one task at a time, in the order of the calls; a task that fails does not stop those behind it. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/** A lock for one section of code: tasks given to it never overlap. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine;
    return mine;
  };
}
