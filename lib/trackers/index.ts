import type { TrackerAdapter } from './adapter.ts';
import { affise } from './affise/adapter.ts';
import { binom } from './binom/adapter.ts';
import { binom2 } from './binom2/adapter.ts';
import { demo, demoNetwork } from './demo/adapter.ts';
import { keitaro } from './keitaro/adapter.ts';
import { redtrack } from './redtrack/adapter.ts';

/** All trackers, in the order in which the UI offers them. */
export const trackers: readonly TrackerAdapter[] = [
  keitaro,
  binom,
  binom2,
  redtrack,
  affise,
  demo,
  demoNetwork,
];
