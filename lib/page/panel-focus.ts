/** Kept without a break for so long: the trouble is over. */
const CALM_MS = 1_000;
/** Taken again within this time after it was taken back: the page wins. */
const TAKE_BACK_MS = 2_000;
/** A focus that follows a press within this time is the press's. */
const PRESS_MS = 500;

/** The open panel on the page. */
export interface OpenPanel {
  readonly host: HTMLElement;
  readonly frame: HTMLIFrameElement;
}

/** The keyboard between the page and the panel. */
export interface PanelFocus {
  /** Remembers what has it, to give it back. */
  remember(): void;
  /** Gives it to the panel, as somebody asked for. */
  take(): void;
  /** Gives it to the panel if the panel had it: its frame is another one now. */
  retake(): void;
  /** The panel has it, or has it no more. */
  report(has: boolean): void;
  /** Every event that is not of the panel; true = nobody else hears of it. */
  hear(event: Event): boolean;
  /** Did the page take it although nobody pressed there, and keep it? */
  isStolen(): boolean;
  /** Forgets everything; answers how to give it back, to be called when the panel is gone. */
  release(): () => void;
}

/**
 * Pages take the keyboard from what they do not know: focus traps do. It is
 * taken back once; a page that takes it again wins, which is said, and what is
 * typed then lands nowhere until somebody presses in the page.
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
    // Not at once: a press on what the notice offers would take it away under the pointer.
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
