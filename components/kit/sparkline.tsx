export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Dash patterns tell the lines apart without colour. */
export const DASHES = ['', '4 2', '1 2', '6 2 1 2'];

const strokeOf = (index: number, colour = index === 0 ? 'var(--accent)' : 'var(--control)') => ({
  fill: 'none',
  stroke: colour,
  'stroke-width': '1.5',
  'stroke-dasharray': DASHES[index % DASHES.length],
});

/** A legend's sample of a line; blank for an index of -1. */
export const LineSample = ({ index, colour }: { index: number; colour?: string }) => (
  <svg class="sample" viewBox="0 0 20 8" aria-hidden="true">
    {index >= 0 && <path d="M0 4H20" {...strokeOf(index, colour)} />}
  </svg>
);

/** Lines on one shared scale. */
export function Sparkline({
  lines,
  label,
  height = 28,
}: {
  lines: readonly Line[];
  label: string;
  height?: number;
}) {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  if (known.length === 0) return null;
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const steps = Math.max(...lines.map(({ values }) => values.length)) - 1;
  const y = (value: number) => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  const path = (values: Line['values']) =>
    values
      .map((value, step) => {
        if (value === null) return '';
        const at = `${((step / (steps || 1)) * 240).toFixed(1)} ${y(value).toFixed(1)}`;
        const [before, after] = [values[step - 1] ?? null, values[step + 1] ?? null];
        if (before !== null) return `L${at}`;
        // One step between gaps would have no length.
        return after === null ? `M${at}m-1 0h2` : `M${at}`;
      })
      .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 240 ${height}`}
      preserveAspectRatio="none"
      style={{ width: '100%', height: `${height}px`, display: 'block' }}
    >
      {lines.map(({ name, values }, index) => (
        <path key={name} d={path(values)} {...strokeOf(index)} vector-effect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
