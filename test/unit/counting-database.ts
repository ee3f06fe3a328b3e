import type { AnyStore, Database, OpenDatabase } from '../../lib/store/database.ts';

/** A database that counts the records of a store that it gives out. */
export function counting(
  open: OpenDatabase,
  store: AnyStore,
): { database: OpenDatabase; given(): number } {
  let given = 0;
  const counted = <T>(answer: Promise<T>): Promise<T> =>
    answer.then((records) => {
      given += Array.isArray(records) ? records.length : 1;
      return records;
    });
  const readers = new Set(['get', 'getAll', 'getAllFromIndex']);
  const watched = <T extends object>(of: T, isOurs: (args: unknown[]) => boolean): T =>
    new Proxy(of, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const answer = member.apply(target, args);
          if (name === 'transaction') return watched(answer, () => false);
          if (name === 'objectStore') return watched(answer, () => args[0] === store);
          return readers.has(String(name)) && isOurs(args) ? counted(answer) : answer;
        };
      },
    });
  let one: Database | null = null;
  return {
    database: async () => {
      one ??= watched(await open(), ([of]) => of === store);
      return one;
    },
    given: () => given,
  };
}
