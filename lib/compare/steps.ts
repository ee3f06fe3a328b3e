/** Work in short steps, so that whoever runs it can do something else in between. */
export type Steps<T> = Generator<undefined, T>;

/** Runs all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
