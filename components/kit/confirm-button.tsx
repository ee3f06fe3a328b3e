import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { type Sight, watchSight } from '../../lib/page/sight.ts';
import { isByPerson } from '../../lib/page/trusted.ts';

/** Then a button that is never steady can be pressed all the same, and says why it does nothing. */
const PATIENCE_MS = 1500;

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
  onConfirm(): void;
}) {
  const [refused, setRefused] = useState(false);
  const [armed, setArmed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const sight = useRef<Sight | null>(null);
  useEffect(() => {
    if (!button.current) return;
    const watched = watchSight(button.current, () => setArmed(true));
    const timer = setTimeout(() => setArmed(true), PATIENCE_MS);
    sight.current = watched;
    return () => {
      watched.stop();
      clearTimeout(timer);
    };
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button primary"
        name={name}
        disabled={disabled || !armed}
        onClick={(event) => {
          const person = isByPerson(event, event.currentTarget) && sight.current?.steady() === true;
          setRefused(!person);
          if (person) onConfirm();
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
