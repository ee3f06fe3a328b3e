import { cannot } from '../../../lib/trackers/adapter.ts';

/** Capabilities of a tracker that can do nothing but be there. */
export const NO_ABILITIES = {
  dimensions: ['campaign'],
  tokens: 3,
  reportZone: 'any',
  hourlyTotals: false,
  levels: 1,
  offers: cannot('never'),
  landers: cannot('never'),
  sources: cannot('never'),
  conversions: cannot('never'),
  clicks: cannot('never'),
  clickLookup: cannot('never'),
  postbacks: cannot('never'),
  cost: cannot('never'),
  pause: cannot('never'),
  marks: cannot('never'),
  upload: cannot('never'),
} as const;
