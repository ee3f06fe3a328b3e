/** Once focus has stayed in the panel this long, it no longer counts as stolen. */
const CALM_MS = 1_000;
/** A page that takes focus again within this time wins. */
const TAKE_BACK_MS = 2_000;
/** A focus change within this time of a press was caused by it. */
const PRESS_MS = 500;

/** The open panel on the page. */
export interface OpenPanel {
  readonly host: HTMLElement;
  readonly frame: HTMLIFrameElement;
}

/** Focus, as shared by page and panel. */
export interface PanelFocus {
  /** Remembers the focused element, to restore it later. */
  remember(): void;
  /** Focuses the panel, on the user's request. */
  take(): void;
  /** Focuses the panel's new frame if the old one had focus. */
  retake(): void;
  /** Call when the panel has gained or lost focus. */
  report(has: boolean): void;
  /** Receives every event outside the panel; true = hide it from the page. */
  hear(event: Event): boolean;
  /** Did the page take focus without a press, and keep it? */
  isStolen(): boolean;
  /** Forgets everything; returns a function that restores focus, to be called once the panel is removed. */
  release(): () => void;
}

/**
 * Handles focus traps, which take focus from elements that a page does not know. Focus is taken back
 * once. A page that takes it again wins: the user is told, and keystrokes are swallowed until a press
 * in the page.
 *
 * @param holder null = the panel is not open
 * @param onTrouble called when `isStolen` changes
 */
export function createPanelFocus(
  holder: () => OpenPanel | null,
  onTrouble: () => void,
): PanelFocus {
  let before: Element | null = null;
  let giving = false;
  let held = false;
  let stolen = false;
  let takenBackAt = Number.NEGATIVE_INFINITY;
  let pressedAt = Number.NEGATIVE_INFINITY;
  let calm: ReturnType<typeof setTimeout> | undefined;

  const setStolen = (now: boolean) => {
    if (stolen === now) return;
    stolen = now;
    onTrouble();
  };

  const give = (): void => {
    const now = holder();
    if (!now) return;
    giving = true;
    now.frame.focus({ preventScroll: true });
    giving = false;
    held = document.activeElement === now.host;
  };

  const onGained = (): void => {
    held = true;
    clearTimeout(calm);
    // Not at once, or the notice would vanish under the pointer that clicks in it.
    if (stolen) calm = setTimeout(() => setStolen(false), CALM_MS);
  };

  const onLost = (): void => {
    held = false;
    clearTimeout(calm);
    const now = performance.now();
    if (now - pressedAt < PRESS_MS) return;
    if (now - takenBackAt <= TAKE_BACK_MS) {
      setStolen(true);
      return;
    }
    takenBackAt = now;
    give();
  };

  return {
    remember() {
      before = document.activeElement;
    },
    take() {
      takenBackAt = Number.NEGATIVE_INFINITY;
      stolen = false;
      give();
    },
    retake() {
      if (held) give();
    },
    report(has) {
      if (has) onGained();
      else if (held && document.hasFocus() && document.activeElement !== holder()?.host) onLost();
    },
    hear(event) {
      const { type, isTrusted } = event;
      const host = holder()?.host;
      if (!host) return false;
      if (/^(?:blur|focusout)$/.test(type)) return giving || document.activeElement === host;
      if (/^(?:pointerdown|mousedown|touchstart)$/.test(type) && isTrusted) {
        pressedAt = performance.now();
        setStolen(false);
      }
      if (type === 'focusin' && held) onLost();
      if (!stolen || !isTrusted || !/^key/.test(type)) return false;
      // Meant for the panel: it must not land in the page.
      event.preventDefault();
      return true;
    },
    isStolen: () => stolen,
    release() {
      const had = held || document.activeElement === holder()?.host;
      const back = had ? before : null;
      clearTimeout(calm);
      before = null;
      held = false;
      stolen = false;
      return () => {
        if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
      };
    },
  };
}
