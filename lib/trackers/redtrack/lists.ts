import type { TrackerCall } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Lander, Offer, TrackerClient } from '../adapter.ts';
import { listed as allListed } from '../listed.ts';
import { wholeOf } from '../paging.ts';
import { landerSchema, listOf, offerSchema } from './schema.ts';

interface ListOf<T> {
  readonly call: TrackerCall;
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [string, string]>;
  readonly row: z.ZodMiniType<T>;
  readonly keyOf: (row: T) => string;
  /** Rows a page; reports, logs and lists have different limits. */
  readonly per: number;
  readonly pace?: string;
  /** Keeps what was read when the limit of a minute is reached, and calls it incomplete. */
  readonly partial?: boolean;
}

/** 100,000 of a list, a million of a log. */
const MOST_PAGES = 1000;

/** All pages of a list; `complete` as `allPages` says. */
export const listed = <T>(client: TrackerClient, { row, per, ...list }: ListOf<T>) =>
  allListed(client, {
    ...list,
    answer: listOf(row),
    pageQuery: (page) => [
      ['page', page],
      ['per', per],
    ],
    pageIn: (answer) => answer,
    limit: per,
    most: MOST_PAGES,
  });

/** 1 active, 2 paused or archived, 3 deleted. */
const isActive = (status: number | null | undefined): boolean => (status ?? 1) === 1;
const DELETED = 3;

export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = wholeOf(
    await listed(client, {
      call: 'offers',
      path: '/offers',
      row: offerSchema,
      keyOf: ({ id }) => id,
      per: 100,
    }),
  );
  return rows
    .filter(({ status }) => status !== DELETED)
    .map((row) => {
      const amount = row.payment?.amount ?? row.payout ?? null;
      return {
        id: row.id,
        name: row.title,
        active: isActive(row.status),
        payout: amount
          ? { amount, currency: row.payment?.currency || client.connection.currency }
          : null,
        network: row.network_title || null,
      };
    });
}

export async function landers(client: TrackerClient): Promise<Lander[]> {
  const rows = wholeOf(
    await listed(client, {
      call: 'landers',
      path: '/landings',
      row: landerSchema,
      keyOf: ({ id }) => id,
      per: 100,
    }),
  );
  return rows
    .filter(({ status }) => status !== DELETED)
    .map(({ id, title, status }) => ({ id, name: title, active: isActive(status) }));
}
