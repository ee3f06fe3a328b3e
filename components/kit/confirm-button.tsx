import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { isByPerson, type Sight, seen, type WatchSight } from '../../lib/page/sight.ts';

/** A button still not in plain view by then is enabled, to say on a press why it is refused. */
const ARM_AFTER_MS = 1500;

/** How a surface watches the visibility of its controls. Default: nothing can cover them. */
export const SightContext = createContext<WatchSight>(seen);

/** Confirms a write to a tracker. Accepts only a trusted press on a button in plain view. */
export function ConfirmButton({
  children,
  disabled,
  name,
  onConfirm,
}: {
  children: ComponentChildren;
  disabled?: boolean;
  name: string;
  /** @param at the button's box on its surface, in CSS px */
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
