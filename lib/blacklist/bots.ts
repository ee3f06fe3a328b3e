import { gammaP } from './gamma.ts';
import type { BotSign, Campaign, PlacementColumns } from './placement.ts';

/** Least number of lander views at which a placement's lander CTR is judged by itself. */
const ENOUGH_VIEWS = 20;
/** Lander CTR above which nobody reads the lander. */
const TOO_EAGER = 0.8;
/** Probability below which a lander CTR of 0, or a flood of conversions, is not chance. */
const NO_ACCIDENT = 0.001;
/** Fewer conversions are no flood. */
const FLOOD = 5;
/** A flood converts at more than this many times the campaign's rate. */
const FLOOD_FACTOR = 3;

/** Why a placement's traffic looks like that of bots, against the campaign's other placements; null = it does not. */
export function botSignOf(
  columns: PlacementColumns,
  row: number,
  campaign: Campaign,
): BotSign | null {
  const clicks = columns.clicks[row] || 0;
  const views = columns.landerViews[row] ?? Number.NaN;
  const landerClicks = columns.landerClicks[row] ?? Number.NaN;
  // Without a view there is no lander to leave; where views are not told, there may be none.
  if (landerClicks === 0 && views > 0) {
    const otherViews = campaign.landerViews - views;
    const usual = otherViews > 0 ? campaign.landerClicks / otherViews : 0;
    if ((1 - Math.min(usual, 1)) ** views < NO_ACCIDENT) return 'noLanderClicks';
  }
  const earns = (columns.revenue[row] || 0) > 0 || (columns.payable[row] || 0) > 0;
  // At most each click brings a view.
  const mostViews = Number.isNaN(views) ? clicks : views;
  if (mostViews >= ENOUGH_VIEWS && landerClicks / mostViews > TOO_EAGER && !earns) {
    return 'tooManyLanderClicks';
  }
  const conversions = columns.conversions[row] || 0;
  const usualRate = (campaign.conversions - conversions) / (campaign.clicks - clicks);
  if (conversions >= FLOOD && usualRate > 0) {
    // Poisson tail: the chance of so many at three times the campaign's usual rate.
    if (gammaP(conversions, usualRate * clicks * FLOOD_FACTOR) < NO_ACCIDENT) {
      return 'tooManyConversions';
    }
  }
  return null;
}
