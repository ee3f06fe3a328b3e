import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { DASHES } from './sparkline.tsx';

/** A line of a plot; null = no point, and a gap in the line. */
export interface PlotLine {
  /** A CSS colour. */
  readonly colour: string;
  readonly values: ReadonlyArray<number | null>;
}

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
/** Room for the figures of the vertical axis, the same in plots that stand one above the other. */
const AXIS_WIDTH = 56;

/**
 * Lines over equal steps, drawn by uPlot. It only draws: what it shows has to be there as text too.
 *
 * @param of.most the furthest from 0 that the vertical axis reaches; a line that goes beyond is cut off
 * @param of.named do the names of the steps stand under it?
 * @param of.at index of the step under the crosshair; null = none
 * @param of.running index of a step that is not over yet, which stands on a band
 */
export function Plot({
  draw: Draw,
  steps,
  lines,
  format,
  height,
  most = Number.POSITIVE_INFINITY,
  named = true,
  at,
  running,
  onAt,
}: {
  draw: typeof uPlot;
  /** Names of the steps; the lines may end before the last. */
  steps: readonly string[];
  /** Each line has the dashes of its place here. */
  lines: ReadonlyArray<PlotLine | null>;
  /** A figure of the vertical axis. */
  format(value: number): string;
  /** In CSS px. */
  height: number;
  most?: number;
  named?: boolean;
  at: number | null;
  running: number | null;
  onAt(at: number | null): void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  /** The newest of these, for a plot that was drawn with older ones. */
  const now = useRef({ format, onAt });
  now.current = { format, onAt };
  const shown = lines.map((line) => line && [line.colour, line.values]);
  const drawn = JSON.stringify([steps, shown, running, height, named]);

  useLayoutEffect(() => {
    const root = host.current;
    if (!root) return;
    const paint = (colour: string) => () => resolved(root, colour);
    const tick = { stroke: paint('var(--line)'), width: 1 };
    const options: uPlot.Options = {
      width: root.clientWidth,
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [-0.5, steps.length - 0.5] },
        y: { range: (_, low, high) => around(low, high, most) },
      },
      axes: [
        {
          stroke: paint('var(--text-soft)'),
          font: FONT,
          size: named ? 24 : 4,
          gap: 2,
          space: 56,
          incrs: [1, 2, 3, 4, 6, 7, 12, 14, 28, 56, 112],
          grid: { show: false },
          ticks: { ...tick, size: 4 },
          values: (_, splits) => splits.map((step) => (named ? (steps[step] ?? '') : '')),
        },
        {
          stroke: paint('var(--text-soft)'),
          font: FONT,
          size: AXIS_WIDTH,
          space: height / 6,
          grid: tick,
          ticks: { show: false },
          values: (_, splits) => splits.map((value) => now.current.format(value)),
        },
      ],
      series: [
        {},
        ...lines.flatMap((line, place) => {
          if (!line) return [];
          const colour = paint(line.colour);
          return {
            stroke: colour,
            width: 2,
            dash: dashOf(place),
            points: { show: true, size: 5, width: 0, fill: colour },
          };
        }),
      ],
      hooks: {
        drawClear: [
          (self) => running !== null && drawBand(self, running, paint('var(--bg-hover)')()),
        ],
        drawAxes: [(self) => drawZero(self, paint('var(--control)')())],
        setCursor: [
          (self) => {
            const { left = -1, idx = null } = self.cursor;
            now.current.onAt(left < 0 ? null : idx);
          },
        ],
      },
    };
    const figures = lines.flatMap((line) =>
      line ? [steps.map((_, step) => line.values[step] ?? null)] : [],
    );
    const self = new Draw(options, [steps.map((_, step) => step), ...figures], root);
    plot.current = self;
    const fit = new ResizeObserver(() => {
      if (root.clientWidth !== self.width) self.setSize({ width: root.clientWidth, height });
    });
    fit.observe(root);
    const themes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
      matchMedia(query),
    );
    const redraw = () => self.redraw();
    for (const theme of themes) theme.addEventListener('change', redraw);
    return () => {
      for (const theme of themes) theme.removeEventListener('change', redraw);
      fit.disconnect();
      self.destroy();
      plot.current = null;
    };
  }, [Draw, drawn]);

  useEffect(() => {
    const self = plot.current;
    if (!self) return;
    const left = at === null ? -10 : self.valToPos(at, 'x');
    self.setCursor({ left, top: at === null ? -10 : 0 }, false);
  }, [at, drawn]);

  return <div class="plot" ref={host} aria-hidden="true" style={{ blockSize: `${height}px` }} />;
}

/** A colour as the canvas takes it: without properties and without two schemes. */
function resolved(root: HTMLElement, colour: string): string {
  root.style.color = colour;
  const plain = getComputedStyle(root).color;
  root.style.color = '';
  return plain;
}

function dashOf(place: number): number[] {
  const dashes = DASHES[place % DASHES.length] ?? '';
  return dashes === '' ? [] : dashes.split(' ').map((length) => Number(length) * 2);
}

/** A range with 0 in it and some room beyond the furthest points, or up to a limit on both sides. */
function around(low: number | null, high: number | null, limit: number): [number, number] {
  const least = Math.max(-limit, Math.min(0, low ?? 0));
  const most = Math.min(limit, Math.max(0, high ?? 0));
  if (least === most) return [0, 1];
  const room = (most - least) * 0.08;
  return [least < 0 ? least - room : 0, most > 0 ? most + room : 0];
}

function drawBand(self: uPlot, step: number, colour: string): void {
  const { ctx, bbox } = self;
  const [from, to] = [step - 0.5, step + 0.5].map((edge) => self.valToPos(edge, 'x', true));
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(from ?? 0, bbox.top, (to ?? 0) - (from ?? 0), bbox.height);
  ctx.restore();
}

function drawZero(self: uPlot, colour: string): void {
  const { ctx, bbox } = self;
  const y = Math.round(self.valToPos(0, 'y', true));
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
