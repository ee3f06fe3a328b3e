/**
 * Undoes what was started, last to first, going on after a failure; empties the list, so that a
 * second call does nothing.
 */
export async function unwind(undo: (() => unknown)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch {
      // What is gone already cannot be ended again; the rest still has to be.
    }
  }
}
