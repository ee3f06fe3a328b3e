import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { daysText } from '../costs/update-text.ts';
import { useAction } from '../kit/action.ts';
import { ProblemNotice } from '../kit/notice.tsx';

const dayText = (day: string): string => daysText({ from: day, to: day });

/** The day that careful looks count from, and how to begin with another. */
export function FirstDay({
  since,
  asked,
  onRestart,
}: {
  since: string;
  /** The days that are chosen. */
  asked: Pick<Range, 'from' | 'to'>;
  onRestart(): Promise<void>;
}) {
  const { busy, problem, run } = useAction();
  return (
    <div class="stack tight">
      <p class="row small" data-since={since}>
        {t(since <= asked.to ? 'carefulSince' : 'carefulBefore', dayText(since))}
        <button
          type="button"
          class="button"
          name="restart-looks"
          title={t('carefulRestartHint')}
          disabled={busy || since === asked.from}
          onClick={() => void run(onRestart)}
        >
          {t('carefulRestart', dayText(asked.from))}
        </button>
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
