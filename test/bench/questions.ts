import { startSimulators } from '../simulators/start.ts';
import { clientOf, IDS } from '../unit/simulators/client-of.ts';
import { median, type Report, shown } from './lines.ts';

/** The same question to five slow trackers: all at once beside the slowest alone. */
export async function benchQuestions(report: Report): Promise<void> {
  const modes = Object.fromEntries(IDS.map((id) => [id, ['slow'] as const]));
  const simulators = await startSimulators({ slowMs: 250, limits: false, modes });
  try {
    const questions = IDS.map((id) => () => {
      const { client, adapter } = clientOf(simulators, id);
      const range = { from: '2026-08-01', to: '2026-08-02', zone: simulators[id].zone };
      return adapter.report(client, { range, groupBy: ['campaign'], filters: [] });
    });
    const alone: number[] = [];
    for (const question of questions) alone.push(await timed(question));
    const together = await timed(() => Promise.all(questions.map((question) => question())));
    const slowest = Math.max(...alone);
    const inTurn = alone.reduce((a, b) => a + b);
    report({
      what: 'a question to 5 connections at once, over the slowest',
      ours: together / slowest,
      unit: '×',
      bar: 1.1,
      beside: `${shown(together, 'ms')}; the slowest alone ${shown(slowest, 'ms')}, one after the other ${shown(inTurn, 'ms')}`,
    });
  } finally {
    await simulators.stop();
  }
}

/** Median of five, after one to warm up. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}
