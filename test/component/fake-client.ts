import { DEFAULT_RULES, scorePlacements } from '../../lib/blacklist/score.ts';
import { summariseVerdicts } from '../../lib/blacklist/summary.ts';
import { previewCost } from '../../lib/costs/preview.ts';
import { undoOrder } from '../../lib/costs/undo.ts';
import { CrosstrackError, type Problem } from '../../lib/errors.ts';
import type { JournalRecord, JournalState } from '../../lib/journal/record.ts';
import { NO_METRICS } from '../../lib/report/metrics.ts';
import type { CallName, Input } from '../../lib/rpc/calls.ts';
import type { Client } from '../../lib/rpc/client.ts';
import type { ExportEntry, Results } from '../../lib/rpc/results.ts';
import { formats } from '../../lib/sources/formats.ts';
import * as world from './fake-world.ts';

type Answers = {
  [N in CallName]?: (
    input: Input<N>,
    signal: AbortSignal | undefined,
  ) => Results[N] | Promise<Results[N]>;
};

export interface Fake {
  readonly client: Client;
  /** Every call so far, in order. */
  readonly calls: ReadonlyArray<{ readonly name: CallName; readonly input: unknown }>;
  /** Inputs of the calls of one name. */
  asked<N extends CallName>(name: N): Input<N>[];
}

export const refuse = (problem: Problem): never => {
  throw new CrosstrackError(problem);
};

/** A background of made-up data; `answers` replaces single calls. */
export function createFake(answers: Answers = {}, placements = 40): Fake {
  const calls: { name: CallName; input: unknown }[] = [];
  const all: Answers = { ...usual(placements), ...answers };
  return {
    calls,
    asked: <N extends CallName>(name: N) =>
      calls.filter((call) => call.name === name).map(({ input }) => input as Input<N>),
    client: {
      async call(name, input, signal) {
        calls.push({ name, input });
        const answer = all[name];
        if (!answer) return refuse({ kind: 'unsupported', said: name });
        // As over a message channel: later, and only plain data.
        await Promise.resolve();
        signal?.throwIfAborted();
        const result = await answer(input, signal);
        signal?.throwIfAborted();
        return structuredClone(result);
      },
    },
  };
}

function usual(placements: number): Answers {
  let settings: Results['settings.read'] = {
    rules: DEFAULT_RULES,
    panelDock: 'right',
    panelTab: 'elsewhere',
    format: 'propellerads',
  };
  const linked = new Map([
    ['k', '12'],
    ['b', '7'],
    ['a', '900'],
    ['e', '31'],
  ]);
  const rows = world.placements(placements);
  const scored = (ask: Input<'placements.score'>): Results['placements.score'] => {
    const { rows: judged, payout } = scorePlacements(rows, ask.settings);
    return {
      rows: judged,
      currency: 'USD',
      zone: ask.range.zone,
      range: ask.range,
      complete: true,
      fetchedAt: world.NOW - 40_000,
      slot: { slot: ask.slot ?? 3, from: ask.slot ? 'chosen' : 'proposed' },
      tokens: [{ slot: 3, name: 'zone', macro: '{zoneid}', role: 'placement' }],
      payout,
      format: 'propellerads',
      ...summariseVerdicts(judged, 2),
      problem: null,
    };
  };
  return {
    'panel.context': () => ({
      own: 'k',
      connections: world.connections,
      trackers: world.trackers,
      settings,
      formats: formats.map(({ id, name }) => ({ id, name })),
    }),
    'connections.list': () => world.connections,
    'trackers.list': () => world.trackers,
    'settings.write': (patch) => {
      settings = { ...settings, ...(patch as Partial<typeof settings>) };
      return settings;
    },
    'campaigns.list': () => ({ campaigns: world.campaigns, fetchedAt: world.NOW }),
    'side.match': ({ from, target }) => {
      const campaignId = target === from.connection ? from.campaignId : linked.get(target);
      const how = target === from.connection ? 'same' : linked.get(target) ? 'name' : null;
      return {
        member: campaignId && how ? { campaignId, name: `Summer push DE ${target}`, how } : null,
        proposals: [{ campaignId: '14', name: 'Summer push Germany' }],
        problem: null,
      };
    },
    'side.figures': ({ connection }) => world.sideOf(connection),
    'links.join': ({ b }) => {
      linked.set(b.connection, b.campaignId);
      return [];
    },
    'links.part': ({ connection }) => {
      linked.delete(connection);
      return [];
    },
    'placements.score': scored,
    'placements.export': (ask) => {
      const ids = scored({ ...ask, fresh: false })
        .rows.filter(({ verdict }) => verdict.kind === 'cut')
        .map(({ id }) => id);
      return {
        chunks: [ids.join('\n')],
        csv: `placement\r\n${ids.join('\r\n')}\r\n`,
        name: 'list',
        count: ids.length,
        rejected: [{ id: world.HOSTILE, why: 'rejected_kind' }],
        duplicates: 2,
        protected: 1,
        fresh: 4,
        notes: ['note_replaces'],
      };
    },
    'exports.list': () => [exportEntry],
    'stats.read': ({ connection }) =>
      connection === 'e'
        ? world.statsOf('e', 90)
        : world.statsOf(connection, connection === 'b' ? -472.5 : 812.1),
    'dashboard.open': () => null,
    'options.open': () => null,
    ...journal(),
  };
}

