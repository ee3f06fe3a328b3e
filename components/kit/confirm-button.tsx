import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { isByPerson } from '../../lib/page/trusted.ts';

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
  return (
    <>
      <button
        type="button"
        class="button primary"
        name={name}
        disabled={disabled}
        onClick={(event) => {
          const person = isByPerson(event, event.currentTarget);
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
