import { useState } from 'preact/hooks';

/** An input that counts when it is left or entered; until then what is typed stays, whatever is drawn anew meanwhile. */
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
