import { CrosstrackError } from '../errors.ts';
import type { SealedArea } from '../keys/key-store.ts';
import { z } from '../zod.ts';
import type { Pace } from './http.ts';

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Rejects with the signal's reason when it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Longest wait that is slept through (ms); the worker may not live longer. */
export const LONGEST_WAIT_MS = 20_000;

export interface Pacer {
  /**
   * Waits for a slot and returns the function that releases it.
   * @throws CrosstrackError `rate` with `retryAfterMs`, before anything is sent, when the wait is too long.
   */
  enter(name: string, pace: Pace, signal: AbortSignal): Promise<() => void>;
  /** Holds all requests until the tracker's own limit is over. */
  holdUntil(name: string, at: number): void;
}

interface Lane {
  underWay: number;
  readonly waiting: Array<() => void>;
  /** Times of the last requests and of those that are to come, oldest first. */
  readonly sent: number[];
  /** Until when the tracker wants nobody to enter, and since when that is so; null = it never said. */
  held: { readonly since: number; readonly until: number } | null;
}

/** In the session: the names of lanes, each with the times in its window. */
const PACES = 'paces';
const pacesSchema = z.array(z.tuple([z.string(), z.array(z.number())]));

/**
 * Enforces trackers' rate limits: concurrent requests, and requests per window.
 * @param session stores the windows across workers; without it, or when it fails, they start afresh
 */
export function createPacer(clock: Clock, session?: Pick<SealedArea, 'get' | 'set'>): Pacer {
  const lanes = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    let lane = lanes.get(name);
    if (!lane) {
      lane = { underWay: 0, waiting: [], sent: [], held: null };
      lanes.set(name, lane);
    }
    return lane;
  };

  const load = async (): Promise<void> => {
    const stored = pacesSchema.safeParse((await session?.get(PACES))?.[PACES]);
    for (const [name, sent] of stored.data ?? []) laneOf(name).sent.push(...sent);
  };
  const loaded = load().catch(() => {});
  /** Begins at once, so that it is on its way before the request is. */
  const save = async (): Promise<void> =>
    session?.set({ [PACES]: [...lanes].map(([name, { sent }]) => [name, sent]) });

  /** A clock that was set back ends a hold; the tracker refuses if it is too early. */
  const holdOf = ({ held }: Lane): number =>
    held && held.since <= clock.now() ? held.until : Number.NEGATIVE_INFINITY;

  /** First instant at which the window has room and the tracker does not hold. */
  const roomAt = (lane: Lane, pace: Pace): number => {
    const now = clock.now();
    const free = Math.max(now, holdOf(lane));
    if (!pace.perWindow) return free;
    const { requests, ms } = pace.perWindow;
    // A clock that was set back must not delay requests for hours.
    const last = now + LONGEST_WAIT_MS;
    while ((lane.sent.at(-1) ?? last) > last) lane.sent.pop();
    while (lane.sent.length > 0 && (lane.sent[0] ?? 0) <= now - ms) lane.sent.shift();
    const oldest = lane.sent[lane.sent.length - requests];
    return oldest === undefined ? free : Math.max(free, oldest + ms);
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
      // Not in line any more: the place is already ours and is given back by the caller.
      if (at < 0) return;
      lane.waiting.splice(at, 1);
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

  const unbook = (lane: Lane, at: number): boolean => {
    const index = lane.sent.lastIndexOf(at);
    if (index >= 0) lane.sent.splice(index, 1);
    return index >= 0;
  };

  /**
   * Books the next free instant of the window, so that the wait is known
   * beforehand and two that wait do not reach for the same room.
   */
  const book = async (lane: Lane, pace: Pace, signal: AbortSignal): Promise<void> => {
    if (pace.perWindow) await loaded;
    signal.throwIfAborted();
    const at = roomAt(lane, pace);
    const wait = at - clock.now();
    if (wait > LONGEST_WAIT_MS) throw new CrosstrackError({ kind: 'rate', retryAfterMs: wait });
    if (pace.perWindow) {
      lane.sent.push(at);
      save().catch(() => {});
    }
    if (wait <= 0) return;
    try {
      await clock.sleep(wait, signal);
      signal.throwIfAborted();
    } catch (error) {
      unbook(lane, at);
      throw error;
    }
    if (holdOf(lane) > clock.now()) {
      // The tracker has extended the hold meanwhile.
      unbook(lane, at);
      await book(lane, pace, signal);
    } else if (unbook(lane, at)) {
      // Timers fire late: the window counts from when the request leaves.
      lane.sent.push(Math.max(at, clock.now()));
      lane.sent.sort((a, b) => a - b);
      save().catch(() => {});
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
        // The slot passes directly to the next in the queue, so nobody can jump it.
        const next = lane.waiting.shift();
        if (next) next();
        else lane.underWay -= 1;
      };
      try {
        await book(lane, pace, signal);
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },
    holdUntil(name, at) {
      const lane = laneOf(name);
      lane.held = { since: clock.now(), until: Math.max(holdOf(lane), at) };
    },
  };
}
