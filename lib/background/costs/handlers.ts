import type { costCalls, Previewed, PreviewedUndo, Sent } from '../../contract/costs.ts';
import { partsUnder } from '../../costs/parts.ts';
import {
  type CostPreview,
  type PreviewSetting,
  previewCost,
  type Remark,
} from '../../costs/preview.ts';
import { undoFacts, undoRefusal, undoUpdate, undoWarnings } from '../../costs/undo.ts';
import { type CostUpdate, costUpdateSchema } from '../../costs/update.ts';
import { CrosstrackError, problemOf } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { isOpen } from '../../journal/schedule.ts';
import { isUnanswered, isWithoutEffect, membersOf, writtenOver } from '../../journal/turns.ts';
import type { Writer } from '../../journal/writer.ts';
import type { Metrics } from '../../report/metrics.ts';
import { instantWithin } from '../../report/range.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Capabilities, CostAbility } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import type { RequireCounterpart } from './counterpart.ts';
import { previewDays, previewParts } from './parts.ts';
import type { Previews } from './previews.ts';
import { costLineOf, readCostQueue } from './queue.ts';
import { readSegment, refuseUnsendable, segmentOf } from './segment.ts';
import type { ReadSplit } from './split.ts';
import { planSplit, type SplitPart, splitAfter, splitParts, undoneOf } from './undo.ts';

