import type { costCalls, Previewed } from '../contract/costs.ts';
import { type CostOrder, costOrderSchema } from '../costs/order.ts';
import { previewCost } from '../costs/preview.ts';
import { sendableOrder } from '../costs/sendable.ts';
import { undoOrder } from '../costs/undo.ts';
import { CrosstrackError } from '../errors.ts';
import { type JournalRecord, journalRecordSchema } from '../journal/record.ts';
import type { Segment, Writer } from '../journal/writer.ts';
import { type Metrics, sumMetrics } from '../report/metrics.ts';
import type { Question } from '../report/question.ts';
import type { Caller } from '../rpc/policy.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { Capabilities, CostAbility } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Services } from './deps.ts';

type CostCalls = HandlersOf<typeof costCalls>;

/** A preview waits ten minutes for its confirmation; after that its figures are too old. */
const PREVIEW_MS = 10 * 60_000;

const previewSchema = z.object({
  id: z.string(),
  asker: z.string(),
  createdAt: z.number(),
  record: journalRecordSchema,
});

/** The report that shows a cost order's segment. */
export function segmentQuestion(order: CostOrder): Question {
  return {
    range: order.range,
    groupBy: [],
    filters: [
      { dimension: 'campaign', value: order.campaignId },
      ...(order.token
        ? [{ dimension: `token${order.token.slot}` as const, value: order.token.value }]
        : []),
    ],
  };
}

/** Whoever saw a preview may send it: a tab that went on to another tracker did not. */
const askerOf = (caller: Caller): string =>
  [caller.kind, caller.tab, caller.kind !== 'extension' ? caller.connection : ''].join(':');

/** Reads a segment from the tracker itself, past the cache. */
export async function readSegment(
  services: Pick<Services, 'asks'>,
  connections: Pick<ConnectionHandlers, 'get'>,
  order: CostOrder,
  signal: AbortSignal,
): Promise<Metrics> {
  const connection = await connections.get(order.connection);
  const report = await services.asks.run(connection, signal, (ask, adapter) =>
    adapter.report(ask, segmentQuestion(order)),
  );
  return sumMetrics(report.rows.map(({ metrics }) => metrics));
}

/** Sends a record's order in the form its tracker takes. */
export async function sendOrder(
  services: Pick<Services, 'asks'>,
  connections: Pick<ConnectionHandlers, 'get'>,
  record: JournalRecord,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connections.get(record.order.connection);
  await services.asks.run(connection, signal, async (ask, adapter) => {
    const { cost } = adapter.capabilities;
    if (!cost.can || !adapter.setCost) {
      throw new CrosstrackError({ kind: 'unsupported', tracker: adapter.name });
    }
    const order = sendableOrder(record.order, {
      ...cost,
      clicks: record.before.clicks ?? 0,
      trackerCurrency: record.trackerCurrency,
    });
    await adapter.setCost(ask, order);
  });
}

export const segmentOf = (metrics: Metrics): Segment => ({
  cost: metrics.cost,
  clicks: metrics.clicks,
});

export function createCosts(
  services: Services,
  connections: ConnectionHandlers,
  writer: Writer,
): CostCalls {
  const { asks, journal, now } = services;

  const preview = async (
    order: CostOrder,
    undoes: string | null,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<Previewed> => {
    const connection = await connections.get(order.connection);
    const adapter = asks.adapter(connection.tracker);
    const ability: CostAbility & { can: true } = abilityOf(adapter.capabilities.cost, adapter.name);
    const before = await readSegment(services, connections, order, signal);
    const shown = previewCost(order, before, {
      trackerCurrency: connection.currency,
      trackerZone: connection.zone,
      ability,
    });
    const id = crypto.randomUUID();
    const record: JournalRecord = {
      id,
      kind: 'cost',
      connectionName: connection.name,
      tracker: connection.tracker,
      order,
      before: segmentOf(before),
      expected: shown.expected ?? 0,
      trackerCurrency: connection.currency,
      appliedLater: ability.applied === 'later',
      seen: null,
      state: 'planned',
      history: [],
      readBacks: 0,
      notBefore: null,
      undoes,
      createdAt: now(),
    };
    if (shown.refused === null && shown.expected !== null) {
      const database = await services.database();
      await database.put('previews', { id, asker: askerOf(caller), createdAt: now(), record });
    }
    return { id, preview: shown, undoes };
  };

  /** Takes the preview and writes the journal in one transaction: a second click finds nothing. */
  const plan = async (id: string, caller: Caller): Promise<JournalRecord> => {
    const database = await services.database();
    const transaction = database.transaction(['previews', 'journal'], 'readwrite', {
      durability: 'strict',
    });
    const previews = transaction.objectStore('previews');
    const stored = previewSchema.safeParse(await previews.get(id));
    const usable =
      stored.success &&
      stored.data.asker === askerOf(caller) &&
      now() - stored.data.createdAt <= PREVIEW_MS;
    if (!usable) {
      transaction.abort();
      await transaction.done.catch(() => {});
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_preview_gone' });
    }
    const at = now();
    const record: JournalRecord = {
      ...stored.data.record,
      createdAt: at,
      history: [{ at, state: 'planned' }],
    };
    await previews.delete(id);
    await transaction.objectStore('journal').add(record);
    await transaction.done;
    return record;
  };

  /** A page sees only what was done to its own connection. */
  const owned = async (id: string, caller: Caller): Promise<JournalRecord> => {
    const record = await journal.get(id);
    if (!record || (caller.kind !== 'extension' && record.order.connection !== caller.connection)) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    return record;
  };

  return {
    'costs.preview': ({ order }, { caller, signal }) => preview(order, null, caller, signal),
    'costs.send': async ({ preview: id }, { caller }) => {
      const record = await plan(id, caller);
      void writer.run(record.id);
      return record;
    },
    'costs.undo': async ({ record: id }, { caller, signal }) => {
      const record = await owned(id, caller);
      const order = costOrderSchema.parse(
        undoOrder(record.order, record.before, record.trackerCurrency),
      );
      return preview(order, record.id, caller, signal);
    },
    'journal.list': async ({ connection, campaignId }, { caller }) =>
      (await journal.list()).filter(
        ({ order }) =>
          (caller.kind === 'extension' || order.connection === caller.connection) &&
          (connection === null || order.connection === connection) &&
          (campaignId === null || order.campaignId === campaignId),
      ),
    'journal.read': ({ record }, { caller }) => owned(record, caller),
    'journal.settle': async ({ record }, { caller }) => {
      await owned(record, caller);
      return (await writer.readAgain(record)) ?? owned(record, caller);
    },
  };
}

function abilityOf(ability: Capabilities['cost'], tracker: string): CostAbility & { can: true } {
  if (ability.can) return ability;
  throw new CrosstrackError({ kind: 'unsupported', text: ability.reason, tracker });
}
