import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';

/** Items that are drawn at first, and with each press on "Show more". */
const PAGE = 50;

/** The first of a list's items, and the button that shows more of them; null = all are shown. */
export function useFirstOf<T>(
  items: readonly T[],
  name: string,
): { readonly shown: readonly T[]; readonly more: JSX.Element | null } {
  const [count, setCount] = useState(PAGE);
  const more =
    items.length > count ? (
      <button type="button" class="button" name={name} onClick={() => setCount(count + PAGE)}>
        {t('showMore', items.length - count)}
      </button>
    ) : null;
  return { shown: items.slice(0, count), more };
}
