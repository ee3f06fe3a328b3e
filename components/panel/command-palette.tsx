import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { Name } from '../kit/name.tsx';
import type { PanelAction } from './panel-actions.ts';

const MAX_SHOWN = 24;
const keyText = (key: string) => (key.length === 1 ? key.toUpperCase() : key);

/** Commands and campaigns, searched by parts of their names. */
export function CommandPalette({
  actions,
  offer,
  onClose,
}: {
  actions: readonly PanelAction[];
  /** A command made of what is typed. */
  offer(typed: string): PanelAction | null;
  onClose(): void;
}) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const words = typed.toLowerCase().trim().split(/\s+/);
  const found = actions
    .filter(
      ({ text, searchOnly }) =>
        (typed !== '' || !searchOnly) && words.every((word) => text.toLowerCase().includes(word)),
    )
    .slice(0, MAX_SHOWN);
  const shown = [...found, ...[offer(typed)].filter((one) => one !== null)];
  const run = (action: PanelAction | undefined) => {
    if (!action) return;
    onClose();
    action.run();
  };
  return (
    <div class="overlay" role="dialog" aria-label={t('palette')}>
      <input
        ref={input}
        class="input"
        name="palette"
        role="combobox"
        aria-label={t('palette')}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown[active] ? `palette-${active}` : undefined}
        placeholder={t('palette')}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            setActive(Math.max(0, Math.min(shown.length - 1, active + step)));
            event.preventDefault();
          } else if (event.key === 'Enter') run(shown[active]);
        }}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette')}>
        {shown.map((action, index) => (
          <div
            key={`${index} ${action.text}`}
            ref={(row) => {
              if (index === active) row?.scrollIntoView({ block: 'nearest' });
            }}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => run(action)}
            onKeyDown={() => {}}
          >
            <Name text={action.text} maxLength={44} />
            <span>
              {action.checked && '✓ '}
              {action.key && <kbd>{keyText(action.key)}</kbd>}
            </span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="soft">{t('nothingFound')}</p>}
    </div>
  );
}

/** The panel's keyboard shortcuts. */
export function KeysHelp({
  actions,
  onClose,
}: {
  actions: readonly PanelAction[];
  onClose(): void;
}) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <div class="overlay" role="dialog" aria-label={t('keys')}>
      <h2>{t('keys')}</h2>
      <dl class="keys">
        {actions
          .filter(({ key }) => key !== '')
          .map(({ key, text }) => (
            <div key={key}>
              <dt>
                <kbd>{keyText(key)}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        <div>
          <dt>
            <kbd>Ctrl K</kbd>
          </dt>
          <dd>{t('palette')}</dd>
        </div>
      </dl>
      <p class="small soft">{t('keysNote')}</p>
      <button type="button" class="button" ref={close} onClick={onClose}>
        {t('close')}
      </button>
    </div>
  );
}
