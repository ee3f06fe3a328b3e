import type { SealedArea } from '../../../lib/keys/key-store.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';

/** What a browser keeps while workers come and go. */
export interface Area extends SealedArea {
  readonly items: Record<string, unknown>;
}

/** `storage.local` or `storage.session`, in memory. */
export function memoryArea(): Area {
  const items: Record<string, unknown> = {};
  return {
    items,
    get: async (key) =>
      structuredClone(key === null ? items : key in items ? { [key]: items[key] } : {}),
    set: async (more) => void Object.assign(items, structuredClone(more)),
    remove: async (key) => void delete items[key],
  };
}

export class Killed extends Error {}

/** A worker that is killed after so many steps in any storage; from then on nothing it does arrives. */
export function mortal(steps: number) {
  let left = steps;
  const step = () => {
    left -= 1;
    if (left < 0) throw new Killed();
  };
  return {
    area: (area: Area): SealedArea => ({
      async get(key) {
        step();
        return area.get(key);
      },
      async set(items) {
        step();
        await area.set(items);
      },
      async remove(key) {
        step();
        await area.remove(key);
      },
    }),
    /** Each request and each transaction is a step; a transaction arrives as a whole or not at all. */
    database:
      (database: OpenDatabase): OpenDatabase =>
      async () =>
        new Proxy(await database(), {
          get(target, name) {
            const member: unknown = Reflect.get(target, name);
            if (typeof member !== 'function') return member;
            return (...args: unknown[]) => {
              step();
              return Reflect.apply(member, target, args);
            };
          },
        }),
  };
}
