import type { TrackerCall } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Campaign, Lander, Offer, TrackerClient } from '../adapter.ts';
import { urlIn } from '../addresses.ts';
import { listed as allListed } from '../listed.ts';
import { wholeOf } from '../paging.ts';
import { campaignSchema, landerSchema, listOf, nameOf, offerSchema } from './schema.ts';

interface ListOf<T> {
  readonly call: TrackerCall;
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [string, string]>;
  readonly row: z.ZodMiniType<T>;
  readonly keyOf: (row: T) => string;
  /** Rows per page; reports, logs and lists have different limits. */
  readonly per: number;
  readonly pace?: string;
  /** On a rate limit, returns the rows so far as incomplete. */
  readonly partial?: boolean;
}

/** 100,000 objects of a list, ten million entries of a log. */
const MOST_PAGES = 1000;

/** Fetches all pages of a list; `complete` as in `allPages`. */
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

/** Campaigns that are not deleted. Paused and archived ones share a status and are inactive. */
export async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const rows = wholeOf(
    await listed(client, {
      call: 'campaigns',
      path: '/campaigns',
      row: campaignSchema,
      keyOf: ({ id }) => id,
      per: 100,
    }),
  );
  return rows
    .filter(({ status }) => status !== DELETED)
    .map((row) => ({
      id: row.id,
      name: nameOf(row),
      active: isActive(row.status),
      source: row.source_id === '' ? null : { id: row.source_id, name: row.source_title },
    }));
}

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
        name: nameOf(row),
        active: isActive(row.status),
        payout: amount
          ? { amount, currency: row.payment?.currency || client.connection.currency }
          : null,
        network: row.network_title || null,
        ...urlIn(row.url),
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
    .map((row) => ({ id: row.id, name: nameOf(row), active: isActive(row.status) }));
}
