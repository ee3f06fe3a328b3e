import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';

/** A command of the browser's, as it is really assigned. */
interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** '' = not assigned. */
  readonly keys: string;
}

export interface ShortcutsProps {
  /** The browser's shortcuts as they are really assigned. */
  shortcuts(): Promise<readonly Shortcut[]>;
}

/** The browser's shortcuts as they are really assigned. */
export function ShortcutList({ shortcuts }: ShortcutsProps) {
  return (
    <section class="stack">
      <h2>{t('shortcuts')}</h2>
      <Shortcuts shortcuts={shortcuts} />
      <p class="small soft">{t('shortcutsHint')}</p>
    </section>
  );
}

/** Each command with its keys, or that it has none. */
export function Shortcuts({ shortcuts }: ShortcutsProps) {
  const [known, setKnown] = useState<readonly Shortcut[]>([]);
  useEffect(() => void shortcuts().then(setKnown), [shortcuts]);
  return (
    <dl class="shortcuts">
      {known.map(({ name, description, keys }) => (
        <div key={name} data-command={name}>
          <dt>{description || t('shortcutPopup')}</dt>
          <dd>{keys ? <kbd>{keys}</kbd> : <span class="soft">{t('notAssigned')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
