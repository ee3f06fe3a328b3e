import { useState } from 'preact/hooks';

/** An input that commits on blur or Enter. Until then re-rendering does not disturb it. */
export function CommittedInput({
  value,
  onCommit,
  ...attributes
}: {
  type: 'number' | 'date';
  name: string;
  value: string;
  'aria-label'?: string;
  step?: string;
  min?: number;
  max?: number;
  placeholder?: string;
  readOnly?: boolean;
  onCommit(input: HTMLInputElement): void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      class="input"
      {...attributes}
      value={typed ?? value}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onChange={({ currentTarget }) => {
        onCommit(currentTarget);
        setTyped(null);
      }}
    />
  );
}
