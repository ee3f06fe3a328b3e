import { OFFERS, objectId, offerIdOf } from '../model/campaigns.ts';
import { type Answered, json } from '../server.ts';

export const idOf = offerIdOf.affise;
export const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Days from one to another, both counted. */
export const daysIn = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

export const refuse = (status: number, error: string): Answered =>
  json(status, { status: 2, error });

export const offerObject = (index: number) => ({
  id: Number(idOf(index)),
  offer_id: objectId(`offer${index}`),
  title: OFFERS[index]?.name ?? '',
});

export const PAGING = ['page', 'limit', 'timezone', 'API-Key'];

/** Values of an array parameter in its spellings: `slice[]`, `slice[0]`, `slice`. */
export const listIn = (query: URLSearchParams, name: string): string[] =>
  [...query].flatMap(([key, value]) =>
    key === name || (key.startsWith(`${name}[`) && /^\d*\]$/.test(key.slice(name.length + 1)))
      ? [value]
      : [],
  );

/** Newer answers name the next page where there is one. */
export const pagination = (limit: number, page: number, total: number, old: boolean) => ({
  per_page: limit,
  total_count: total,
  page,
  ...(old || page * limit >= total ? {} : { next_page: page + 1 }),
});

/** Numbers and names of the states of conversions. */
export const STATUSES: Readonly<Record<string, readonly [number, string]>> = {
  sale: [1, 'confirmed'],
  lead: [2, 'pending'],
  rejected: [3, 'declined'],
  hold: [5, 'hold'],
};
