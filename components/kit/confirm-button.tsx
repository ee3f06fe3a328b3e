import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { isByPerson, type Sight, seen, type WatchSight } from '../../lib/page/sight.ts';

/** Then a button that is never steady can be pressed all the same, and says why it does nothing. */
const ARM_AFTER_MS = 1500;

/** How a surface knows that its controls can be seen. Default: nobody else can cover them. */
export const SightContext = createContext<WatchSight>(seen);

/** A button for acts that change a tracker: only a person who can see it can press it. */
export function ConfirmButton({
  children,
  disabled,
  name,
  onConfirm,
}: {
  children: ComponentChildren;
  disabled?: boolean;
  name: string;
  /** @param at where the button is on its surface, in CSS px */
  onConfirm(at: Box): void;
}) {
  const watchSight = useContext(SightContext);
  const [refused, setRefused] = useState(false);
  const [armed, setArmed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const sight = useRef<Sight | null>(null);
  useEffect(() => {
    if (!button.current) return;
    const watched = watchSight(button.current, () => setArmed(true));
    const timer = setTimeout(() => setArmed(true), ARM_AFTER_MS);
    sight.current = watched;
    return () => {
      watched.stop();
      clearTimeout(timer);
    };
  }, [watchSight]);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button primary"
        name={name}
        disabled={disabled || !armed}
        onClick={(event) => {
          const at = isByPerson(event, event.currentTarget) ? sight.current?.steady() : null;
          setRefused(!at);
          if (at) onConfirm(at);
        }}
      >
        {children}
      </button>
      {refused && (
        <p class="small loss" role="alert">
          {t('confirmRefused')}
        </p>
      )}
    </>
  );
}
