import { signal } from '@preact/signals';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { Drafts } from '../kit/drafts.ts';

/** While somebody types or drags, what is state is told so often at most. */
const SAVE_INTERVAL_MS = 150;
/** Scopes; the longest unused go first. */
const MAX_DRAFTS = 50;
/** Characters; the background takes no longer text, and with it nothing of the rest. */
const MAX_LENGTH = 2000;

export interface PanelMemory {
  /** A `computed` or an `effect` that reads it runs again when it changes. */
  read(): PanelState;
  change(patch: Partial<Omit<PanelState, 'drafts'>>): void;
  readonly drafts: Drafts;
  /** Tells what has not been told yet. */
  flush(): void;
}

const INITIAL: PanelState = {
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
  const state = signal(before ?? INITIAL);
  let due = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (!due) return;
    due = false;
    save(state.peek());
  };
  const set = (next: PanelState) => {
    if (JSON.stringify(next) === JSON.stringify(state.peek())) return;
    state.value = next;
    due = true;
    if (pause !== undefined) return;
    flush();
    pause = setTimeout(() => {
      pause = undefined;
      flush();
    }, SAVE_INTERVAL_MS);
  };
  return {
    read: () => state.value,
    change: (patch) => set({ ...state.peek(), ...patch }),
    drafts: {
      read: (scope, field) => state.peek().drafts[scope]?.[field],
      write(scope, field, value) {
        const { [scope]: { [field]: _, ...of } = {}, ...others } = state.peek().drafts;
        const latest = Object.entries(others).slice(-(MAX_DRAFTS - 1));
        set({
          ...state.peek(),
          drafts: {
            ...Object.fromEntries(latest),
            [scope]: value.length > MAX_LENGTH ? of : { ...of, [field]: value },
          },
        });
      },
    },
    flush,
  };
}
