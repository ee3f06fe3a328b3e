import { connectionSchema } from '../connections/connection.ts';
import type { demoCalls } from '../contract/connections.ts';
import { t } from '../i18n.ts';
import type { JournalRecords } from '../journal/records.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { forgetData } from './connections/data.ts';
import { nextOrder } from './connections/repository.ts';
import type { Views } from './connections/view.ts';
import type { Services } from './services.ts';

/** Stores whose records refer to connections. */
const OWNED = ['previews', 'exports', 'links', 'rejections'] as const;

const named = z.object({ connection: z.string() });
const ordered = z.object({ order: named });
/** How stored records refer to connections: exports, journal, previews, links and rejected ones. */
const recordSchema = z.union([
  named,
  ordered,
  z.object({ record: ordered }),
  z.object({ members: z.array(named) }),
]);

function ownersOf(stored: unknown): string[] {
  const record = recordSchema.safeParse(stored).data;
  if (!record) return [];
  if ('members' in record) return record.members.map(({ connection }) => connection);
  if ('record' in record) return [record.record.order.connection];
  return ['order' in record ? record.order.connection : record.connection];
}

/** Adds the demo connections, and removes them without a trace. */
export function createDemo(
  services: Pick<Services, 'connections' | 'reports' | 'now'>,
  journal: JournalRecords,
  views: Views,
  trackers: readonly TrackerAdapter[],
): HandlersOf<typeof demoCalls> {
  const { connections } = services;
  return {
    'demo.add': async () => {
      const before = await connections.list();
      let order = nextOrder(before);
      for (const { id: tracker, addressExample, demo = [] } of trackers) {
        for (const { id, name } of demo) {
          if (before.some((connection) => connection.id === id)) continue;
          await connections.put(
            connectionSchema.parse({
              id,
              tracker,
              name: t(name),
              api: addressExample,
              pages: [],
              currency: 'USD',
              zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
              basis: 'visit',
              templates: [],
              demo: true,
              order: order++,
              createdAt: services.now(),
            }),
          );
        }
      }
      const all = await connections.list();
      return Promise.all(all.filter(({ demo }) => demo).map(views.connection));
    },
    'demo.remove': async () => {
      const demos = (await connections.list()).filter(({ demo }) => demo);
      const ids = new Set(demos.map(({ id }) => id));
      const others = ['connections', 'connectionData', ...OWNED] as const;
      await journal.write(others, async (changes) => {
        const { transaction } = changes;
        for (const id of ids) {
          await transaction.objectStore('connections').delete(id);
          await forgetData(transaction, id);
        }
        for (const name of [...OWNED, 'journal'] as const) {
          const store = transaction.objectStore(name);
          const owner = name === 'journal' ? changes : store;
          for (const key of await store.getAllKeys()) {
            const isOwned = ownersOf(await store.get(key)).some((id) => ids.has(id));
            if (isOwned) await owner.delete(String(key));
          }
        }
      });
      for (const id of ids) await services.reports.forget(id);
      return null;
    },
  };
}
