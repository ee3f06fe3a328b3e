import { useState } from 'preact/hooks';
import {
  DEFAULT_LIMITS,
  type GapLimits,
  LIMITED_METRICS,
  type LimitDraft,
  readLimit,
} from '../../lib/compare/limits.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { metricWord } from '../kit/metric-word.ts';
import { ProblemNotice } from '../kit/notice.tsx';

type Drafts = Readonly<Record<keyof GapLimits, LimitDraft>>;
const COLOURS = ['green', 'amber'] as const;

/** From which size gaps of the comparison are amber and red. */
export function GapLimitsSection() {
  const { value, problem, busy } = useQuery('limits.read', {});
  if (problem) return <ProblemNotice problem={problem} />;
  if (value === null && busy) return null;
  return (
    <section class="stack">
      <h2>{t('gapLimits')}</h2>
      <p class="soft">{t('gapLimitsHint')}</p>
      <LimitsForm key={JSON.stringify(value)} limits={value} />
    </section>
  );
}

function LimitsForm({ limits }: { limits: GapLimits | null }) {
  const client = useClient();
  const { problem, run } = useAction();
  const [drafts, setDrafts] = useState(() => draftsOf(limits ?? DEFAULT_LIMITS));
  const read = LIMITED_METRICS.map((metric) => [metric, readLimit(drafts[metric])] as const);
  const wrong = read.flatMap(([metric, limit]) => (limit ? [] : [metric]));
  const isChanged = JSON.stringify(drafts) !== JSON.stringify(draftsOf(limits ?? DEFAULT_LIMITS));
  const write = (some: GapLimits | null) =>
    void run(() => client.call('limits.write', { limits: some }));
  return (
    <form
      class="card stack"
      data-gap-limits
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) write(Object.fromEntries(read) as GapLimits);
      }}
    >
      <table class="limits">
        <thead>
          <tr>
            <td />
            {COLOURS.map((colour) => (
              <th key={colour} scope="col">
                {t(`gapLimit_${colour}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LIMITED_METRICS.map((metric) => (
            <tr key={metric}>
              <th scope="row">{metricWord(metric)}</th>
              {COLOURS.map((colour) => (
                <td key={colour}>
                  <input
                    class="input"
                    name={`${metric}-${colour}`}
                    inputMode="decimal"
                    autocomplete="off"
                    aria-label={`${metricWord(metric)}, ${t(`gapLimit_${colour}`)}`}
                    aria-invalid={wrong.includes(metric)}
                    value={drafts[metric][colour]}
                    onInput={({ currentTarget }) =>
                      setDrafts({
                        ...drafts,
                        [metric]: { ...drafts[metric], [colour]: currentTarget.value },
                      })
                    }
                  />{' '}
                  %
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {wrong.length > 0 && (
        <p class="small loss" role="alert">
          {t('gapLimitsWrong', wrong.map((metric) => metricWord(metric)).join(', '))}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        <button
          type="submit"
          class="button primary"
          name="save-limits"
          disabled={!isChanged || wrong.length > 0}
        >
          {t('save')}
        </button>
        {limits && (
          <button type="button" class="button" name="reset-limits" onClick={() => write(null)}>
            {t('gapLimitsReset')}
          </button>
        )}
      </div>
    </form>
  );
}

/** Per cent without the noise of binary fractions: 0.07 is 7, not 7.000000000000001. */
const percent = (share: number): string => String(Number((share * 100).toFixed(4)));

const draftsOf = (limits: GapLimits): Drafts => {
  const draft = ({ green, amber }: GapLimits['clicks']): LimitDraft => ({
    green: percent(green),
    amber: percent(amber),
  });
  const { clicks, conversions, revenue, cost } = limits;
  return {
    clicks: draft(clicks),
    conversions: draft(conversions),
    revenue: draft(revenue),
    cost: draft(cost),
  };
};
