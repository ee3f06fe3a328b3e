import { cannot } from '../../../lib/trackers/adapter.ts';

/** Capabilities of a tracker that can do nothing but be there. */
export const NO_ABILITIES = {
  dimensions: ['campaign'],
  tokens: 3,
  reportZone: 'any',
  hourlyTotals: false,
  dailyTotals: false,
  levels: 1,
  offers: cannot('problem_unsupported'),
  landers: cannot('problem_unsupported'),
  sources: cannot('problem_unsupported'),
  conversions: cannot('problem_unsupported'),
  clicks: cannot('problem_unsupported'),
  clickLookup: cannot('problem_unsupported'),
  postbacks: cannot('problem_unsupported'),
  cost: cannot('problem_unsupported'),
  pause: cannot('problem_unsupported'),
  marks: cannot('problem_unsupported'),
  upload: cannot('problem_unsupported'),
  campaignPage: cannot('problem_unsupported'),
} as const;
