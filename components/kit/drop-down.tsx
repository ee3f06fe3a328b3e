import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A button that shows a card below it until Escape, or a click elsewhere. */
export function DropDown({
  name,
  title,
  children,
}: {
  name: string;
  title: ComponentChildren;
  children: ComponentChildren;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => {
      if (details.current) details.current.open = false;
    };
    const onPointer = (event: PointerEvent) => {
      const path = event.composedPath();
      if (details.current?.open && !path.includes(details.current)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return;
      close();
      details.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <details class="drop-down" ref={details} data-menu={name}>
      <summary class="button">{title}</summary>
      <div class="card stack tight">{children}</div>
    </details>
  );
}
