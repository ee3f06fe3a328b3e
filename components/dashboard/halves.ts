import { computed, type ReadonlySignal } from '@preact/signals';
import { halvesIn } from '../../lib/compare/halves.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries } from '../kit/connections.ts';
import type { LevelSetting } from './compare-level.ts';

/**
 * Of each side: how many split tests between it and the base are in the figures of all campaigns, by
 * both trackers' reports by campaign. These are asked for only where a link says that there is one.
 *
 * @param connections the base first
 */
export function createHalves(
  { client, range, kindOf }: LevelSetting,
  connections: ReadonlySignal<readonly ConnectionView[]>,
): ReadonlySignal<readonly number[]> {
  const links = computed(() =>
    (client.query('links.list', { kind: 'campaign' }).value ?? []).filter(({ split }) => split),
  );
  const totalOf = ({ id, problem }: ConnectionView) => {
    const days = range.value;
    const asked = client.query(
      'campaigns.figures',
      days && !blocksQueries(problem) ? { connection: id, range: days, fresh: 'soon' } : null,
    );
    return { connection: id, report: asked.value?.report ?? null };
  };
  return computedList(() => {
    const [base] = connections.value;
    return connections.value.map((connection) => {
      if (!base || connection === base) return 0;
      if ([base, connection].some((one) => kindOf(one) === 'network')) return 0;
      const shared = links.value.filter(({ members }) =>
        [base, connection].every(({ id }) => members.some((member) => member.connection === id)),
      );
      return shared.length > 0 ? halvesIn(shared, totalOf(base), totalOf(connection)) : 0;
    });
  });
}
