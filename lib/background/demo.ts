import { connectionSchema } from '../connections/connection.ts';
import { t } from '../i18n.ts';
import type { Handlers } from '../rpc/server.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Services } from './deps.ts';

const ofConnection = z.object({ connection: z.string() });
const ofOrder = z.object({ order: ofConnection });
const ofPreview = z.object({ record: ofOrder });
const ofLink = z.object({ members: z.array(ofConnection) });

/** Connections that a stored record of a store belongs to. */
const OWNERS: ReadonlyArray<
  readonly ['journal' | 'previews' | 'exports' | 'links', (record: unknown) => string[]]
> = [
  ['journal', (record) => idsIn(ofOrder.safeParse(record).data?.order)],
  ['previews', (record) => idsIn(ofPreview.safeParse(record).data?.record.order)],
  ['exports', (record) => idsIn(ofConnection.safeParse(record).data)],
  ['links', (record) => idsIn(...(ofLink.safeParse(record).data?.members ?? []))],
];

const idsIn = (...owners: Array<{ connection: string } | undefined>): string[] =>
  owners.flatMap((owner) => (owner ? [owner.connection] : []));

/** Switches the made-up connections on, and off without a trace. */
export function createDemo(
  services: Services,
  connections: Pick<ConnectionHandlers, 'list' | 'view'>,
  trackers: readonly TrackerAdapter[],
): Pick<Handlers, 'demo.add' | 'demo.remove'> {
  return {
    'demo.add': async () => {
      const before = await connections.list();
      let order = Math.max(0, ...before.map((connection) => connection.order));
      for (const { id: tracker, addressExample, demo = [] } of trackers) {
        for (const { id, name } of demo) {
          if (before.some((connection) => connection.id === id)) continue;
          order += 1;
          await services.connections.put(
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
              order,
              createdAt: services.now(),
            }),
          );
        }
      }
      const all = await connections.list();
      return Promise.all(all.filter(({ demo }) => demo).map(connections.view));
    },
    'demo.remove': async () => {
      const demos = (await connections.list()).filter(({ demo }) => demo);
      const ids = new Set(demos.map(({ id }) => id));
      const transaction = (await services.database).transaction(
        ['connections', 'settings', 'journal', 'previews', 'exports', 'links'],
        'readwrite',
      );
      for (const id of ids) await transaction.objectStore('connections').delete(id);
      // Lists and memories are kept under "<what>:<connection>".
      const settings = transaction.objectStore('settings');
      for (const key of await settings.getAllKeys()) {
        if (ids.has(key.slice(key.indexOf(':') + 1))) await settings.delete(key);
      }
      for (const [name, ownersOf] of OWNERS) {
        let cursor = await transaction.objectStore(name).openCursor();
        while (cursor) {
          if (ownersOf(cursor.value).some((id) => ids.has(id))) await cursor.delete();
          cursor = await cursor.continue();
        }
      }
      await transaction.done;
      for (const id of ids) await services.reports.forget(id);
      return null;
    },
  };
}
