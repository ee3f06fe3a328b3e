import { signal } from '@preact/signals';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { Drafts } from '../kit/drafts.ts';

/** Minimum time between two saves. */
const SAVE_INTERVAL_MS = 150;
/** Scopes kept; the least recently used one goes first. */
const MAX_DRAFTS = 50;
/** Characters per draft. The background would reject the whole state for a longer one. */
const MAX_LENGTH = 2000;

export interface PanelMemory {
  /** Reads the state and subscribes to it. */
  read(): PanelState;
  change(patch: Partial<Omit<PanelState, 'drafts'>>): void;
  readonly drafts: Drafts;
  /** Saves pending changes now. */
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
 * The panel's state across documents: when the page reloads or removes the
 * frame, the next panel continues where this one was.
 *
 * @param save throttled: called at once, then at most every 150 ms
 */
export function createPanelMemory(
  before: PanelState | null,
  save: (state: PanelState) => void,
): PanelMemory {
  const state = signal(before ?? INITIAL);
  let dirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (!dirty) return;
    dirty = false;
    save(state.peek());
  };
  const set = (next: PanelState) => {
    if (JSON.stringify(next) === JSON.stringify(state.peek())) return;
    state.value = next;
    dirty = true;
    if (timer !== undefined) return;
    flush();
    timer = setTimeout(() => {
      timer = undefined;
      flush();
    }, SAVE_INTERVAL_MS);
  };
  return {
    read: () => state.value,
    change: (patch) => set({ ...state.peek(), ...patch }),
    drafts: {
      read: (scope, field) => state.peek().drafts[scope]?.[field],
      write(scope, field, value) {
        const { [scope]: { [field]: _, ...fields } = {}, ...others } = state.peek().drafts;
        const latest = Object.entries(others).slice(-(MAX_DRAFTS - 1));
        set({
          ...state.peek(),
          drafts: {
            ...Object.fromEntries(latest),
            [scope]: value.length > MAX_LENGTH ? fields : { ...fields, [field]: value },
          },
        });
      },
    },
    flush,
  };
}
