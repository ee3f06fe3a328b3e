import type { FilterProblem, FilterWords } from '../../lib/compare/filter.ts';
import type { GapState } from '../../lib/compare/gap.ts';
import { t } from '../../lib/i18n.ts';
import { BASE_METRICS, DERIVED_METRICS, type Metric } from '../../lib/report/metrics.ts';

const STATES: readonly GapState[] = ['red', 'amber', 'chance', 'green', 'unknown'];
const SHORT: ReadonlyArray<readonly [string, Metric]> = [
  ['conv', 'conversions'],
  ['unique', 'uniqueClicks'],
  ['rev', 'revenue'],
  ['ctr', 'landerCtr'],
];

/** What a filter may be made of: English words, and those of the user's language. */
export function filterWords(): FilterWords {
  const metrics = [...BASE_METRICS, ...DERIVED_METRICS].flatMap((metric) =>
    [metric, t(`metric_${metric}`)]
      .filter((word) => !/\s/.test(word))
      .map((word) => [word.toLowerCase(), metric] as const),
  );
  return {
    metrics: new Map([...SHORT, ...metrics]),
    gap: new Set(['gap', t('filterGap').toLowerCase()]),
    states: new Map(
      STATES.flatMap((state) =>
        [state, t(`filterState_${state}`).toLowerCase()].map((word) => [word, state] as const),
      ),
    ),
  };
}

/** Why a part of a filter is not understood, and what to type instead. */
export const filterProblemText = ({ expected, at }: FilterProblem): string =>
  t(`filterProblem_${expected}`, at);
