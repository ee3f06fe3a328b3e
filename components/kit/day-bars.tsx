/** One bar of a chart. */
export interface Bar {
  readonly name: string;
  /** null = unknown, which is no bar at all. */
  readonly value: number | null;
  /** The value as shown. */
  readonly text: string;
  /** Is it one of those that the rest is about? */
  readonly strong: boolean;
}

const HEIGHT = 40;

/** Bars on one scale from 0, each with its value on hover; as a table for those who cannot see it. */
export function DayBars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(0, ...bars.map(({ value }) => value ?? 0));
  if (most === 0) return null;
  const heightOf = (value: number | null) =>
    value === null || value <= 0 ? 0 : Math.max(1, (value / most) * (HEIGHT - 1));
  const step = 100 / bars.length;
  return (
    <>
      <svg
        class="day-bars"
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        style={{ blockSize: `${HEIGHT}px` }}
      >
        {bars.map(({ name, value, text, strong }, index) => (
          <g key={name}>
            <title>{`${name}: ${text}`}</title>
            <rect class="hover" x={index * step} y={0} width={step} height={HEIGHT} />
            <rect
              class={strong ? 'strong' : ''}
              x={index * step + step * 0.12}
              y={HEIGHT - heightOf(value)}
              width={step * 0.76}
              height={heightOf(value)}
            />
          </g>
        ))}
        <path d={`M0 ${HEIGHT - 0.5}H100`} />
      </svg>
      {/* The caption of a table that is clipped itself would stay visible in Firefox. */}
      <div class="hidden-text">
        <table>
          <caption>{label}</caption>
          <tbody>
            {bars.map(({ name, text }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
