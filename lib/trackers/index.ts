import type { TrackerAdapter } from './adapter.ts';
import { affise } from './affise/adapter.ts';
import { binom } from './binom/adapter.ts';
import { binom2 } from './binom2/adapter.ts';
import { demo, demoNetwork } from './demo/adapter.ts';
import { keitaro } from './keitaro/adapter.ts';
import { redtrack } from './redtrack/adapter.ts';

/** Every tracker there is, in the order in which people are offered them. */
export const trackers: readonly TrackerAdapter[] = [
  keitaro,
  binom,
  binom2,
  redtrack,
  affise,
  demo,
  demoNetwork,
];
