import type { Day } from '../../report/range.ts';
import { z } from '../../zod.ts';
import { readData, writeData } from '../connections/data.ts';
import type { Services } from '../services.ts';

const storedSchema = z.record(z.string(), z.string());

/**
 * The first day of each campaign's careful looks, in the connection's zone. A confidence that holds
 * over all looks holds only as long as they all count from one day.
 */
export interface FirstDays {
  /** The campaign's first day; its first look makes it the day that it asks for. */
  of(connection: string, campaignId: string, asked: Day): Promise<Day>;
  /** Lets all looks from now on count from another day. */
  set(connection: string, campaignId: string, day: Day): Promise<void>;
}

export function createFirstDays({ database: open }: Pick<Services, 'database'>): FirstDays {
  const daysIn = (stored: unknown) => storedSchema.safeParse(stored).data ?? {};
  const write = async (
    connection: string,
    next: (known: Readonly<Record<string, Day>>) => Readonly<Record<string, Day>>,
  ) => writeData(await open(), 'firstDays', connection, (stored) => next(daysIn(stored)));
  return {
    async of(connection, campaignId, asked) {
      const known = daysIn(await readData(await open(), 'firstDays', connection))[campaignId];
      if (known !== undefined) return known;
      let first = asked;
      await write(connection, (others) => {
        // Another look may have been quicker.
        first = others[campaignId] ?? asked;
        return { ...others, [campaignId]: first };
      });
      return first;
    },
    set: (connection, campaignId, day) =>
      write(connection, (others) => ({ ...others, [campaignId]: day })),
  };
}
