import { signal } from '@preact/signals';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { Drafts } from '../kit/drafts.ts';

/** While somebody types or drags, what is kept is told so often at most. */
const PAUSE_MS = 150;
/** Scopes; the longest unused go first. */
const MOST_DRAFTS = 50;
/** Characters; the background takes no longer text, and with it nothing of the rest. */
const LONGEST = 2000;

export interface PanelMemory {
  /** A `computed` or an `effect` that reads it runs again when it changes. */
  read(): PanelState;
  change(patch: Partial<Omit<PanelState, 'drafts'>>): void;
  readonly drafts: Drafts;
  /** Tells what has not been told yet. */
  flush(): void;
}

const NOTHING: PanelState = {
  tab: null,
  collapsed: false,
  view: 'null',
  picked: null,
  range: null,
  drafts: {},
};

/**
 * What the panel was doing, for the next document in its frame: a page that
 * loads anew, or throws the frame out, brings it back as it was.
 *
 * @param save told what to keep, at once and then no oftener than every 150 ms
 */
export function createPanelMemory(
  before: PanelState | null,
  save: (state: PanelState) => void,
): PanelMemory {
  const kept = signal(before ?? NOTHING);
  let due = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (!due) return;
    due = false;
    save(kept.peek());
  };
  const set = (next: PanelState) => {
    if (JSON.stringify(next) === JSON.stringify(kept.peek())) return;
    kept.value = next;
    due = true;
    if (pause !== undefined) return;
    flush();
    pause = setTimeout(() => {
      pause = undefined;
      flush();
    }, PAUSE_MS);
  };
  return {
    read: () => kept.value,
    change: (patch) => set({ ...kept.peek(), ...patch }),
    drafts: {
      read: (scope, field) => kept.peek().drafts[scope]?.[field],
      write(scope, field, value) {
        const { [scope]: { [field]: _, ...of } = {}, ...others } = kept.peek().drafts;
        const latest = Object.entries(others).slice(-(MOST_DRAFTS - 1));
        set({
          ...kept.peek(),
          drafts: {
            ...Object.fromEntries(latest),
            [scope]: value.length > LONGEST ? of : { ...of, [field]: value },
          },
        });
      },
    },
    flush,
  };
}
