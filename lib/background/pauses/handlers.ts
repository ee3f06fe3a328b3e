import type { PausePreviewed, pauseCalls } from '../../contract/pauses.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Journal } from '../../journal/journal.ts';
import { isUnsettled, type OneShotWriter } from '../../journal/one-shot-writer.ts';
import type { PauseRecord } from '../../journal/pause-record.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Previews } from '../costs/previews.ts';
import type { Services } from '../services.ts';

export interface PauseParts {
  readonly journal: Journal<PauseRecord>;
  readonly previews: Pick<Previews, 'store' | 'plan'>;
  readonly writer: OneShotWriter<PauseRecord>;
  readonly campaignLists: CampaignLists;
}

export function createPauses(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  { journal, previews, writer, campaignLists }: PauseParts,
): HandlersOf<typeof pauseCalls> {
  const isOf =
    (connection: string, campaignId: string) =>
    (record: PauseRecord): boolean =>
      record.connection === connection && record.campaignId === campaignId;

  const refusalOf = async (
    wanted: { readonly connection: string; readonly campaignId: string; readonly active: boolean },
    active: boolean | null,
  ): Promise<MessageKey | null> => {
    if (active === null) return 'pause_not_listed';
    const { connection, campaignId } = wanted;
    const open = (await journal.list()).filter(isUnsettled);
    if (open.some(isOf(connection, campaignId))) return 'pause_pending';
    if (active === wanted.active) return active ? 'pause_is_active' : 'pause_is_paused';
    return null;
  };

  const preview = async (
    wanted: { readonly connection: string; readonly campaignId: string; readonly active: boolean },
    undoes: PauseRecord | null,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<PausePreviewed> => {
    const connection = await connections.get(wanted.connection);
    const { capabilities, name: tracker } = clients.adapter(connection.tracker);
    if (!capabilities.pause.can) {
      throw new CrosstrackError({ kind: 'unsupported', text: capabilities.pause.reason, tracker });
    }
    const { campaigns } = await campaignLists(connection.id, 0, signal);
    const found = campaigns.find(({ id }) => id === wanted.campaignId);
    const id = crypto.randomUUID();
    const shown: PausePreviewed = {
      id,
      campaignName: found?.name || undoes?.campaignName || `#${wanted.campaignId}`,
      active: wanted.active,
      now: found?.active ?? null,
      refused: await refusalOf(wanted, found?.active ?? null),
      undoes: undoes?.id ?? null,
    };
    if (shown.refused === null) {
      const record: PauseRecord = {
        id,
        kind: 'pause',
        connection: connection.id,
        connectionName: connection.name,
        tracker: connection.tracker,
        campaignId: wanted.campaignId,
        campaignName: shown.campaignName,
        active: wanted.active,
        seen: null,
        state: 'planned',
        history: [],
        readBacks: 0,
        undoes: shown.undoes,
        createdAt: now(),
      };
      await previews.store(record, caller);
    }
    return shown;
  };

  /** A page may see only records of its own connection. */
  const owned = async (id: string, caller: Caller): Promise<PauseRecord> => {
    const record = await journal.get(id);
    if (!record || (caller.kind !== 'extension' && record.connection !== caller.connection)) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    return record;
  };

  return {
    'pauses.preview': (wanted, { caller, signal }) => preview(wanted, null, caller, signal),
    'pauses.send': async ({ preview: id }, { caller }) => {
      const record = await previews.plan(id, caller, 'pause');
      void writer.run(record.id);
      return record;
    },
    'pauses.undo': async ({ record: id }, { caller, signal }) => {
      const record = await owned(id, caller);
      return preview({ ...record, active: !record.active }, record, caller, signal);
    },
    'pauses.list': async ({ connection, campaignId }, { caller }) =>
      (await journal.list()).filter(
        (record) =>
          (caller.kind === 'extension' || record.connection === caller.connection) &&
          (connection === null || record.connection === connection) &&
          (campaignId === null || record.campaignId === campaignId),
      ),
    'pauses.read': ({ record }, { caller }) => owned(record, caller),
    'pauses.settle': async ({ record }, { caller }) => {
      await owned(record, caller);
      return (await writer.readAgain(record)) ?? owned(record, caller);
    },
  };
}