const exportEntry: ExportEntry = {
  id: 'x1',
  at: world.NOW - 3_600_000,
  connection: 'k',
  campaignId: '12',
  campaignName: 'Summer push DE',
  format: 'propellerads',
  range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
  rules: DEFAULT_RULES,
  ids: ['1048576', '1056495'],
};

/** Previews by the real arithmetic; a record moves one state on with every look at it. */
function journal(): Answers {
  const records = new Map<string, JournalRecord>();
  let made = 0;
  let pending: Results['costs.preview'] | null = null;
  const propose = (
    order: Input<'costs.preview'>['order'],
    undoes: string | null,
  ): Results['costs.preview'] => {
    const connection = world.connections.find(({ id }) => id === order.connection);
    const tracker = world.trackers.find(({ id }) => id === connection?.tracker);
    const ability = tracker?.capabilities.cost;
    if (!connection || !ability?.can) return refuse({ kind: 'unsupported' });
    const preview = previewCost(order, world.figures[order.connection] ?? NO_METRICS, {
      trackerCurrency: connection.currency,
      trackerZone: connection.zone,
      ability,
    });
    made += 1;
    pending = { id: `p${made}`, preview, undoes };
    return pending;
  };
  const move = (record: JournalRecord, state: JournalState): JournalRecord => {
    const at = world.NOW + record.history.length * 26_000;
    const seen = state === 'verified' ? record.expected : record.seen;
    const moved = { ...record, state, seen, history: [...record.history, { at, state }] };
    records.set(record.id, moved);
    return moved;
  };
  const read = (id: string): JournalRecord => {
    const record = records.get(id);
    if (!record) return refuse({ kind: 'conflict', text: 'problem_record_gone' });
    if (record.state === 'sending') return move(record, 'accepted');
    return record.state === 'accepted' ? move(record, 'verified') : record;
  };
  return {
    'costs.preview': ({ order }) => propose(order, null),
    'costs.undo': ({ record: id }) => {
      const { order, before, trackerCurrency } = read(id);
      return propose(undoOrder(order, before, trackerCurrency), id);
    },
    'costs.send': ({ preview: id }) => {
      if (pending?.id !== id) return refuse({ kind: 'conflict', text: 'problem_preview_gone' });
      const { preview, undoes } = pending;
      return move(
        {
          id: `r${id}`,
          kind: 'cost',
          connectionName: 'Main',
          tracker: 'keitaro',
          order: preview.order,
          before: { cost: preview.before.cost, clicks: preview.clicks },
          expected: preview.expected ?? 0,
          trackerCurrency: preview.trackerCurrency,
          appliedLater: true,
          seen: null,
          state: 'planned',
          history: [{ at: world.NOW, state: 'planned' }],
          readBacks: 0,
          notBefore: null,
          undoes,
          createdAt: world.NOW,
        },
        'sending',
      );
    },
    'journal.list': () => [...records.values()],
    'journal.read': ({ record }) => read(record),
    'journal.settle': ({ record }) => read(record),
  };
}
