/** A cost update that a tracker took, as it stands in its books. */
export interface Booking {
  /** Index of the campaign. */
  readonly campaign: number;
  /** The total in the tracker's currency; known when it is applied. */
  total: number | null;
  /** Clicks that it was spread over; known when it is applied. */
  clicks: number | null;
  /** Epoch ms. */
  readonly takenAt: number;
  /** null = not yet. */
  appliedAt: number | null;
}

interface Job {
  readonly due: number;
  readonly booking: Booking;
  /** Applies it to the clicks that there are at its time; tells the total and their number. */
  run(at: number): { total: number; clicks: number };
}

/** Cost updates that a tracker has taken and applies when it comes to them. */
export interface Jobs {
  /** What every update from now on takes to be applied (ms). */
  setDelay(ms: number): void;
  add(campaign: number, run: Job['run']): void;
  /** Lets time pass for them alone (ms). */
  advance(ms: number): void;
  /** Applies what is due. */
  work(): void;
  readonly books: readonly Booking[];
  reset(): void;
}

/**
 * @param clock epoch ms
 * @param queue applies one after the other, in the order in which they were taken; else each by itself
 */
export function createJobs(clock: () => number, queue: boolean): Jobs {
  let delay = 0;
  let ahead = 0;
  const now = (): number => clock() + ahead;
  let waiting: Job[] = [];
  let books: Booking[] = [];
  const work = (): void => {
    const at = now();
    const due = waiting.filter((job) => job.due <= at).sort((a, b) => a.due - b.due);
    waiting = waiting.filter((job) => job.due > at);
    for (const { due: when, booking, run } of due) {
      Object.assign(booking, run(when), { appliedAt: when });
    }
  };
  return {
    setDelay(ms) {
      delay = ms;
    },
    add(campaign, run) {
      const takenAt = now();
      const last = queue ? Math.max(0, ...waiting.map(({ due }) => due)) : 0;
      const booking = { campaign, total: null, clicks: null, takenAt, appliedAt: null };
      books.push(booking);
      waiting.push({ due: Math.max(takenAt + delay, last), booking, run });
      work();
    },
    advance(ms) {
      ahead += ms;
    },
    work,
    get books() {
      return books;
    },
    reset() {
      delay = 0;
      ahead = 0;
      waiting = [];
      books = [];
    },
  };
}
