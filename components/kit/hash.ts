import { effect, type Signal, signal } from '@preact/signals';

/** The URL hash as a signal, for as long as the surrounding model lives. */
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
