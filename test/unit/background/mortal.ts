import type { OpenDatabase } from '../../../lib/store/database.ts';
import { type Area, areaOver } from './transfer-world.ts';

export class Killed extends Error {}

type Wrap = Readonly<Record<string, (answer: object) => object>>;

/** What a worker writes to, as long as it lives: from the write after `steps` on nothing works any more. */
export function mortal(steps: number) {
  let left = steps;
  const step = () => {
    if (left <= 0) throw new Killed();
    left -= 1;
  };
  /** The object with these methods counted; what they answer goes through `wrap`. */
  const counted = <T extends object>(of: T, methods: readonly string[], wrap: Wrap = {}): T =>
    new Proxy(of, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...input: unknown[]) => {
          if (methods.includes(String(name))) step();
          const answer = value.apply(target, input);
          return wrap[String(name)]?.(Object(answer)) ?? answer;
        };
      },
    });
  const store = (one: object) => counted(one, ['put', 'delete', 'add']);
  const transaction = (one: object) => counted(one, [], { objectStore: store });
  return {
    counted,
    database:
      (database: OpenDatabase): OpenDatabase =>
      async () =>
        counted(await database(), ['put', 'delete', 'transaction'], { transaction }),
    area: (area: Area) => counted(areaOver(area), ['set', 'remove']),
  };
}
