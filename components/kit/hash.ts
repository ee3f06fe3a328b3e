import { effect, type Signal, signal } from '@preact/signals';

/** The address after its `#`, followed for as long as the model lives in which this is called. */
export function followHash(): Signal<string> {
  const hash = signal(location.hash);
  effect(() => {
    const follow = () => {
      hash.value = location.hash;
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  });
  return hash;
}
