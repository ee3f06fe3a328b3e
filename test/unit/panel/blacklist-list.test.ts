import { effect } from '@preact/signals';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueryClient } from '../../../components/kit/query.ts';
import { BlacklistModel } from '../../../components/panel/blacklist-model.ts';
import { type Thresholds, thresholdsSchema } from '../../../lib/blacklist/rule-settings.ts';
import type { Condition, ListBy } from '../../../lib/blacklist/thumb-rule.ts';
import type { CallName, Input } from '../../../lib/contract/calls.ts';
import type { ConnectionView } from '../../../lib/contract/connections.ts';
import type { PanelContext } from '../../../lib/contract/panel.ts';
import { DEFAULT_SETTINGS } from '../../../lib/settings/settings.ts';
import { z } from '../../../lib/zod.ts';
import { randomFrom } from '../../simulators/model/random.ts';
import {
  loser,
  NOW,
  RANGE,
  setUp,
  startAnew,
  told,
  winner,
} from '../background/placements-world.ts';

const stops: Array<() => void> = [];
beforeEach(startAnew);
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const contextOf = (fixed: Partial<Thresholds>): PanelContext => ({
  own: 'k',
  connections: [{ id: 'k', zone: 'UTC', currency: 'USD' } as ConnectionView],
  trackers: [],
  settings: {
    ...DEFAULT_SETTINGS,
    rules: { ...DEFAULT_SETTINGS.rules, ...fixed },
    fixedRules: z.keyof(thresholdsSchema).options.filter((rule) => rule in fixed),
    panelTab: 'blacklist',
  },
  formats: [],
});

/** The panel's blacklist over a background with the figures that are told, and an administrator's rules. */
function open(fixed: Partial<Thresholds> = {}) {
  const context = contextOf(fixed);
  const background = setUp();
  const answers: { readonly [N in CallName]?: (input: Input<N>) => unknown } = {
    'placements.list': (input) => background.list(input),
    'placements.blocked': () => background.blocked(),
    'protected.list': () => told.protectedIds ?? [],
  };
  const client = createQueryClient({
    call: async (name, input) => ((await answers[name]?.(input)) ?? null) as never,
    onChange: () => () => {},
  });
  const campaign = { id: '12', name: 'Summer', named: true };
  const drafts = {
    read: (_: string, field: string) =>
      field === 'days' ? `${RANGE.from} ${RANGE.to}` : undefined,
    write: () => {},
  };
  const model = new BlacklistModel(client, { context, campaign, now: () => NOW }, drafts);
  stops.push(
    effect(() => void model.lists.value),
    effect(() => void model.toMark.value),
    () => model[Symbol.dispose](),
  );
  return { model, background, client };
}

/** Zones of all kinds of figures, some of them not told. */
function zones() {
  const random = randomFrom(5);
  return Array.from({ length: 120 }, (_, at) => {
    const conversions = random() < 0.5 ? 0 : Math.floor(random() * 12);
    return {
      id: String(100 + at),
      clicks: 20 + Math.floor(random() * 900),
      cost: random() < 0.05 ? null : random() * 50,
      conversions,
      revenue: 4 * conversions,
      landerViews: 60,
      landerClicks: random() < 0.3 ? 0 : 9,
    };
  });
}
const is = (measure: Condition['measure'], how: Condition['is'], value: number): Condition => ({
  measure,
  is: how,
  value,
  ...(measure === 'cost' ? { currency: 'USD' } : {}),
});

test.each<[ListBy, Condition[][]]>([
  ['verdict', [[is('spent', 'atLeast', 2), is('conversions', 'atMost', 0)]]],
  ['both', [[is('cost', 'atLeast', 10), is('roi', 'below', -0.6)], [is('landerCtr', 'atMost', 0)]]],
  ['either', [[is('spent', 'atLeast', 1), is('roi', 'below', -0.3)]]],
  ['rule', [[is('clicks', 'atLeast', 300), is('cr', 'below', 0.005)], [is('spent', 'above', 9)]]],
])('what the panel shows by %s is what the background exports', async (listBy, thumbRule) => {
  told.rows = zones();
  told.protectedIds = [{ format: 'propellerads', id: '117' }];
  const { model, background } = open();
  await expect.poll(() => model.columns.value.ids.length).toBe(120);
  model.changeRules({ ...model.rules.value, thumbRule, listBy }, false);
  const { scores, columns, ticked } = model;
  const on = columns.value.ids.filter((id, row) => ticked.value(id, row));
  const off = columns.value.ids.filter((id, row) => !ticked.value(id, row));
  expect(on.length).toBe(scores.value.summary.listed);
  expect(on.length).toBeGreaterThan(5);
  expect(off.length).toBeGreaterThan(5);
  // One by hand on the list, and one off it.
  for (const id of [on[2], off[2]]) model.tick(id ?? '', columns.value.ids.indexOf(id ?? ''));
  const wanted = [...on.filter((id) => id !== on[2]), off[2]].filter((id) => id !== '117');
  const shown = () => model.lists.value?.parts[0]?.items.map(({ id }) => id) ?? [];
  await expect.poll(() => shown().toSorted()).toEqual(wanted.toSorted());
  const { part } = await background.send({
    settings: model.rules.value,
    added: [...model.added.value],
    removed: [...model.removed.value],
  });
  expect(part?.text.split('\n')).toEqual(shown());
});

test('an administrator’s choice of what makes the list outlives a rule that is taken away and begun anew', async () => {
  told.rows = zones();
  const { model } = open({ listBy: 'rule' });
  await expect.poll(() => model.columns.value.ids.length).toBe(120);
  const thumbRule = [[is('clicks', 'atLeast', 300)]];
  // As the fold does it: a rule that is begun makes no list until that is chosen.
  model.changeRules({ ...model.rules.value, thumbRule, listBy: 'verdict' }, false);
  expect(model.rules.value.listBy).toBe('rule');
  const picked = model.scores.value.rule.picked;
  expect(picked).toBeGreaterThan(5);
  expect(model.scores.value.summary.listed).toBe(picked);
});

test('what is to be marked follows the protected ones and newer figures', async () => {
  told.rows = [loser('101', 50), loser('102'), winner('103')];
  const { model, client } = open();
  await expect.poll(() => model.toMark.value?.toSorted()).toEqual(['101', '102']);
  told.protectedIds = [{ format: 'propellerads', id: '101' }];
  client.refresh();
  await expect.poll(() => model.toMark.value).toEqual(['102']);
  told.rows = [loser('104', 50), winner('103')];
  client.refresh();
  await expect.poll(() => model.toMark.value).toEqual(['104']);
});
