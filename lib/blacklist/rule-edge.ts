import { completeRules } from './default-rules.ts';
import { gammaP } from './gamma.ts';
import type { Campaign } from './placement.ts';
import { posteriorOf } from './posterior.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { Condition, ConditionGroup, ThumbRule } from './thumb-rule.ts';

/**
 * How sure a rule of thumb is where it is least sure: of the placements that it may pick, the one that
 * just meets it.
 */
export type Edge =
  /** Probability (0–1) that one loses: without a prior, and with the campaign's. */
  | { readonly kind: 'sure'; readonly flat: number; readonly own: number }
  /** Nothing limits what may be earned, in one of its groups or in all: that says nothing of losing. */
  | { readonly kind: 'silent'; readonly isAll: boolean }
  /** Nothing tells what a conversion is worth. */
  | { readonly kind: 'noPayout' }
  /** It picks nothing, whatever the figures. */
  | { readonly kind: 'never' };

/** The edge of a rule: that of its least sure group. */
export function edgeOf(rule: ThumbRule, campaign: Campaign, rules: RuleSettings): Edge {
  const edges = rule
    .map((group) => groupEdge(group, campaign, rules))
    .filter(({ kind }) => kind !== 'never');
  const sure = edges.filter((edge) => edge.kind === 'sure');
  if (edges.length === 0) return { kind: 'never' };
  if (edges.some(({ kind }) => kind === 'noPayout')) return { kind: 'noPayout' };
  if (sure.length < edges.length) return { kind: 'silent', isAll: sure.length === 0 };
  return {
    kind: 'sure',
    flat: Math.min(...sure.map(({ flat }) => flat)),
    own: Math.min(...sure.map(({ own }) => own)),
  };
}

/**
 * The edge of one group. All that its conditions fix is spend and whole conversions, in payouts v and
 * k: clicks cost what the campaign's do, a conversion brings its payout. For each k the least sure has
 * the least v that meets them; of these the least sure is the edge.
 */
export function groupEdge(group: ConditionGroup, campaign: Campaign, rules: RuleSettings): Edge {
  const { targetRoi } = completeRules(rules);
  const { payout, worth } = campaign;
  if (group.some(({ value }) => Number.isNaN(value))) return { kind: 'never' };
  const lines = group.flatMap((one) => lineOf(one, payout ?? 1, campaign.costPerClick) ?? []);
  if (!lines.some(({ k, most }) => k > 0 && most)) return { kind: 'silent', isAll: true };
  if (payout === null || worth === null) return { kind: 'noPayout' };

  let [flat, own] = [2, 2];
  for (const k of conversionsToTry(lines)) {
    const v = leastSpend(lines, k);
    if (v === null || !Number.isFinite(v)) continue;
    const m = (v * payout) / worth;
    flat = Math.min(flat, gammaP(1 + k, m * (1 + targetRoi)));
    // Beside the campaign's placements, which are all others to it.
    const { shape, rate } = posteriorOf(
      {
        ...campaign,
        spent: campaign.spent + m,
        earned: campaign.earned + k,
        squares: campaign.squares + m * m,
      },
      m,
      k,
      k,
    );
    own = Math.min(own, gammaP(shape, rate * (1 + targetRoi)));
  }
  return flat > 1 ? { kind: 'never' } : { kind: 'sure', flat, own };
}

/** k·`k` + v·`v` is at most `limit`, or at least. */
interface Line {
  readonly k: number;
  readonly v: number;
  readonly limit: number;
  readonly most: boolean;
  /** Is the limit itself excluded? It counts for whole conversions only: spend may come as near as it likes. */
  readonly strict: boolean;
}

/** A condition in payouts spent and conversions; null = it tells neither. */
function lineOf(
  { measure, is, value }: Condition,
  payout: number,
  costPerClick: number | null,
): Line | null {
  const most = is === 'atMost' || is === 'below';
  const strict = is === 'below' || is === 'above';
  const line = (k: number, v: number, limit: number): Line => ({ k, v, limit, most, strict });
  const click = costPerClick !== null && costPerClick > 0 ? costPerClick / payout : null;
  switch (measure) {
    case 'spent':
      return line(0, 1, value);
    case 'cost':
      return line(0, 1, value / payout);
    case 'clicks':
      return click === null ? null : line(0, 1, value * click);
    case 'conversions':
      return line(1, 0, value);
    case 'revenue':
      return line(1, 0, value / payout);
    case 'profit':
      return line(1, -1, value / payout);
    case 'roi':
      return line(1, -(1 + value), 0);
    case 'cr':
      return click === null ? null : line(1, -value / click, 0);
    case 'epc':
      return click === null ? null : line(1, -value / payout / click, 0);
    default:
      return null;
  }
}

const ROUNDING = 1e-9;

/** The least spend, in payouts, with which k conversions meet all lines; null = none does. */
function leastSpend(lines: readonly Line[], k: number): number | null {
  let [least, greatest] = [0, Number.POSITIVE_INFINITY];
  for (const { k: perK, v, limit, most, strict } of lines) {
    // What is left for spend, and which side of it that is.
    const left = limit - perK * k;
    if (v === 0) {
      const over = most ? -left : left;
      if (strict ? over > -ROUNDING : over > ROUNDING) return null;
    } else if (v > 0 === most) greatest = Math.min(greatest, left / v);
    else least = Math.max(least, left / v);
  }
  return least <= greatest * (1 + ROUNDING) + ROUNDING ? least : null;
}

/** Steps, and corners, go no further than this many conversions. */
const MOST_STEPS = 1_000_000;
const MOST_CORNER = 1_000_000_000;
/** Numbers of conversions that are tried one by one, from the lowest and about each corner. */
const EACH = 20;
const STEP = 1.1;

/**
 * Numbers of conversions among which the least sure is. Between two corners it changes slowly or one
 * way, so the first ones, those about the corners, and ever larger steps will do.
 */
function conversionsToTry(lines: readonly Line[]): number[] {
  const floor = Math.max(0, ...lines.map((line) => (line.k === 0 && !line.most ? line.limit : 0)));
  const corners = lines.flatMap(({ k, v, limit }) => (k > 0 ? [(limit - v * floor) / k] : []));
  const tried = new Set<number>();
  for (const corner of [0, ...corners]) {
    const from = Math.max(0, Math.floor(Math.min(corner, MOST_CORNER)) - 1);
    for (let k = from; k < from + EACH; k++) tried.add(k);
  }
  for (let k = EACH; k < MOST_STEPS; k = Math.ceil(k * STEP)) tried.add(k);
  return [...tried];
}
