import type { QueryValue } from '../../http/http.ts';
import type { Range } from '../../report/range.ts';

export const API = '/public/api/v1';
export const TOKENS = 30;

export type Query = ReadonlyArray<readonly [string, QueryValue]>;

/** Whole days in a zone; most calls refuse to work without days or without a zone. */
export const daysOf = ({ from, to, zone }: Range): Query => [
  ['datePreset', 'custom_time'],
  ['dateFrom', `${from} 00:00:00`],
  ['dateTo', `${to} 23:59:59`],
  ['timezone', zone],
];
