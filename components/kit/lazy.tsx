import type { ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ErrorBoundary } from './error-boundary.tsx';
import { Skeletons } from './skeletons.tsx';

/** A component whose code is loaded when it is first drawn, or when `load` is called before. */
export type Lazy<P> = FunctionComponent<P> & { load(): Promise<void> };

/** @param get imports the component; called again after it failed */
export function lazy<P extends object>(get: () => Promise<ComponentType<P>>): Lazy<P> {
  let loaded: ComponentType<P> | null = null;
  const load = async (): Promise<void> => {
    loaded ??= await get();
  };
  const Later = (props: P) => {
    const [failed, setFailed] = useState<{ readonly error: unknown } | null>(null);
    const [done, setDone] = useState(loaded !== null);
    useEffect(() => {
      // Also where it was loaded since it was drawn: nothing else draws it again.
      if (!done) {
        load().then(
          () => setDone(true),
          (error) => setFailed({ error }),
        );
      }
    }, []);
    if (failed) throw failed.error;
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <Skeletons />;
  };
  const Guarded = (props: P) => (
    <ErrorBoundary>
      <Later {...props} />
    </ErrorBoundary>
  );
  return Object.assign(Guarded, { load });
}
