import { gammaQuantile } from '../../lib/blacklist/gamma.ts';
import { spendToCut } from '../../lib/blacklist/looks.ts';
import type { Line } from './measure.ts';

/** Colours for light and dark pages. */
const STYLE = `<style>
text { font: 12px system-ui, sans-serif; fill: #333 }
.soft { fill: #777 }
.line { stroke: #ccc }
.ours { fill: #2b7a4b; stroke: #2b7a4b }
.folk { fill: #b3452c; stroke: #b3452c }
.mark { stroke: #111; stroke-width: 2 }
polyline { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .soft { fill: #999 } .line { stroke: #444 } .mark { stroke: #fff }
  .ours { fill: #5cc489; stroke: #5cc489 } .folk { fill: #f08a6b; stroke: #f08a6b }
}
</style>`;

const svg = (width: number, height: number, title: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">\n<title>${title}</title>\n${STYLE}\n${content}\n</svg>\n`;

const text = (x: number, y: number, words: string, anchor = 'start', kind = ''): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}"${kind && ` class="${kind}"`}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;

/** Good placements among those cut: a bar for what is, a mark for what is stated. */
export function pictureOfLines(lines: readonly Line[]): string {
  const cut = lines.filter(
    ({ verdict, looks, outside }) =>
      verdict === 'cut' && looks === 'one' && (outside === null || outside.startsWith('a rule')),
  );
  const [left, scale, row] = [360, 13, 20];
  const height = 40 + cut.length * row;
  const bars = cut.map(({ model, payouts, delayDays, rangeDays, stated, actual, outside }, at) => {
    const y = 30 + at * row;
    const detail = [
      payouts === 'alike' ? '' : payouts,
      delayDays === 0 ? '' : `${delayDays} d, ${rangeDays} days`,
    ].filter((part) => part !== '');
    const mark = left + (stated ?? 0) * scale;
    return [
      text(left - 8, y + 11, [model, ...detail].join(', ').slice(0, 60), 'end'),
      `<rect x="${left}" y="${y + 1}" width="${Math.max(1, actual * scale).toFixed(1)}" height="13" class="${outside === null ? 'ours' : 'folk'}"/>`,
      stated === null
        ? ''
        : `<line x1="${mark}" x2="${mark}" y1="${y - 1}" y2="${y + 16}" class="mark"/>`,
    ].join('');
  });
  const ticks = [0, 5, 10, 15, 20, 25, 30, 35].map((value) => {
    const x = left + value * scale;
    return `<line x1="${x}" x2="${x}" y1="24" y2="${height - 8}" class="line"/>${text(x, 18, `${value} %`, 'middle', 'soft')}`;
  });
  return svg(
    left + 38 * scale,
    height,
    'Good placements among those cut: bars are what is, marks what is stated',
    [...ticks, ...bars].join('\n'),
  );
}

/** Payouts of spend after which a placement is cut at 95 %, by its conversions: at one look, and over all looks. */
export function pictureOfPatience(): string {
  const [left, bottom, across, up] = [50, 262, 48, 10];
  const counts = Array.from({ length: 11 }, (_, k) => k);
  const curve = (spend: (k: number) => number, kind: string) =>
    `<polyline class="${kind}" style="fill:none" points="${counts.map((k) => `${left + k * across},${(bottom - spend(k) * up).toFixed(1)}`).join(' ')}"/>`;
  const marks = [0, 5, 10, 15, 20].map(
    (m) =>
      `<line x1="${left}" x2="${left + 10 * across}" y1="${bottom - m * up}" y2="${bottom - m * up}" class="line"/>${text(left - 8, bottom - m * up + 4, String(m), 'end', 'soft')}`,
  );
  const names = counts.map((k) =>
    text(left + k * across, bottom + 18, String(k), 'middle', 'soft'),
  );
  const one = (k: number) => gammaQuantile(1 + k, 0.95);
  const many = (k: number) => spendToCut(k, 0.95);
  return svg(
    left + 11 * across + 90,
    310,
    'Payouts spent before a cut at 95 %, by conversions',
    [
      ...marks,
      ...names,
      curve(one, 'ours'),
      curve(many, 'folk'),
      text(left + 10 * across + 8, bottom - one(10) * up + 4, 'one look'),
      text(left + 10 * across + 8, bottom - many(10) * up + 4, 'all looks'),
      text(left, 20, 'payouts spent', 'start', 'soft'),
      text(left + 5 * across, bottom + 38, 'conversions', 'middle', 'soft'),
    ].join('\n'),
  );
}
