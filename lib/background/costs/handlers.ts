import type { costCalls, Previewed, Sent } from '../../contract/costs.ts';
import { partsUnder } from '../../costs/parts.ts';
import { type CostPreview, previewCost, type Remark } from '../../costs/preview.ts';
import { type Undone, undoFacts, undoRefusal, undoUpdate, undoWarnings } from '../../costs/undo.ts';
import { type CostUpdate, costUpdateSchema } from '../../costs/update.ts';
import { CrosstrackError, problemOf } from '../../errors.ts';
import { mayUndo } from '../../journal/choices.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { isOpen } from '../../journal/schedule.ts';
import { isUnanswered, writtenOver } from '../../journal/turns.ts';
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
    undone: JournalRecord | null,
    caller: Caller,
    signal: AbortSignal,
    /** The segment as the tracker shows it, where that is known already. */
    known: Metrics | null = null,
  ): Promise<Previewed> => {
    const connection = await connections.get(update.connection);
    const adapter = clients.adapter(connection.tracker);
    const ability: CostAbility & { can: true } = abilityOf(adapter.capabilities.cost, adapter.name);
    const figures = known ?? (await readSegment(services, update, signal));
    const all = await journal.list();
    const before = segmentOf(figures, update);
    const undoing = undone && undoneOf(undone, all);
    const order = undoing ? costUpdateSchema.parse(undoUpdate(undoing, before)) : update;
    const plain = previewCost(order, figures, {
      trackerCurrency: connection.currency,
      trackerZone: connection.zone,
      ability,
      now: now(),
      parts: partsUnder(order, all),
    });
    const refused = (undoing && undoRefusal(undoing)) ?? plain.refused;
    // What the preview refuses has its reason already.
    if (refused === null) await refuseUnsendable(services, order, before, signal);
    const shown: CostPreview = {
      ...plain,
      refused,
      facts: [...(undoing ? undoFacts(undoing, before) : []), ...plain.facts],
      warnings: [
        ...(undoing ? undoWarnings(undoing, before) : []),
        ...(isUnanswered(order, all) ? [remark('warn_unanswered')] : []),
        ...plain.warnings,
      ],
    };
    const id = crypto.randomUUID();
    if (refused === null && shown.expected !== null) {
      const record: JournalRecord = {
        id,
        kind: 'cost',
        connectionName: connection.name,
        tracker: connection.tracker,
        order,
        before,
        expected: shown.expected,
        untouched: untouchedOf(order, figures),
        trackerCurrency: connection.currency,
        rounding: ability.rounding,
        settlesWithin: ability.settlesWithin,
        seen: null,
        seenClicks: null,
        former: before,
        growth: null,
        state: 'planned',
        history: [],
        sentAt: null,
        nextAt: null,
        undoes: undone?.id ?? null,
        turn: 0,
        createdAt: now(),
      };
      await previews.store(record, caller);
    }
    return { id, preview: shown, undoes: undone?.id ?? null };
  };

  const isOwn = ({ order, confirmedOn }: JournalRecord, caller: Caller): boolean =>
    caller.kind === 'extension' ||
    order.connection === caller.connection ||
    confirmedOn?.connection === caller.connection;

  /** A page may see only records of its own connection, and those that were confirmed on it. */
  const owned = async (id: string, caller: Caller): Promise<JournalRecord> => {
    const record = await journal.get(id);
    if (record && isOwn(record, caller)) return record;
    throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
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
      return preview(record.order, record, caller, signal);
    },
    'costs.again': async ({ record: id }, { caller, signal }) => {
      const { order, undoes } = await owned(id, caller);
      const undone = undoes === null ? null : await owned(undoes, caller);
      return preview(undone?.order ?? order, undone, caller, signal);
    },
    'costs.cancel': async ({ record }, { caller }) => {
      await owned(record, caller);
      return writer.cancel(record);
    },
    'costs.queue': async ({ record }, { caller, signal }) =>
      readCostQueue(services, (await owned(record, caller)).order, signal),
    'journal.list': async ({ connection, campaignId }, { caller }) =>
      (await journal.list()).filter(
        (record) =>
          (caller.kind === 'extension' || record.order.connection === caller.connection) &&
          (connection === null || record.order.connection === connection) &&
          (campaignId === null || record.order.campaignId === campaignId),
      ),
    'journal.open': async (_, { caller }) =>
      (await journal.list()).filter((record) => isOpen(record) && isOwn(record, caller)),
    'journal.read': ({ record }, { caller }) => owned(record, caller),
    'journal.settle': async ({ record }, { caller }) => {
      await owned(record, caller);
      return (await writer.readAgain(record)) ?? owned(record, caller);
    },
  };
}

const remark = (key: Remark['key']): Remark => ({ key, values: [] });

const undoneOf = (record: JournalRecord, all: readonly JournalRecord[]): Undone => ({
  ...record,
  shown: record.rounding.shown,
  settled: mayUndo({ ...record, before: { cost: 0, clicks: 0 } }),
  writtenOver: writtenOver(record, all) !== null,
});

/** What the repeated clicks cost, as if all clicks cost the same, where only unique ones are set. */
function untouchedOf({ uniqueOnly }: CostUpdate, figures: Metrics): number {
  const { cost, clicks, uniqueClicks } = figures;
  if (!uniqueOnly || !cost || !clicks || uniqueClicks === null) return 0;
  return cost * (1 - uniqueClicks / clicks);
}

function abilityOf(ability: Capabilities['cost'], tracker: string): CostAbility & { can: true } {
  if (ability.can) return ability;
  throw new CrosstrackError({ kind: 'unsupported', text: ability.reason, tracker });
}
