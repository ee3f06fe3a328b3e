import * as aq from 'arquero';
import { joinSides, type Side } from '../../lib/compare/join.ts';
import type { Link } from '../../lib/compare/links.ts';
import { foldName } from '../../lib/compare/names.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { randomFrom } from '../simulators/model/random.ts';
import { leastProcessorTime, type Report, shown } from './lines.ts';

/**
 * Two reports joined to rows, by links and else by folded names; beside it, a full outer join of two
 * arquero tables by the same keys, to the same rows as objects.
 */
export function benchJoins(report: Report): void {
  for (const count of [10_000, 100_000]) {
    const { sides, links } = reports(count);
    const runs = count > 10_000 ? 3 : 7;
    const [ours, theirs] = [joinSides(sides, links).length, byArquero(sides, links).length];
    if (ours !== theirs) throw new Error(`${ours} rows, and ${theirs} by arquero`);
    report({
      what: `join 2 × ${count.toLocaleString('en')} campaigns to ${ours.toLocaleString('en')} rows, processor time`,
      ours: leastProcessorTime(() => joinSides(sides, links), runs),
      unit: 'ms',
      bar: null,
      beside: `arquero ${shown(
        leastProcessorTime(() => byArquero(sides, links), runs),
        'ms',
      )}`,
    });
  }
}

/** Of each ten campaigns: one linked by hand, seven named alike, one on either side alone. */
function reports(count: number): { sides: Side[]; links: Link[] } {
  const random = randomFrom(13);
  const side = (connection: string, nameOf: (index: number) => string): Side => ({
    connection,
    currency: 'USD',
    rows: Array.from({ length: count }, (_, index) => ({
      id: String(index),
      name: nameOf(index),
      metrics: metricsOf({
        clicks: Math.round(random() * 1e5),
        conversions: Math.round(random() * 500),
        revenue: random() * 1e3,
        cost: random() * 1e3,
      }),
    })),
  });
  const sides = [
    side('a', (index) => `Campaign ${index} push DE`),
    side('b', (index) => {
      const kind = index % 10;
      if (kind === 0) return `Linked ${index}`;
      return kind < 8 ? `campaign_${index} - Push [DE]` : `Other ${index}`;
    }),
  ];
  const links = Array.from({ length: count / 10 }, (_, index): Link => {
    const campaignId = String(index * 10);
    return {
      id: campaignId,
      members: sides.map(({ connection }) => ({ connection, campaignId, name: '' })),
      how: 'hand',
      createdAt: 0,
    };
  });
  return { sides, links };
}

/** The same rows by arquero's join. */
function byArquero(sides: readonly Side[], links: readonly Link[]): object[] {
  const linked = new Map(
    links.flatMap(({ id, members }) =>
      members.map((one) => [`${one.connection}\n${one.campaignId}`, `link:${id}`] as const),
    ),
  );
  const [left, right] = sides.map(({ connection, rows }) =>
    aq.table({
      key: rows.map(
        ({ id, name }) => linked.get(`${connection}\n${id}`) ?? `name:${foldName(name)}`,
      ),
      id: rows.map(({ id }) => id),
      name: rows.map(({ name }) => name),
      metrics: rows.map(({ metrics }) => metrics),
    }),
  );
  return left && right ? left.join_full(right, 'key').objects() : [];
}
