import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { t } from '../../lib/i18n.ts';
import { Name } from './name.tsx';
import { Plot } from './plot.tsx';
import { LineSample } from './sparkline.tsx';

/** One side of a chart. All lists have an item per step that has begun; null = unknown. */
export interface ChartLine {
  readonly id: string;
  readonly name: string;
  readonly badge: ComponentChildren;
  /** A CSS colour. */
  readonly colour: string;
  readonly values: ReadonlyArray<number | null>;
  readonly texts: readonly string[];
  /** The gap to the base; absent for the base itself. */
  readonly gap?: {
    readonly values: ReadonlyArray<number | null>;
    readonly texts: readonly string[];
    readonly marks: readonly ComponentChildren[];
  };
}

/** In CSS px; the names of the steps stand under the lower plot. */
const HEIGHT = { values: 144, gaps: 96 };
/** A larger gap (a ratio) is cut off: beside it, the others would be flat. */
const MOST_GAP = 1;

/**
 * Lines of several sides over days or hours, and under them their gaps to the base. The pointer and the
 * keys ← → Home End move a crosshair; what stands under it is written in the legend and said. The same
 * can be had as a table.
 *
 * @param of.label what the lines show
 * @param of.steps all steps of the axis, those to come too
 * @param of.begun how many of them have begun
 * @param of.running index of the step that is not over yet; null = none
 * @param of.format a figure of the axis, and of the gaps' axis
 */
export function Chart({
  label,
  steps,
  begun,
  running,
  lines,
  format,
  formatGap,
}: {
  label: string;
  steps: readonly string[];
  begun: number;
  running: number | null;
  lines: readonly ChartLine[];
  format(value: number): string;
  formatGap(value: number): string;
}) {
  const draw = useLibrary();
  const hint = useId();
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  /** Was the step chosen by a key? Only then it is said. */
  const [said, setSaid] = useState(false);
  const read = at === null || begun === 0 ? null : Math.min(at, begun - 1);
  const nameOf = (step: number) =>
    step === running ? t('chartRunning', steps[step] ?? '') : (steps[step] ?? '');
  const move = (event: KeyboardEvent) => {
    const last = begun - 1;
    // By the newest step: keys may come faster than they are drawn.
    const steps: Record<string, (from: number | null) => number> = {
      ArrowLeft: (from) => (from ?? begun) - 1,
      ArrowRight: (from) => (from ?? -1) + 1,
      Home: () => 0,
      End: () => last,
    };
    const to = steps[event.key];
    if (!to || last < 0) return;
    event.preventDefault();
    setSaid(true);
    setAt((from) => Math.max(0, Math.min(last, to(from === null ? null : Math.min(from, last)))));
  };
  const hover = (step: number | null) => {
    setSaid(false);
    setAt(step);
  };
  const plot = { draw, steps, at: read, running, onAt: hover };
  // The gap of a step that is not over says little: sides are some minutes apart.
  const gaps = lines.map(({ colour, gap }) =>
    gap
      ? { colour, values: gap.values.map((value, step) => (step === running ? null : value)) }
      : null,
  );
  const hasGaps = gaps.some((gap) => gap !== null);

  return (
    <div class="chart">
      <div class="row small">
        <span class="grow soft" data-step>
          {read === null ? label : `${label} · ${nameOf(read)}`}
        </span>
        <button
          type="button"
          class="link"
          name="as-table"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t('chartAsTable')}
        </button>
      </div>
      {asTable ? (
        <ChartTable label={label} lines={lines} begun={begun} nameOf={nameOf} />
      ) : (
        <>
          <div
            class="plots"
            role="application"
            tabIndex={0}
            aria-label={label}
            aria-describedby={hint}
            onKeyDown={move}
            onBlur={() => hover(null)}
          >
            {plot.draw === null ? (
              <div style={{ blockSize: `${HEIGHT.values + HEIGHT.gaps}px` }} />
            ) : (
              <>
                <Plot
                  {...plot}
                  draw={plot.draw}
                  lines={lines}
                  format={format}
                  height={hasGaps ? HEIGHT.values : HEIGHT.values + HEIGHT.gaps}
                  named={!hasGaps}
                />
                {hasGaps && (
                  <Plot
                    {...plot}
                    draw={plot.draw}
                    lines={gaps}
                    format={formatGap}
                    most={MOST_GAP}
                    height={HEIGHT.gaps}
                  />
                )}
              </>
            )}
          </div>
          <span class="hidden-text" id={hint}>
            {t('chartKeys')}
          </span>
          <ul class="legend small">
            {lines.map(({ id, name, badge, colour, texts, gap }, place) => (
              <li key={id} class="row" data-line={name}>
                <LineSample index={place} colour={colour} />
                {badge}
                <span class="grow">
                  <Name text={name} maxLength={24} />
                </span>
                <b>{read === null ? '' : texts[read]}</b>
                <span class="soft reading-gap">{read === null ? '' : gap?.texts[read]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <span class="hidden-text" role="status">
        {said && read !== null ? spoken(nameOf(read), lines, read) : ''}
      </span>
    </div>
  );
}

/** A step and every side's figure in it, to be said. */
const spoken = (step: string, lines: readonly ChartLine[], at: number): string =>
  [
    step,
    ...lines.map(({ name, texts, gap }) =>
      gap
        ? t('chartSaidGap', name, texts[at] ?? '', gap.texts[at] ?? '')
        : t('chartSaid', name, texts[at] ?? ''),
    ),
  ].join('; ');

/** Fetches uPlot when a chart is first shown, so that nothing else waits for it. */
function useLibrary(): typeof uPlot | null {
  const [library, setLibrary] = useState<{ draw: typeof uPlot } | null>(null);
  useEffect(() => {
    let left = false;
    void import('uplot').then((module) => {
      if (!left) setLibrary({ draw: module.default });
    });
    return () => {
      left = true;
    };
  }, []);
  return library?.draw ?? null;
}

function ChartTable({
  label,
  lines,
  begun,
  nameOf,
}: {
  label: string;
  lines: readonly ChartLine[];
  begun: number;
  nameOf(step: number): string;
}) {
  return (
    <div class="scroll chart-table" role="region" aria-label={label} tabIndex={0}>
      <table class="grid-table">
        <thead>
          <tr>
            <td class="first" />
            {lines.flatMap(({ id, name, badge, gap }) => [
              <th key={id} scope="col">
                <span class="head">
                  {badge} <Name text={name} maxLength={16} />
                </span>
              </th>,
              ...(gap
                ? [
                    <th key={`${id} gap`} scope="col">
                      <abbr title={t('gapOf', name)}>Δ</abbr>
                    </th>,
                  ]
                : []),
            ])}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: begun }, (_, step) => (
            <tr key={nameOf(step)}>
              <th scope="row" class="first">
                {nameOf(step)}
              </th>
              {lines.flatMap(({ id, texts, gap }) => [
                <td key={id}>{texts[step]}</td>,
                ...(gap ? [<td key={`${id} gap`}>{gap.marks[step]}</td>] : []),
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