export function createCosts(
  services: Pick<Services, 'connections' | 'clients' | 'journal' | 'now'>,
  previews: Previews,
  writer: Writer,
  requireCounterpart: RequireCounterpart,
  readSplit: ReadSplit,
): HandlersOf<typeof costCalls> {
  const { connections, clients, journal, now } = services;

  const contextOf = async (update: CostUpdate) => {
    const connection = await connections.get(update.connection);
    const adapter = clients.adapter(connection.tracker);
    const ability: CostAbility & { can: true } = abilityOf(adapter.capabilities.cost, adapter.name);
    return { connection, ability, all: await journal.list() };
  };

  const settingOf = (
    { connection, ability, all }: Awaited<ReturnType<typeof contextOf>>,
    order: CostUpdate,
  ): PreviewSetting => ({
    trackerCurrency: connection.currency,
    trackerZone: connection.zone,
    ability,
    now: now(),
    parts: partsUnder(order, all),
  });

  /** Stores the record that a confirmation creates; returns its id, that of the preview. */
  const keep = async (
    { connection, ability }: Awaited<ReturnType<typeof contextOf>>,
    planned: Pick<JournalRecord, 'order' | 'expected' | 'undoes' | 'split' | 'group'>,
    figures: Metrics,
    caller: Caller,
  ): Promise<string> => {
    const before = segmentOf(figures, planned.order);
    const record: JournalRecord = {
      ...planned,
      id: crypto.randomUUID(),
      kind: 'cost',
      connectionName: connection.name,
      tracker: connection.tracker,
      before,
      untouched: untouchedOf(planned.order, figures),
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
      turn: 0,
      createdAt: now(),
    };
    await previews.store(record, caller);
    return record.id;
  };

  /** An update of days that are not over, until now where its tracker takes instants. */
  const untilNow = async ({ until: _, ...update }: CostUpdate): Promise<CostUpdate> => {
    const { ability } = await contextOf(update);
    const until = ability.instants ? instantWithin(update.range, now()) : null;
    return until === null ? update : { ...update, until };
  };

  const preview = async (
    given: CostUpdate,
    undone: JournalRecord | null,
    caller: Caller,
    signal: AbortSignal,
    /** The segment as the tracker shows it, where that is known already. */
    known: Metrics | null = null,
  ): Promise<PreviewedUndo> => {
    // What it undoes, or is a part of, has its own.
    const update = undone || known ? given : await untilNow(given);
    const context = await contextOf(update);
    const { connection, ability, all } = context;
    const reading = known ? Promise.resolve(known) : readSegment(services, update, signal);
    const [figures, split] = await Promise.all([
      reading,
      undone?.split
        ? null
        : readSplit(
            update,
            async () => segmentOf(await reading, update),
            { connection, ability, parts: partsUnder(update, all) },
            signal,
          ),
    ]);
    const before = segmentOf(figures, update);
    const undoing = undone && undoneOf(undone, all);
    const refusal = undoing && undoRefusal(undoing);
    const plan =
      undone && !undone.group && !refusal
        ? await planSplit(services, undone, before, signal)
        : null;
    const isApart = plan !== null && plan.restored.values.length > 0;
    const order = undoing
      ? costUpdateSchema.parse({
          ...undoUpdate(undoing, before),
          ...(isApart ? { amount: plan.restored.total } : {}),
        })
      : update;
    const plain = previewCost(order, figures, settingOf(context, order));
    const refused = refusal ?? plain.refused;
    // What the preview refuses has its reason already.
    if (refused === null) await refuseUnsendable(services, order, before, signal);
    const shown: CostPreview = {
      ...plain,
      refused,
      facts: [
        ...(undoing && undone ? undoFacts(undoing, before, splitAfter(undone, plan, all)) : []),
        ...plain.facts,
      ],
      warnings: [
        ...(undoing ? undoWarnings(undoing, before) : []),
        ...(isUnanswered(order, all) ? [remark('warn_unanswered')] : []),
        ...plain.warnings,
      ],
    };
    const undoes = undone?.id ?? null;
    if (refused !== null || shown.expected === null) {
      return { id: crypto.randomUUID(), preview: shown, undoes, apart: [] };
    }
    if (isApart) {
      const parts = splitParts(order, figures, plan);
      const group = { id: crypto.randomUUID(), size: parts.length, order, before };
      const apart: Previewed[] = [];
      for (const part of parts) apart.push(await previewMember(part, { undoes, group }, caller));
      return { id: group.id, preview: shown, undoes, apart };
    }
    const planned = { order, expected: shown.expected, undoes, ...(split && { split }) };
    const id = await keep(context, planned, figures, caller);
    return { id, preview: shown, undoes, apart: [] };
  };

  /** Previews one update of a group. */
  const previewMember = async (
    { order, expected, figures }: SplitPart,
    of: Pick<JournalRecord, 'undoes' | 'group'>,
    caller: Caller,
  ): Promise<Previewed> => {
    const context = await contextOf(order);
    // What it shows is what there is once all of them are applied.
    const shown = { ...order, amount: expected };
    const previewed = previewCost(shown, figures, settingOf(context, shown));
    const id = await keep(context, { ...of, order, expected }, figures, caller);
    return { id, preview: previewed, undoes: of.undoes };
  };

  /** Previews once more what was not sent. */
  const again = async (
    record: JournalRecord,
    undone: JournalRecord | null,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<PreviewedUndo> => {
    const all = await journal.list();
    const rest = membersOf(record, all).filter(({ id }) => id !== record.id);
    if (!record.group || rest.every(isWithoutEffect)) {
      return preview(undone?.order ?? record.order, undone, caller, signal);
    }
    // The others of its group have been set: it alone is missing.
    const { order, expected, undoes, group } = record;
    const figures = await readSegment(services, order, signal);
    const previewed = await previewMember({ order, expected, figures }, { undoes, group }, caller);
    const refused = writtenOver(record, all) && remark('undo_written_over');
    return {
      ...previewed,
      preview: { ...previewed.preview, ...(refused && { refused }) },
      apart: [],
    };
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
    'costs.previewParts': async ({ order, slot }, { caller, signal }) =>
      previewParts(
        services,
        await untilNow(order),
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
    'costs.sendAll': async ({ previews: ids, together }, { caller }) => {
      const all: Sent[] = [];
      if (together) {
        const records = await previews.planAll(ids, caller, 'cost');
        all.push(...records.map((record) => ({ preview: record.id, record, problem: null })));
        ids = [];
      }
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
      return preview(record.group?.order ?? record.order, record, caller, signal);
    },
    'costs.again': async ({ record: id }, { caller, signal }) => {
      const record = await owned(id, caller);
      const undone = record.undoes === null ? null : await owned(record.undoes, caller);
      return again(record, undone, caller, signal);
    },
    'costs.cancel': async ({ record }, { caller }) => {
      await owned(record, caller);
      return writer.cancel(record);
    },
    'costs.line': async ({ record }, { caller }) =>
      costLineOf(services, await owned(record, caller)),
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
