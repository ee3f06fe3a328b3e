import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Previewed } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { type Problem, problemOf } from '../../lib/errors.ts';

/** The preview of one update, or why there is none. */
export type PreviewResult =
  | { readonly previewed: Previewed; readonly problem: null }
  | { readonly previewed: null; readonly problem: Problem };

/** Previews of the wanted updates, each by a name. One that is still to come is missing. */
export interface Previews {
  readonly results: ReadonlySignal<ReadonlyMap<string, PreviewResult>>;
  /** Asks now what would wait for further typing. */
  hurry(): void;
  /** Asks for all once more. */
  retry(): void;
}

const DEBOUNCE_MS = 250;

interface Asking {
  /** The update as JSON: what has not changed is not asked again. */
  readonly key: string;
  ask(): void;
  stop(): void;
}

/**
 * Keeps the previews of changing updates. A preview is asked for once its update has stayed the same
 * for a moment; a newer update cancels it. To be called while a model is created: it ends with it.
 */
export function watchPreviews(
  wanted: ReadonlySignal<ReadonlyMap<string, CostUpdate>>,
  ask: (update: CostUpdate, signal: AbortSignal) => Promise<Previewed>,
): Previews {
  const asked = new Map<string, Asking>();
  const results = signal<ReadonlyMap<string, PreviewResult>>(new Map());
  const attempt = signal(0);

  const put = (name: string, result: PreviewResult | null) => {
    const next = new Map(results.peek());
    if (result) next.set(name, result);
    else next.delete(name);
    results.value = next;
  };
  const drop = (name: string) => {
    asked.get(name)?.stop();
    asked.delete(name);
    if (results.peek().has(name)) put(name, null);
  };
  const start = (name: string, update: CostUpdate, key: string) => {
    const { signal: stopped, abort } = abortable();
    let begun = false;
    const begin = () => {
      if (begun || stopped.aborted) return;
      begun = true;
      clearTimeout(timer);
      ask(update, stopped).then(
        (previewed) => {
          if (!stopped.aborted) put(name, { previewed, problem: null });
        },
        (error: unknown) => {
          if (!stopped.aborted) put(name, { previewed: null, problem: problemOf(error) });
        },
      );
    };
    const timer = setTimeout(begin, DEBOUNCE_MS);
    const stop = () => {
      clearTimeout(timer);
      abort();
    };
    asked.set(name, { key, ask: begin, stop });
  };

  effect(() => {
    const updates = wanted.value;
    for (const name of [...asked.keys()]) if (!updates.has(name)) drop(name);
    for (const [name, update] of updates) {
      const key = JSON.stringify([attempt.value, update]);
      if (asked.get(name)?.key === key) continue;
      drop(name);
      start(name, update, key);
    }
  });
  effect(() => () => {
    for (const { stop } of asked.values()) stop();
  });

  return {
    results,
    hurry() {
      for (const each of asked.values()) each.ask();
    },
    retry() {
      attempt.value += 1;
    },
  };
}

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
