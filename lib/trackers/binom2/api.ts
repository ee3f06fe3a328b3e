import type { QueryValue } from '../../http/http.ts';
import type { Range } from '../../report/range.ts';
import { lastSecond } from '../times.ts';

export const API = '/public/api/v1';
export const TOKENS = 30;

export type Query = ReadonlyArray<readonly [string, QueryValue]>;

/**
 * Days in a zone, whole or until an instant within the last one; most calls refuse to work without days
 * or without a zone.
 */
export const daysOf = (range: Range, until?: number): Query => [
  ['datePreset', 'custom_time'],
  ['dateFrom', `${range.from} 00:00:00`],
  ['dateTo', lastSecond(range, until)],
  ['timezone', range.zone],
];
