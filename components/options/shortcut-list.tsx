import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { Shortcut } from './mount.tsx';

/** The browser's shortcuts as they are really assigned. */
export function ShortcutList({ shortcuts }: { shortcuts(): Promise<readonly Shortcut[]> }) {
  const [known, setKnown] = useState<readonly Shortcut[]>([]);
  useEffect(() => void shortcuts().then(setKnown), [shortcuts]);
  if (known.length === 0) return null;
  return (
    <section class="stack">
      <h2>{t('shortcuts')}</h2>
      <dl class="shortcuts">
        {known.map(({ name, description, keys }) => (
          <div key={name} data-command={name}>
            <dt>{description || t('commandPopup')}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="soft">{t('notAssigned')}</span>}</dd>
          </div>
        ))}
      </dl>
      <p class="small soft">{t('shortcutsHint')}</p>
    </section>
  );
}
