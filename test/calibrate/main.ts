import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureManyLooks } from './many-looks.ts';
import { type Line, measure, measureFolk, SEED } from './measure.ts';
import { pictureOfLines, pictureOfPatience } from './pictures.ts';
import { CASES } from './worlds.ts';

/**
 * `npm run calibrate`: of what is cut (or kept) in simulated campaigns, how much is wrong, beside what
 * the verdicts themselves state, and beside rules of thumb. Always the same, on every machine.
 *
 * Ends with an error when more is wrong than stated, by over two points, in a line that is not marked
 * `outside`. `--write` renews the table and the pictures of docs/verdicts.md. `--seed 7` draws other
 * campaigns, and words without a dash measure only the cases whose names have one of them. The last line
 * is one JSON list of all lines.
 */
const DOCS = join(import.meta.dirname, '../../docs');
const PLACEMENTS = 60_000;
const LIVES = 4_000;
/** Points by which the actual share may exceed the stated one. */
const TOLERANCE = 2;

const { values: options, positionals: words } = parseArgs({
  options: {
    seed: { type: 'string', default: String(SEED) },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const seed = Number(options.seed);
const wanted = (model: string) => words.length === 0 || words.some((word) => model.includes(word));

const lines: Line[] = [];
const add = (more: readonly Line[]) => {
  lines.push(...more);
  for (const line of more) console.error(`${line.model} (${line.verdict}): ${line.actual} %`);
};
for (const one of CASES) if (wanted(one.model)) add(measure(one, PLACEMENTS, seed));
if (wanted('every quarter payout')) add(measureManyLooks(LIVES, seed));
if (wanted('folk')) add(measureFolk(PLACEMENTS, seed));

console.table(
  lines.map(({ outside, ...line }) => ({ ...line, outside: outside === null ? '' : 'outside' })),
);
if (options.write) writeDocs();
const broken = lines.filter(
  ({ stated, actual, outside }) => outside === null && !(actual <= (stated ?? 0) + TOLERANCE),
);
for (const { model, payouts, verdict } of broken) {
  console.error(`Not calibrated: ${model}, payouts ${payouts}, ${verdict}.`);
  process.exitCode = 1;
}
console.log(JSON.stringify(lines));

function writeDocs(): void {
  const file = join(DOCS, 'verdicts.md');
  const [start, end] = ['<!-- calibration -->', '<!-- end of calibration -->'];
  const text = readFileSync(file, 'utf8');
  const [before, rest = ''] = text.split(start);
  const [, after = ''] = rest.split(end);
  writeFileSync(file, `${before}${start}\n\n${tableText()}\n${end}${after}`);
  writeFileSync(join(DOCS, 'verdicts-wrong.svg'), pictureOfLines(lines));
  writeFileSync(join(DOCS, 'verdicts-patience.svg'), pictureOfPatience());
}

function tableText(): string {
  const cells = (line: Line) => [
    line.model,
    line.payouts,
    line.delayDays === 0 ? '–' : `${line.delayDays} of ${line.rangeDays}`,
    line.looks,
    line.verdict,
    line.cut.toLocaleString('en'),
    line.stated === null ? '–' : line.stated.toFixed(1),
    line.actual.toFixed(1),
    line.outside ?? '',
  ];
  const head = [
    'campaign',
    'payouts',
    'delay, days',
    'looks',
    'verdict',
    'number',
    'stated wrong, %',
    'actually wrong, %',
    'outside',
  ];
  return [head, head.map(() => '---'), ...lines.map(cells)]
    .map((row) => `| ${row.join(' | ')} |\n`)
    .join('');
}
