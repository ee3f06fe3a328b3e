import { hostPatterns } from '../../connections/hosts.ts';
import { recogniseAddress } from '../../connections/recognise.ts';
import type { connectionCalls } from '../../contract/connections.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { TrackerAdapter } from '../../trackers/adapter.ts';
import type { Changes } from '../changes/changes.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { createFindSameAccount, sameAccountError } from './account.ts';
import { createCheck } from './check.ts';
import { createCredentialsFor, createRequireSameAccount, hasKey, isTyped } from './credentials.ts';
import { ofAdministrator, type ReadDraft } from './draft.ts';
import { createProbe } from './probe.ts';
import type { KeepTemplate } from './templates.ts';
import type { Views } from './view.ts';

export interface ConnectionParts {
  readonly trackers: readonly TrackerAdapter[];
  readonly changes: Changes;
  readonly managed: Pick<Managed, 'allow' | 'presetOf'>;
  readonly views: Views;
  readonly readDraft: ReadDraft;
  readonly keepTemplate: KeepTemplate;
}

export function createConnections(
  services: Pick<Services, 'connections' | 'keys' | 'clients' | 'permissions' | 'now'>,
  { trackers, changes, managed, views, readDraft, keepTemplate }: ConnectionParts,
): HandlersOf<typeof connectionCalls> {
  const { connections, clients } = services;
  const { list, get } = connections;
  const credentialsFor = createCredentialsFor(services);
  const requireSameAccount = createRequireSameAccount(services, managed);
  const findSameAccount = createFindSameAccount(services);
  const probe = createProbe(services, trackers, managed);
  const check = createCheck(services, probe, findSameAccount);

  return {
    'trackers.list': views.trackers,
    'connections.list': async (_, { caller }) =>
      caller.kind === 'extension'
        ? Promise.all((await list()).map(views.connection))
        : views.forPage(),
    'connections.recognise': async ({ pasted, tracker, paths }) =>
      recogniseAddress(trackers, pasted, tracker, paths),
    'connections.probe': async ({ pasted, plainHttp }, { signal }) => ({
      tracker: (await probe(pasted, plainHttp, signal))?.id ?? null,
    }),
    'connections.test': async ({ draft, id, credentials }, { signal }) => {
      const drafted = await readDraft(draft, id);
      const used = await credentialsFor(drafted, credentials);
      const tested = await check(drafted.connection, draft, used, hasKey(credentials), signal);
      await requireSameAccount(drafted.before, used, tested.facts);
      return tested;
    },
    'connections.save': async ({ draft, id, credentials }, { signal }) => {
      const asked = await readDraft(draft, id);
      const used = await credentialsFor(asked, credentials);
      const tested = await check(asked.connection, draft, used, hasKey(credentials), signal);
      return changes.inTurn(async () => {
        // The check was slow: another form may have saved meanwhile.
        const drafted = await readDraft(draft, id);
        const { before } = drafted;
        const { account } = tested.facts;
        const connection =
          account === null ? drafted.connection : { ...drafted.connection, account };
        const same = await findSameAccount(connection, used, tested.facts);
        if (same) throw sameAccountError(same, clients.adapter(draft.tracker));
        await requireSameAccount(before, used, tested.facts);
        const fresh = await credentialsFor(drafted, credentials);
        await changes.apply({
          connections: [connection],
          keys: isTyped(credentials) ? [{ connection, credentials: fresh }] : [],
          left: before ? hostPatterns(before) : [],
        });
        return { connection: await views.connection(connection), tested };
      });
    },
    'connections.turn': ({ id, off }) =>
      changes.inTurn(async () => {
        const { off: _, ...connection } = await get(id);
        if (managed.presetOf(connection)) throw ofAdministrator();
        const turned = off ? { ...connection, off } : connection;
        await changes.apply({ connections: [turned] });
        return views.connection(turned);
      }),
    'connections.order': ({ ids }) =>
      changes.inTurn(async () => {
        const known = await list();
        const wanted = ids.filter((id) => known.some((one) => one.id === id));
        for (const connection of known) {
          const order = wanted.indexOf(connection.id);
          if (order >= 0) await connections.put({ ...connection, order: order + 1 });
        }
        return null;
      }),
    'connections.remove': ({ id }) =>
      changes.inTurn(async () => {
        const connection = await get(id);
        if (managed.presetOf(connection)) throw ofAdministrator();
        await changes.apply({ removed: id, left: hostPatterns(connection) });
        return null;
      }),
    'connections.conversionTypes': async ({ id }, { signal }) =>
      clients.run(
        await get(id),
        signal,
        async (client, adapter) => (await adapter.conversionTypes?.(client)) ?? [],
      ),
    'connections.sources': async ({ id }, { signal }) =>
      clients.run(await get(id), signal, (client, adapter) => adapter.sources(client)),
    'connections.template': async ({ id, template }) =>
      views.connection(await keepTemplate(id, template)),
  };
}
