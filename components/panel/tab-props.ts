import type { Answers } from '../../lib/contract/calls.ts';
import type { Range } from '../../lib/report/range.ts';

/** The campaign that the panel shows. */
export interface Subject {
  readonly id: string;
  /** From the page or the tracker; null until known. */
  readonly name: string | null;
}

/** The props of every tab. */
export interface TabProps {
  readonly context: Answers['panel.context'];
  /** `named`: is the name final, or may a better one still come? */
  readonly campaign: Subject & { readonly name: string; readonly named: boolean };
  readonly range: Range;
  /** Epoch ms. */
  readonly now: () => number;
}

export function trackerOf(context: Answers['panel.context'] | null, id: string) {
  return context?.trackers.find((tracker) => tracker.id === id);
}
