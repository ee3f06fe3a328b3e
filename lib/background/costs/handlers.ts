import type { costCalls, Previewed, Sent } from '../../contract/costs.ts';
import { partsUnder } from '../../costs/parts.ts';
import { previewCost } from '../../costs/preview.ts';
import { undoUpdate } from '../../costs/undo.ts';
import { type CostUpdate, costUpdateSchema } from '../../costs/update.ts';
import { CrosstrackError, problemOf } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import type { Writer } from '../../journal/writer.ts';
import type { Metrics } from '../../report/metrics.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Capabilities, CostAbility } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import type { RequireCounterpart } from './counterpart.ts';
import { previewDays, previewParts } from './parts.ts';
import type { Previews } from './previews.ts';
import { readCostQueue } from './queue.ts';
import { readSegment, refuseUnsendable, segmentOf } from './segment.ts';

export function createCosts(
  services: Pick<Services, 'connections' | 'clients' | 'journal' | 'now'>,
  previews: Previews,
  writer: Writer,
  requireCounterpart: RequireCounterpart,
): HandlersOf<typeof costCalls> {
  const { connections, clients, journal, now } = services;

  const preview = async (
    update: CostUpdate,
    undoes: string | null,
    caller: Caller,
    signal: AbortSignal,
    /** The segment as the tracker shows it, where that is known already. */
    known: Metrics | null = null,
  ): Promise<Previewed> => {
    const connection = await connections.get(update.connection);
    const adapter = clients.adapter(connection.tracker);
    const ability: CostAbility & { can: true } = abilityOf(adapter.capabilities.cost, adapter.name);
    const before = known ?? (await readSegment(services, update, signal));
    const shown = previewCost(update, before, {
      trackerCurrency: connection.currency,
      trackerZone: connection.zone,
      ability,
      now: now(),
      parts: partsUnder(update, await journal.list()),
    });
    // What the preview refuses has its reason already.
    if (shown.refused === null) {
      await refuseUnsendable(services, update, segmentOf(before), signal);
    }
    const id = crypto.randomUUID();
    if (shown.refused === null && shown.expected !== null) {
      const record: JournalRecord = {
        id,
        kind: 'cost',
        connectionName: connection.name,
        tracker: connection.tracker,
        order: update,
        before: segmentOf(before),
        expected: shown.expected,
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
      await previews.store(record, caller);
    }
    return { id, preview: shown, undoes };
  };

  /** A page may see only records of its own connection, and those that were confirmed on it. */
  const owned = async (id: string, caller: Caller): Promise<JournalRecord> => {
    const record = await journal.get(id);
    const connections = [record?.order.connection, record?.confirmedOn?.connection];
    if (!record || (caller.kind !== 'extension' && !connections.includes(caller.connection))) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    return record;
  };

  return {
    'costs.preview': ({ order }, { caller, signal }) => preview(order, null, caller, signal),
    'costs.previewBeside': async ({ from, order }, context) => {
      await requireCounterpart(from, order, context);
      return preview(order, null, context.caller, context.signal);
    },
    'costs.previewParts': ({ order, slot }, { caller, signal }) =>
      previewParts(
        services,
        order,
        slot,
        (update, before) => preview(update, null, caller, signal, before),
        signal,
      ),
    'costs.previewDays': ({ order }, { caller, signal }) =>
      previewDays(
        services,
        order,
        (update, before) => preview(update, null, caller, signal, before),
        signal,
      ),
    'costs.sendAll': async ({ previews: ids }, { caller }) => {
      const all: Sent[] = [];
      for (const id of ids) {
        try {
          all.push({ preview: id, record: await previews.plan(id, caller, 'cost'), problem: null });
        } catch (error) {
          all.push({ preview: id, record: null, problem: problemOf(error) });
        }
      }
      for (const { record } of all) if (record) void writer.run(record.id);
      return all;
    },
    'costs.send': async ({ preview: id }, { caller }) => {
      const record = await previews.plan(id, caller, 'cost');
      void writer.run(record.id);
      return record;
    },
    'costs.undo': async ({ record: id }, { caller, signal }) => {
      const record = await owned(id, caller);
      const update = costUpdateSchema.parse(
        undoUpdate(record.order, record.before, record.trackerCurrency),
      );
      return preview(update, record.id, caller, signal);
    },
    'costs.queue': async ({ record }, { caller, signal }) =>
      readCostQueue(services, (await owned(record, caller)).order, signal),
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
