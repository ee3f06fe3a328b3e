import type { TrackerView } from '../../lib/contract/connections.ts';

/** Colours that differ in lightness too. White text on each has a contrast of at least 4.5:1. */
const COLOURS = ['#1d4ed8', '#9a3412', '#a21caf', '#0f766e', '#4d5b16', '#6d28d9', '#b91c1c'];

/** Colour of a connection's line in a chart, by its position in the user's order. */
export const lineColour = (index: number): string => `var(--line-${(index % COLOURS.length) + 1})`;

/** A connection's badge: its tracker's initial on the connection's own colour. */
export function TrackerBadge({
  tracker,
  label,
  index,
}: {
  tracker: TrackerView | undefined;
  /** Accessible name and tooltip. */
  label: string;
  /** Position of the connection in the user's order; it decides the colour. */
  index: number;
}) {
  return (
    <span
      class="badge"
      role="img"
      aria-label={label}
      title={label}
      style={{ '--badge': COLOURS[index % COLOURS.length] }}
    >
      {tracker?.initial ?? '?'}
    </span>
  );
}
