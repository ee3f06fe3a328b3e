import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals';
import type { ClickLookup } from '../../lib/contract/clicks.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { Problem } from '../../lib/errors.ts';
import type { MessageKey } from '../../lib/i18n.ts';
import { blocksQueries } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';

export const LOOKUP_DAYS = [7, 30, 90] as const;
const DEFAULT_DAYS = 30;
/** Longer texts are no click ids. */
export const LONGEST_CLICK_ID = 200;

/** What became of a look-up on one connection. */
export interface Finding {
  readonly connection: ConnectionView;
  /**
   * - `looking`: no answer yet
   * - `found`: there is a click or a conversion of it
   * - `missing`: the log of clicks was read to the end, without it
   * - `untold`: it was not found, and the log of clicks was not read to the end
   * - `failed`: nothing was read
   * - `unasked`: the tracker has no log with click ids
   */
  readonly state: 'looking' | 'found' | 'missing' | 'untold' | 'failed' | 'unasked';
  readonly answer: ClickLookup | null;
  readonly problem: Problem | null;
  /** Why it is not asked. */
  readonly reason: MessageKey | null;
}

/** What every finding starts from. */
export interface Searched {
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
}

/** Has the tracker a log that a click is found in? */
const unaskedBecause = (tracker: TrackerView | undefined): MessageKey | null => {
  const { clickLookup, conversions } = tracker?.capabilities ?? {};
  return clickLookup?.can === false && conversions?.can === false ? clickLookup.reason : null;
};

/** Why nothing was read: what may be mended before what the tracker cannot do. */
function whyFailed({ clicks, conversions }: ClickLookup): Problem | null {
  const problems = [clicks.problem, conversions.problem].filter((one) => one !== null);
  return problems.find(({ kind }) => kind !== 'unsupported') ?? problems[0] ?? null;
}

function stateOf({ clicks, conversions }: ClickLookup): Finding['state'] {
  const logs = [clicks, conversions];
  if (logs.some(({ found }) => found.length > 0)) return 'found';
  if (logs.every(({ problem }) => problem !== null)) return 'failed';
  return clicks.problem === null && clicks.complete ? 'missing' : 'untold';
}

/** Looks a click up on every connection that can, side by side. */
export const LookupModel = createModel(
  (client: QueryClient, searched: ReadonlySignal<Searched>, first: string) => {
    const typed = signal(first);
    const days = signal<number>(DEFAULT_DAYS);
    /** What is looked up; '' = nothing. */
    const clickId = signal(idIn(first));

    const findingOn = (connection: ConnectionView, tracker: TrackerView | undefined): Finding => {
      const none = { connection, answer: null, problem: null, reason: null };
      const reason = unaskedBecause(tracker);
      if (reason !== null) return { ...none, state: 'unasked', reason };
      if (blocksQueries(connection.problem)) {
        return { ...none, state: 'failed', problem: connection.problem };
      }
      const { value, problem } = client.query('clicks.lookUp', {
        connection: connection.id,
        clickId: clickId.value,
        days: days.value,
      });
      if (problem) return { ...none, state: 'failed', problem };
      if (!value) return { ...none, state: 'looking' };
      const state = stateOf(value);
      return {
        ...none,
        state,
        answer: value,
        problem: state === 'failed' ? whyFailed(value) : null,
      };
    };

    return {
      typed,
      days,
      clickId,
      /** One for each connection, in the user's order; none before anything is looked up. */
      findings: computed((): Finding[] => {
        if (clickId.value === '') return [];
        const { connections, trackers } = searched.value;
        return connections.map((connection) =>
          findingOn(
            connection,
            trackers.find(({ id }) => id === connection.tracker),
          ),
        );
      }),
      type(text: string): void {
        typed.value = text;
      },
      chooseDays(count: number): void {
        days.value = count;
      },
      /** Looks up what is typed. */
      find(): void {
        clickId.value = idIn(typed.value);
      },
      again: client.refresh,
    };
  },
);

/** The click id in a pasted text; '' = none. */
export function idIn(text: string): string {
  const id = text.trim();
  return id.length > LONGEST_CLICK_ID ? '' : id;
}
