import type { BaseMetric, Metrics } from './metrics.ts';
import type { Range } from './range.ts';

/** What a report can be grouped by; `token3` is the third token of the tracker. */
export type NamedDimension =
  | 'campaign'
  | 'offer'
  | 'lander'
  | 'source'
  | 'country'
  | 'region'
  | 'city'
  | 'deviceType'
  | 'os'
  | 'browser'
  | 'language'
  | 'isp'
  | 'connectionType'
  | 'day'
  | 'hour'
  | 'weekday';
export type TokenDimension = `token${number}`;
export type Dimension = NamedDimension | TokenDimension;

/** Slot number of a token dimension, or null for a named one. */
export function tokenSlot(dimension: Dimension): number | null {
  return dimension.startsWith('token') ? Number(dimension.slice(5)) : null;
}

/** Only rows whose dimension has exactly this value (an id for campaign, offer, lander, source). */
export interface Filter {
  readonly dimension: Dimension;
  readonly value: string;
}

/** A report question that any tracker can answer. */
export interface Question {
  readonly range: Range;
  readonly groupBy: readonly Dimension[];
  readonly filters: readonly Filter[];
  /**
   * Only clicks before this instant (epoch ms, whole seconds), which is within the last day; absent =
   * whole days. Only for trackers whose costs have instants (`CostAbility.instants`).
   */
  readonly until?: number;
}

/** A value of a dimension: filters take its `id`, users see its `name`. */
export interface DimensionValue {
  readonly id: string;
  readonly name: string;
}

export interface ReportRow {
  /** One value per dimension of `groupBy`, in its order; empty for a total. */
  readonly values: readonly DimensionValue[];
  readonly metrics: Metrics;
}

export interface Report {
  readonly rows: readonly ReportRow[];
  /** What the tracker counts. A complete report without a row says that these are 0. */
  readonly counted: readonly BaseMetric[];
  /** IANA zone whose midnights divide the days; may differ from the requested zone. */
  readonly zone: string;
  /** ISO 4217 code of cost and revenue. */
  readonly currency: string;
  readonly basis: Basis;
  /** Epoch ms. */
  readonly fetchedAt: number;
  /** false when a limit stopped the paging before the last row. */
  readonly complete: boolean;
}

/** The date on which a conversion counts: its click's, or its own. */
export const BASES = ['visit', 'postback'] as const;
export type Basis = (typeof BASES)[number];
