import { blacklistCalls } from './blacklist.ts';
import type { AnswerOf, Contract, InputOf } from './call.ts';
import { capCalls } from './caps.ts';
import { clickCalls } from './clicks.ts';
import { connectionCalls, demoCalls, overlapCalls } from './connections.ts';
import { costCalls } from './costs.ts';
import { figureCalls, groupCalls, matchCalls, onceCalls, statsCalls } from './figures.ts';
import { keyCalls } from './keys.ts';
import { linkCalls } from './links.ts';
import { marksCalls } from './marks.ts';
import { offerCalls } from './offers.ts';
import { panelCalls } from './panel.ts';
import { pauseCalls } from './pauses.ts';
import { popupCalls } from './popup.ts';
import {
  limitCalls,
  ownSourceCalls,
  protectedCalls,
  rateCalls,
  settingsCalls,
} from './settings.ts';
import { damagedCalls, managedCalls, storageCalls } from './state.ts';
import { tabCalls } from './tabs.ts';
import { transferCalls } from './transfer.ts';

/** Every call that the background answers; each subject has its own file. */
export const calls = {
  ...connectionCalls,
  ...overlapCalls,
  ...demoCalls,
  ...tabCalls,
  ...panelCalls,
  ...settingsCalls,
  ...ownSourceCalls,
  ...protectedCalls,
  ...rateCalls,
  ...limitCalls,
  ...figureCalls,
  ...groupCalls,
  ...matchCalls,
  ...linkCalls,
  ...statsCalls,
  ...onceCalls,
  ...popupCalls,
  ...offerCalls,
  ...capCalls,
  ...clickCalls,
  ...costCalls,
  ...pauseCalls,
  ...blacklistCalls,
  ...marksCalls,
  ...keyCalls,
  ...transferCalls,
  ...managedCalls,
  ...storageCalls,
  ...damagedCalls,
} satisfies Contract;

type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<N extends CallName> = InputOf<Calls[N]>;
export type Answers = { readonly [N in CallName]: AnswerOf<Calls[N]> };
