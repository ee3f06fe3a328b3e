import { useEffect, useState } from 'preact/hooks';
import { locale } from '../../lib/i18n.ts';
import { formatSince } from '../../lib/report/format.ts';

/** A relative time that updates itself. `at` in epoch ms. */
export function Age({ at, now }: { at: number; now: () => number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString(locale())}>
      {formatSince(at, now(), locale())}
    </time>
  );
}
