/** A button with a sign for its text and the label as its accessible name and tooltip. */
export function IconButton({
  name,
  label,
  sign,
  expanded,
  onClick,
}: {
  name: string;
  label: string;
  sign: string;
  expanded?: boolean;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class="button quiet"
      name={name}
      title={label}
      aria-label={label}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {sign}
    </button>
  );
}
