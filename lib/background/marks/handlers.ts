import type { MarksPreviewed, marksCalls } from '../../contract/marks.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Journal } from '../../journal/journal.ts';
import { ownValues, unsureValues } from '../../journal/mark-owners.ts';
import type { MarksRecord } from '../../journal/marks-record.ts';
import { isUnsettled, type OneShotWriter } from '../../journal/one-shot-writer.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { judgedRows, ticksOfRows } from '../../sources/judged.ts';
import { isAsOrdered, planMarks, valuesToMark } from '../../sources/mark-plan.ts';
import type { TrackerAdapter } from '../../trackers/adapter.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Previews } from '../costs/previews.ts';
import type { JudgedList, JudgeList } from '../placements/judged-list.ts';
import { LIST_MS } from '../placements/token.ts';
import type { Services } from '../services.ts';
import type { ReadMarks } from './present.ts';

export interface MarksParts {
  readonly journal: Journal<MarksRecord>;
  readonly previews: Pick<Previews, 'store' | 'plan'>;
  readonly writer: OneShotWriter<MarksRecord>;
  readonly campaignLists: CampaignLists;
  readonly judge: JudgeList;
  readonly readMarks: ReadMarks;
}

type Wanted = Pick<
  MarksRecord,
  'connection' | 'campaignId' | 'campaignName' | 'slot' | 'range' | 'on' | 'values' | 'undoes'
>;

export function createMarks(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  { journal, previews, writer, campaignLists, judge, readMarks }: MarksParts,
): HandlersOf<typeof marksCalls> {
  const isPending = async ({ connection, campaignId }: Wanted): Promise<boolean> =>
    (await journal.list()).some(
      (record) =>
        isUnsettled(record) && record.connection === connection && record.campaignId === campaignId,
    );

  const preview = async (
    wanted: Wanted,
    unsure: readonly string[],
    caller: Caller,
    signal: AbortSignal,
  ): Promise<MarksPreviewed> => {
    const connection = await connections.get(wanted.connection);
    const { most, effect } = marking(clients.adapter(connection.tracker));
    const { on } = wanted;
    const isRead = wanted.values.length + unsure.length > 0;
    const present = isRead ? await readMarks(wanted, signal) : new Map<string, never>();
    const { changes, ...plan } = planMarks(wanted.values, present, on, most);
    const left = unsure.filter((value) => isAsOrdered(present.get(value), !on)).length;
    const refused: MessageKey | null =
      wanted.values.length === 0
        ? left > 0
          ? 'marks_unsure'
          : on
            ? 'marks_nothing'
            : 'marks_gone'
        : (await isPending(wanted))
          ? 'marks_pending'
          : changes.length > 0
            ? null
            : plan.beyond > 0
              ? 'marks_full'
              : on
                ? 'marks_all_there'
                : 'marks_gone';
    const id = crypto.randomUUID();
    if (refused === null) {
      const record: MarksRecord = {
        ...wanted,
        id,
        kind: 'marks',
        connectionName: connection.name,
        tracker: connection.tracker,
        values: [...changes],
        seen: null,
        missing: [],
        state: 'planned',
        history: [],
        readBacks: 0,
        createdAt: now(),
      };
      await previews.store(record, caller);
    }
    return {
      id,
      tracker: connection.tracker,
      on,
      count: changes.length,
      ...plan,
      // Those that are marked count among the others.
      rest: plan.rest - unsure.filter((value) => present.has(value)).length,
      unsure: left,
      effect,
      refused,
      undoes: wanted.undoes,
    };
  };

  /** A page may see only records of its own connection. */
  const owned = async (id: string, caller: Caller): Promise<MarksRecord> => {
    const record = await journal.get(id);
    if (!record || (caller.kind !== 'extension' && record.connection !== caller.connection)) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    return record;
  };

  return {
    'marks.preview': async ({ added = [], removed = [], ...asked }, { caller, signal }) => {
      const { connection, campaignId } = asked;
      // Before anything is asked of a tracker that takes no marks.
      marking(clients.adapter((await connections.get(connection)).tracker));
      const judged = await judge(asked, signal);
      const { campaigns } = await campaignLists(connection, LIST_MS, signal);
      const name = campaigns.find(({ id }) => id === campaignId)?.name;
      const { range, slot } = judged.list;
      const values = valuesOf(judged, { added: new Set(added), removed: new Set(removed) });
      const wanted: Wanted = {
        connection,
        campaignId,
        campaignName: name || `#${campaignId}`,
        range,
        slot: slot?.slot ?? 0,
        on: true,
        values: slot ? values : [],
        undoes: null,
      };
      return preview(wanted, [], caller, signal);
    },
    'marks.send': async ({ preview: id }, { caller }) => {
      const record = await previews.plan(id, caller, 'marks');
      void writer.run(record.id);
      return record;
    },
    'marks.undo': async ({ record: id }, { caller, signal }) => {
      const record = await owned(id, caller);
      if (!MAY_UNDO.has(record.state)) {
        throw new CrosstrackError({ kind: 'conflict', text: 'marks_no_undo' });
      }
      const own = ownValues(record, await journal.list());
      const unsure = unsureValues(record).filter((value) => own.includes(value));
      const values = own.filter((value) => !unsure.includes(value));
      const wanted = { ...record, values, on: !record.on, undoes: record.id };
      return preview(wanted, unsure, caller, signal);
    },
    'marks.present': async (of, { signal }) => [...(await readMarks(of, signal))],
    'marks.list': async ({ connection, campaignId }, { caller }) =>
      (await journal.list()).filter(
        (record) =>
          (caller.kind === 'extension' || record.connection === caller.connection) &&
          (connection === null || record.connection === connection) &&
          (campaignId === null || record.campaignId === campaignId),
      ),
    'marks.read': ({ record }, { caller }) => owned(record, caller),
    'marks.settle': async ({ record }, { caller }) => {
      await owned(record, caller);
      return (await writer.readAgain(record)) ?? owned(record, caller);
    },
  };
}

/** Of others it is not known that the marks there are theirs. */
const MAY_UNDO: ReadonlySet<MarksRecord['state']> = new Set(['verified', 'mismatch']);

/** @throws CrosstrackError `unsupported` where the tracker takes no marks */
function marking({ capabilities: { marks }, name: tracker }: TrackerAdapter) {
  const write = marks.can ? marks.write : marks;
  if (!write.can) throw new CrosstrackError({ kind: 'unsupported', text: write.reason, tracker });
  return write;
}

function valuesOf(
  { columns, scores, members, format, kind, protectedIds }: JudgedList,
  ticks: Parameters<typeof ticksOfRows>[0],
): string[] {
  const rows = judgedRows(columns, scores, ticksOfRows(ticks, members));
  return valuesToMark(rows, members, format, { protectedIds, kind });
}
