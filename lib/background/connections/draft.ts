import { type Connection, connectionSchema } from '../../connections/connection.ts';
import type { ConnectionDraft } from '../../connections/draft.ts';
import { plainHost } from '../../connections/hosts.ts';
import { ownPaths } from '../../connections/paths.ts';
import { cleanAddress } from '../../connections/recognise.ts';
import { CrosstrackError } from '../../errors.ts';
import { isZone } from '../../report/range.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { accountOf, sameAccountError } from './account.ts';
import { nextOrder } from './repository.ts';

export interface Drafted {
  readonly connection: Connection;
  /** The one that the form edits; null = a new one. */
  readonly before: Connection | null;
  /** Does it go to another origin than before? */
  readonly moved: boolean;
}

/**
 * The connection that a form means, checked as when it is saved; writes nothing.
 * Keeps id, templates and place of the one that the form edits.
 * @param draft of a file it may say too whether it is turned off
 * @param among connections to look for the same account in. Default: those there are
 * @throws CrosstrackError `input` for what cannot be used, `conflict` for a second connection to one
 * account, `unsupported` for what the administrator forbids or has laid down
 */
export type ReadDraft = (
  draft: ConnectionDraft & { readonly off?: boolean | undefined },
  id: string | null,
  among?: readonly Connection[],
) => Promise<Drafted>;

export function createReadDraft(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  managed: Pick<Managed, 'allow' | 'presetOf'>,
): ReadDraft {
  return async (draft, id, among) => {
    const adapter = clients.adapter(draft.tracker);
    const paths = ownPaths(adapter.paths, draft.paths);
    const address = cleanAddress(adapter, draft.address, draft.plainHttp, paths);
    if (new URL(address.api).protocol === 'http:') await managed.allow('http');
    if (!isZone(draft.zone)) {
      throw new CrosstrackError({ kind: 'input', text: 'zone_unknown', values: [draft.zone] });
    }
    const before =
      id === null ? null : (among?.find((one) => one.id === id) ?? (await connections.get(id)));
    const others = (among ?? (await connections.list())).filter((other) => other.id !== id);
    const same = others.find(
      (other) =>
        !adapter.manyAccounts && other.tracker === draft.tracker && other.api === address.api,
    );
    if (same) throw sameAccountError(same, adapter);
    const connection = connectionSchema.parse({
      id: before?.id ?? crypto.randomUUID(),
      tracker: draft.tracker,
      name: draft.name.trim() || `${adapter.name} ${new URL(address.api).hostname}`,
      api: address.api,
      pages: [...address.pages],
      ...(address.script ? { script: address.script } : {}),
      ...(paths.login || paths.click ? { paths } : {}),
      currency: draft.currency,
      zone: draft.zone,
      basis: draft.basis,
      ...(adapter.conversionTypes && draft.conversionTypes
        ? { conversionTypes: draft.conversionTypes }
        : {}),
      ...(plainHost(address.api) === '' ? {} : { plainHttp: true }),
      ...((draft.off ?? before?.off) ? { off: true } : {}),
      ...(before?.account ? { account: before.account } : {}),
      templates: before?.templates ?? [],
      order: before?.order ?? nextOrder(others),
      createdAt: before?.createdAt ?? now(),
    });
    const changed = JSON.stringify(connection) !== JSON.stringify(before);
    if (before && changed && managed.presetOf(before)) throw ofAdministrator();
    if (before && accountOf(connection) !== accountOf(before)) await mayTakeAnother(managed);
    const moved = before !== null && new URL(before.api).origin !== new URL(address.api).origin;
    return { connection, moved, before };
  };
}

/** Changing a connection's account amounts to adding a connection. */
export const mayTakeAnother = (managed: Pick<Managed, 'allow'>): Promise<void> =>
  managed.allow('add-connections', 'problem_forbidden_account');

/** The error for changing what an administrator has set. */
export const ofAdministrator = () =>
  new CrosstrackError({ kind: 'unsupported', text: 'problem_managed' });
