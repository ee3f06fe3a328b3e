/** Virtual time: it passes only while nothing is going on. */
export interface VirtualTime {
  /** Epoch ms. */
  now(): number;
  /** Rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Holds the time while it is under way. */
  busy<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is going on. */
  quiet(): Promise<void>;
  /** Lets the time pass to an instant, with everything that is due on the way. */
  passTo(at: number): Promise<void>;
  /** Calls back at an instant. */
  at(at: number, call: () => void): () => void;
}

interface Timer {
  readonly at: number;
  readonly nth: number;
  readonly call: () => void;
}

/** Turns of the event loop without anything new after which nothing is going on: a step of the database takes fewer. */
const QUIET_TURNS = 12;

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

export function createTime(start: number): VirtualTime {
  let now = start;
  let nth = 0;
  let underWay = 0;
  let deeds = 0;
  let timers: Timer[] = [];

  const at = (when: number, call: () => void): (() => void) => {
    const timer = { at: Math.ceil(when), nth: nth++, call };
    timers.push(timer);
    deeds += 1;
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const quiet = async (): Promise<void> => {
    let seen = -1;
    for (let idle = 0; idle < QUIET_TURNS; idle++) {
      if (underWay > 0 || seen !== deeds) idle = 0;
      seen = deeds;
      await turn();
    }
  };
  return {
    now: () => now,
    at,
    quiet,
    async busy(work) {
      underWay += 1;
      deeds += 1;
      try {
        return await work;
      } finally {
        underWay -= 1;
        deeds += 1;
      }
    },
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal?.aborted) {
        reject(signal.reason);
        return promise;
      }
      const cancel = at(now + ms, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
      return promise;
    },
    async passTo(until) {
      for (;;) {
        await quiet();
        const next = timers.reduce<Timer | null>(
          (first, timer) =>
            !first || timer.at < first.at || (timer.at === first.at && timer.nth < first.nth)
              ? timer
              : first,
          null,
        );
        if (!next || next.at > until) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = Math.max(now, until);
    },
  };
}
