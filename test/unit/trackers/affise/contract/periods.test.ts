import { describe } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { playAll, question, seen } from '../../contract.ts';
import { DAY, NAMED, PASTED, report, stats, traffic } from './shared.ts';

describe('reports of long ranges', () => {
  /** Ten months: more than one question may cover, and further back than is told. */
  const long = { from: '2025-10-03', to: '2026-08-02', zone: 'Europe/Madrid' };
  const FIRST = ['2025-10-03', '2026-03-31'] as const;
  const SECOND = ['2026-04-01', '2026-08-02'] as const;
  const offers = (raw: number) => stats({ slice: { offer: NAMED }, ...traffic(raw) });
  const asked = (groupBy: readonly Dimension[]) => question({ range: long, groupBy });
  playAll(affise, PASTED, [
    {
      title: 'a long range is asked in periods and summed; what is unique in each is not',
      async run(adapter, client) {
        const read = await adapter.report(client, asked(['campaign']));
        return [read.complete, seen(read)];
      },
      line: [
        report(['offer'], offers(10), '', 'Europe/Madrid', [...FIRST]),
        report(['offer'], offers(5), '', 'Europe/Madrid', [...SECOND]),
      ],
      gives: [true, [{ values: [['7', 'HD-smart [Web]']], clicks: 15 }]],
    },
    {
      title: 'an empty answer further back than is told is not none',
      async run(adapter, client) {
        const read = await adapter.report(client, asked(['campaign']));
        return [read.complete, seen(read)];
      },
      line: [
        report(['offer'], stats(), '', 'Europe/Madrid', [...FIRST]),
        report(['offer'], offers(5), '', 'Europe/Madrid', [...SECOND]),
      ],
      gives: [false, [{ values: [['7', 'HD-smart [Web]']], clicks: 5 }]],
    },
    {
      title: 'nor is its total zero',
      async run(adapter, client) {
        const read = await adapter.report(client, asked([]));
        return [read.complete, seen(read)];
      },
      line: [FIRST, SECOND].map((days) => report(DAY, stats(), '', 'Europe/Madrid', [...days])),
      gives: [false, [{ values: [] }]],
    },
  ]);
});
