/**
 * A button with a sign for its text and the label as its accessible name and tooltip. With `reason` it
 * cannot be used, and says why.
 */
export function IconButton({
  name,
  label,
  sign,
  expanded,
  reason,
  onClick,
}: {
  name: string;
  label: string;
  sign: string;
  expanded?: boolean;
  reason?: string | undefined;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class="button quiet"
      name={name}
      title={reason === undefined ? label : `${label}: ${reason}`}
      aria-label={reason === undefined ? label : `${label}: ${reason}`}
      aria-expanded={expanded}
      aria-disabled={reason === undefined ? undefined : true}
      onClick={reason === undefined ? onClick : undefined}
    >
      {sign}
    </button>
  );
}
