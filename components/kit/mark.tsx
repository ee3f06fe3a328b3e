/** Colours that differ in lightness too; white text on each has a contrast of 4.5:1 or more. */
const COLOURS = ['#1d4ed8', '#9a3412', '#a21caf', '#0f766e', '#4d5b16', '#6d28d9', '#b91c1c'];

/** The mark of a connection: its tracker's letter on a colour of its own. */
export function Mark({ initial, name, index }: { initial: string; name: string; index: number }) {
  return (
    <span
      class="mark"
      role="img"
      aria-label={name}
      title={name}
      style={{ '--mark': COLOURS[index % COLOURS.length] }}
    >
      {initial}
    </span>
  );
}
