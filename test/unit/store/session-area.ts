import type { SessionArea } from '../../../lib/store/session-database.ts';

/** As Firefox refuses what does not fit. */
class QuotaExceededError extends Error {
  override name = 'QuotaExceededError';
}

export interface FakeSession extends SessionArea {
  readonly items: Record<string, unknown>;
  /** What it holds at most, as JSON; may be changed. */
  most: number;
  /** Kept from taking anything until then. */
  held: Promise<void>;
}

/** `storage.session`: all of a `set` or nothing, and a quota. */
export function fakeSession(): FakeSession {
  const items: Record<string, unknown> = {};
  const area: FakeSession = {
    items,
    most: Number.POSITIVE_INFINITY,
    held: Promise.resolve(),
    get: async (key) =>
      structuredClone(key === null ? items : key in items ? { [key]: items[key] } : {}),
    async set(more) {
      await area.held;
      const next = { ...items, ...structuredClone(more) };
      if (JSON.stringify(next).length > area.most) throw new QuotaExceededError();
      Object.assign(items, next);
    },
    async remove(keys) {
      for (const key of [keys].flat()) delete items[key];
    },
  };
  return area;
}
