import type { Answers } from '../../lib/contract/calls.ts';
import type { Range } from '../../lib/report/range.ts';

/** The campaign that the panel is about. */
export interface Subject {
  readonly id: string;
  /** As the page or the tracker names it; null until known. */
  readonly name: string | null;
}

/** What each tab of the panel is given. */
export interface TabProps {
  readonly context: Answers['panel.context'];
  /** `named`: is that its name, as far as it will ever be known? */
  readonly campaign: Subject & { readonly name: string; readonly named: boolean };
  readonly range: Range;
  /** Epoch ms. */
  readonly now: () => number;
}

export function trackerOf(context: Answers['panel.context'] | null, id: string) {
  return context?.trackers.find((tracker) => tracker.id === id);
}
