import { CrosstrackError } from '../errors.ts';
import type { Pace } from './http.ts';

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Rejects with the signal's reason when it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A wait longer than this is not slept through: the worker may not live so long. */
export const LONGEST_WAIT_MS = 20_000;

export interface Pacer {
  /**
   * Waits for a place and returns the way to give it back.
   * @throws CrosstrackError `rate` with `retryAfterMs`, before anything is sent, when the wait is too long.
   */
  enter(name: string, pace: Pace, signal: AbortSignal): Promise<() => void>;
  /** The tracker itself said to wait: nobody enters before. */
  holdUntil(name: string, at: number): void;
}

interface Lane {
  underWay: number;
  readonly waiting: Array<() => void>;
  /** Times of the last requests, oldest first. */
  readonly sent: number[];
  heldUntil: number;
}

/** Keeps trackers' paces: so many at once, so many per window, per connection and name. */
export function createPacer(clock: Clock): Pacer {
  const lanes = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    let lane = lanes.get(name);
    if (!lane) {
      lane = { underWay: 0, waiting: [], sent: [], heldUntil: 0 };
      lanes.set(name, lane);
    }
    return lane;
  };

  /** Milliseconds until the window has room. */
  const waitOf = (lane: Lane, pace: Pace): number => {
    const now = clock.now();
    const held = Math.max(0, lane.heldUntil - now);
    if (!pace.perWindow) return held;
    const { requests, ms } = pace.perWindow;
    while (lane.sent.length > 0 && (lane.sent[0] ?? 0) <= now - ms) lane.sent.shift();
    const oldest = lane.sent[lane.sent.length - requests];
    return Math.max(held, oldest === undefined ? 0 : oldest + ms - now);
  };

  const place = async (lane: Lane, pace: Pace, signal: AbortSignal): Promise<void> => {
    if (lane.underWay < pace.atOnce) {
      lane.underWay += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const take = () => turn.resolve();
    const leave = () => {
      const at = lane.waiting.indexOf(take);
      if (at >= 0) lane.waiting.splice(at, 1);
      turn.reject(signal.reason);
    };
    lane.waiting.push(take);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await turn.promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  return {
    async enter(name, pace, signal) {
      signal.throwIfAborted();
      const lane = laneOf(name);
      await place(lane, pace, signal);
      let inside = true;
      const leave = () => {
        if (!inside) return;
        inside = false;
        // The place goes straight to the next in line, so nobody can slip in between.
        const next = lane.waiting.shift();
        if (next) next();
        else lane.underWay -= 1;
      };
      try {
        for (let wait = waitOf(lane, pace); wait > 0; wait = waitOf(lane, pace)) {
          if (wait > LONGEST_WAIT_MS)
            throw new CrosstrackError({ kind: 'rate', retryAfterMs: wait });
          await clock.sleep(wait, signal);
        }
        lane.sent.push(clock.now());
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },
    holdUntil(name, at) {
      const lane = laneOf(name);
      lane.heldUntil = Math.max(lane.heldUntil, at);
    },
  };
}
