import type { Connection } from '../../connections/connection.ts';
import type { ConnectionDraft } from '../../connections/draft.ts';
import { hostPatterns } from '../../connections/hosts.ts';
import type { Notice, Tested } from '../../contract/connections.ts';
import { CrosstrackError, problemOf } from '../../errors.ts';
import type { Credentials } from '../../keys/credentials.ts';
import { isZone, offsetMinutes } from '../../report/range.ts';
import type { CheckFacts, TrackerAdapter, TrackerClient } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import { READ_ONLY } from '../tracker-clients.ts';
import { requireAccess } from './access.ts';
import type { FindSameAccount } from './account.ts';
import type { Probe } from './probe.ts';

/**
 * Tests a form's connection with a key, and says what the tracker tells of itself.
 * @param isTyped was the key entered in the form? What is known is of the one before then
 * @throws CrosstrackError as the adapter's `check` does, or `conflict` with `looksLike` where
 * another tracker answers
 */
export type Check = (
  connection: Connection,
  draft: ConnectionDraft,
  credentials: Credentials,
  isTyped: boolean,
  signal: AbortSignal,
) => Promise<Tested>;

export function createCheck(
  { clients, permissions, now }: Pick<Services, 'clients' | 'permissions' | 'now'>,
  probe: Probe,
  findSameAccount: FindSameAccount,
): Check {
  /** Rethrows a test's error, or names the tracker that really answers at the address. */
  const explainFailure = async (
    error: unknown,
    draft: ConnectionDraft,
    signal: AbortSignal,
  ): Promise<never> => {
    const { kind, status = 0 } = problemOf(error);
    // A web page, a sign-in, a redirect or a missing path: not this API.
    const elsewhere =
      kind === 'shape' || status === 404 || status === 405 || (kind === 'auth' && status < 400);
    const there =
      elsewhere && (await probe(draft.address, draft.plainHttp, signal).catch(() => null));
    if (!there || there.id === draft.tracker) throw error;
    throw new CrosstrackError({
      kind: 'conflict',
      text: 'problem_looks_like',
      values: [there.name, clients.adapter(draft.tracker).name],
      looksLike: there.id,
    });
  };

  return async (connection, draft, credentials, isTyped, signal) => {
    await requireAccess(permissions, hostPatterns(connection), connection.api);
    const check = async (client: TrackerClient, adapter: TrackerAdapter): Promise<CheckFacts> => {
      if (isTyped) client.memory.delete(READ_ONLY);
      const facts = await adapter.check(client);
      return client.memory.has(READ_ONLY) ? { ...facts, mayWrite: false } : facts;
    };
    const facts = await clients
      .run(connection, signal, check, credentials)
      .catch((error: unknown) => explainFailure(error, draft, signal));
    const { cost } = clients.adapter(connection.tracker).capabilities;
    const same = await findSameAccount(connection, credentials, facts);
    const warnings = warningsOf(facts, connection, cost.can, now());
    return {
      facts,
      warnings: same ? [...warnings, { key: 'warn_same_account', values: [same.name] }] : warnings,
    };
  };
}

/** What a user should know when the tracker says otherwise than the form. */
function warningsOf(
  facts: CheckFacts,
  connection: Connection,
  writes: boolean,
  now: number,
): Notice[] {
  const warnings: Notice[] = [];
  if (facts.zone !== null && isZone(facts.zone)) {
    if (offsetMinutes(facts.zone, now) !== offsetMinutes(connection.zone, now)) {
      warnings.push({ key: 'warn_zone_differs', values: [facts.zone, connection.zone] });
    }
  }
  if (facts.currency !== null && facts.currency !== connection.currency) {
    warnings.push({ key: 'warn_currency_differs', values: [facts.currency, connection.currency] });
  }
  if (facts.outdated) warnings.push({ key: 'warn_version_old', values: [facts.version ?? ''] });
  if (writes && facts.mayWrite === false) warnings.push({ key: 'warn_read_only', values: [] });
  if (new URL(connection.api).protocol === 'http:') {
    warnings.push({ key: 'warn_plain_http', values: [new URL(connection.api).host] });
  }
  return warnings;
}
