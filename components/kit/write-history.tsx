import type { ComponentChildren } from 'preact';
import { locale, t } from '../../lib/i18n.ts';
import type { WriteRecord } from '../../lib/journal/write-record.ts';
import { problemText } from './notice.tsx';

/** A time of the day to the second. @param at epoch ms */
export const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });

type Of = { readonly history: WriteRecord['history'] };

/** The states of a write with their times: "Sent 12:04:10 · Verified 12:05:02". */
export function StatesLine({ history, children }: Of & { children?: ComponentChildren }) {
  // What a limit sent back, or what could not leave, was not sent.
  const isUnsent = (index: number) => /^(?:planned|notSent)$/.test(history[index]?.state ?? '');
  const told = history.filter(
    ({ state }, index) => state !== 'planned' && !(state === 'sending' && isUnsent(index + 1)),
  );
  const shown = told.length > 0 ? told : history.slice(0, 1);
  return (
    <p>
      {shown.map(({ at, state }, index) => (
        <span key={`${at}${state}`}>
          {index > 0 ? ' · ' : ''}
          {t(`state_${state}`)} {timeOf(at)}
        </span>
      ))}
      {children}
    </p>
  );
}

/** Why a write is in its state, if something went wrong. */
export function LastProblem({ history }: Of) {
  const problem = history.at(-1)?.problem;
  const known =
    typeof problem === 'object' && problem !== null && 'kind' in problem
      ? problemText(problem as Parameters<typeof problemText>[0])
      : null;
  return known && <p class="small loss">{known}</p>;
}
