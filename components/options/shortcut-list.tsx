import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';

/** A browser command of the extension. */
interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** '' = not assigned. */
  readonly keys: string;
}

export interface ShortcutsProps {
  /** The shortcuts as actually assigned. */
  shortcuts(): Promise<readonly Shortcut[]>;
}

/** The section of browser shortcuts. */
export function ShortcutList({ shortcuts }: ShortcutsProps) {
  return (
    <section class="stack">
      <h2>{t('shortcuts')}</h2>
      <Shortcuts shortcuts={shortcuts} />
      <p class="small soft">{t('shortcutsHint')}</p>
    </section>
  );
}

/** Each command with its shortcut, if it has one. */
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
