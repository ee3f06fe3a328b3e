import type { ComponentChildren } from 'preact';
import { fieldOf, isLocked, lacksAccess, type Problem } from '../../lib/errors.ts';
import { locale, t } from '../../lib/i18n.ts';
import { useClient } from './client.ts';

type Kind = 'info' | 'warn' | 'error';
const SIGNS: Record<Kind, string> = { info: 'i', warn: '!', error: '×' };

/** A message with at most one action. */
export function Notice({
  kind = 'info',
  children,
  action,
}: {
  kind?: Kind;
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <span class="sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <div>{children}</div>
      {action}
    </div>
  );
}

/** What happened and what to do about it. */
export function problemText(problem: Problem): string {
  const general = t(`problem_${problem.kind}`);
  if (problem.kind === 'rate' && problem.retryAfterMs !== undefined) {
    return t('problem_rate_wait', Math.ceil(problem.retryAfterMs / 1000));
  }
  if (!problem.text) return general;
  const text = t(problem.text, ...(problem.values ?? []));
  return text === problem.text ? general : text;
}

/**
 * The problem of one row. Shortened if the remedy is shown anyway: unlocking once
 * for all rows, granting access by the button beside it.
 */
export function RowProblem({ problem }: { problem: Problem }) {
  const text = problemText(problem);
  const locked = isLocked(problem);
  const passes = locked || problem.kind === 'rate' || problem.kind === 'unsupported';
  const short = locked ? t('locked') : lacksAccess(problem) ? t('noAccess') : null;
  return (
    <p class={`small problem ${passes ? 'soft' : 'loss'}`} title={short ? text : undefined}>
      {short ?? text}
    </p>
  );
}

function UnlockButton() {
  const client = useClient();
  return (
    <button
      type="button"
      class="button"
      name="to-unlock"
      onClick={() => void client.call('options.open', {})}
    >
      {t('unlock')}
    </button>
  );
}

type Underscored<S extends string> = S extends `${infer A} ${infer B}` ? `${A}_${B}` : S;
/** As text keys spell it. No call has more than two words. */
const underscored = <S extends string>(words: S) => words.replace(' ', '_') as Underscored<S>;

/** A problem: what to do, where it came from, and the tracker's own message. */
export function ProblemNotice({
  problem,
  action,
}: {
  problem: Problem;
  action?: ComponentChildren;
}) {
  const field = fieldOf(problem);
  const facts = [
    problem.tracker,
    problem.call ? t(`call_${underscored(problem.call)}`) : undefined,
    problem.status ? `HTTP ${problem.status}` : undefined,
    field ? t('problemField', field) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <Notice
      kind={problem.kind === 'rate' || isLocked(problem) ? 'warn' : 'error'}
      action={action ?? (isLocked(problem) && <UnlockButton />)}
    >
      <p>{problemText(problem)}</p>
      {facts.length > 0 && <p class="small soft">{facts.join(' · ')}</p>}
      {problem.said && (
        <p class="small soft" lang={locale()}>
          {t('problemSaid')} <bdi>{problem.said}</bdi>
        </p>
      )}
    </Notice>
  );
}
