import { type Connection, connectionSchema } from '../connections/connection.ts';
import type { ConnectionDraft } from '../connections/draft.ts';
import { hostPattern, hostPatterns, plainHost } from '../connections/hosts.ts';
import { ownPaths } from '../connections/paths.ts';
import { cleanAddress, originOf, recogniseAddress } from '../connections/recognise.ts';
import type { ConnectionView, connectionCalls, Notice, Tested } from '../contract/connections.ts';
import { CrosstrackError, NO_ACCESS, type Problem, problemOf } from '../errors.ts';
import { type Credentials, withSecret } from '../keys/credentials.ts';
import { isZone, offsetMinutes } from '../report/range.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { Ask, CheckFacts, TrackerAdapter } from '../trackers/adapter.ts';
import { READ_ONLY } from './asks.ts';
import { type Changes, sealedFor } from './changes.ts';
import type { Services } from './deps.ts';
import { accountOf, type Managed } from './managed.ts';
import { fixes } from './presets.ts';

type ConnectionCalls = HandlersOf<typeof connectionCalls>;

/** Milliseconds in which everybody who is asked has to have answered. */
const PROBE_MS = 10_000;

/** A connection that nobody has made yet, to ask with. */
const PROBING = {
  id: '',
  name: '',
  currency: 'USD',
  zone: 'UTC',
  basis: 'visit',
  order: 0,
  createdAt: 0,
} as const;

interface Drafted {
  readonly connection: Connection;
  /** The one that the form edits; null = a new one. */
  readonly before: Connection | null;
  /** Does it go to another origin than before? */
  readonly moved: boolean;
}

export interface ConnectionHandlers {
  readonly calls: ConnectionCalls;
  /** All connections in the user's order. */
  list(): Promise<Connection[]>;
  /** @throws CrosstrackError `conflict` when it is not there (any more). */
  get(id: string): Promise<Connection>;
  /**
   * The connection that a form means, checked as when it is saved; writes nothing.
   * @param draft of a file it may say too whether it is turned off
   * @param among connections to find twins in. Default: those there are
   */
  drafted(
    draft: ConnectionDraft & { readonly off?: boolean | undefined },
    id: string | null,
    among?: readonly Connection[],
  ): Promise<Drafted>;
  /** A connection as the extension's own pages see it. */
  view(connection: Connection): Promise<ConnectionView>;
  /** What UI on a page may see: no address and nothing of the key. */
  forPage(): Promise<ConnectionView[]>;
  /** Connection on whose web UI an address lies. */
  at(page: URL): Promise<Connection | null>;
}

export function createConnections(
  services: Services,
  trackers: readonly TrackerAdapter[],
  changes: Changes,
  managed: Pick<Managed, 'allow' | 'forbids' | 'manages' | 'presetOf'>,
): ConnectionHandlers {
  const { connections, keys, asks, permissions, now } = services;

  const list = async (): Promise<Connection[]> =>
    (await connections.all()).sort((a, b) => a.order - b.order || a.createdAt - b.createdAt);

  const get = async (id: string): Promise<Connection> => {
    const connection = await connections.get(id);
    if (connection) return connection;
    throw new CrosstrackError({ kind: 'conflict', text: 'problem_connection_gone' });
  };

  const credentialsOf = (connection: Connection): Promise<Credentials> =>
    keys.get(sealedFor(connection));

  const view = async (connection: Connection): Promise<ConnectionView> => {
    let problem: Problem | null = null;
    let keyEnd = '';
    let secret = false;
    try {
      // There is nobody to ask, so there is no key and no host to be missing.
      const stored = connection.demo ? { key: '' } : await credentialsOf(connection);
      const { key } = stored;
      secret = stored.secret !== undefined;
      // Four characters of a short key would be most of it.
      keyEnd = key.length >= 12 ? key.slice(-4) : '';
      const origins = hostPatterns(connection);
      if (origins.length > 0 && !(await permissions.contains({ origins }))) {
        problem = NO_ACCESS;
      }
    } catch (error) {
      problem = problemOf(error);
    }
    const {
      createdAt: _,
      order: __,
      plainHttp: ___,
      account: ____,
      script,
      off = false,
      ...seen
    } = connection;
    return {
      ...seen,
      off,
      script: script ?? null,
      keyEnd,
      secret,
      problem,
      managed: managed.manages(connection),
    };
  };

  /** Another account in place of one is as good as one more. */
  const mayTakeAnother = () => managed.allow('add-connections', 'problem_forbidden_account');

  /** The connection that a form means; keeps id, templates and place of the one it edits. */
  const drafted = async (
    draft: ConnectionDraft & { readonly off?: boolean | undefined },
    id: string | null,
    among?: readonly Connection[],
  ): Promise<Drafted> => {
    const adapter = asks.adapter(draft.tracker);
    const paths = ownPaths(adapter.paths, draft.paths);
    const address = cleanAddress(adapter, draft.address, draft.plainHttp, paths);
    if (new URL(address.api).protocol === 'http:') await managed.allow('http');
    if (!isZone(draft.zone)) {
      throw new CrosstrackError({ kind: 'input', text: 'zone_unknown', values: [draft.zone] });
    }
    const before = id === null ? null : (among?.find((one) => one.id === id) ?? (await get(id)));
    const others = (among ?? (await list())).filter((other) => other.id !== id);
    const twin = others.find(
      (other) =>
        !adapter.manyAccounts && other.tracker === draft.tracker && other.api === address.api,
    );
    if (twin) {
      throw twinProblem(twin, adapter);
    }
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
      ...(plainHost(address.api) === '' ? {} : { plainHttp: true }),
      ...((draft.off ?? before?.off) ? { off: true } : {}),
      ...(before?.account ? { account: before.account } : {}),
      templates: before?.templates ?? [],
      order: before?.order ?? Math.max(0, ...others.map(({ order }) => order)) + 1,
      createdAt: before?.createdAt ?? now(),
    });
    if (before && managed.presetOf(before)) {
      if (JSON.stringify(connection) !== JSON.stringify(before)) throw ofAdministrator();
    }
    if (before && accountOf(connection) !== accountOf(before)) await mayTakeAnother();
    const moved = before !== null && new URL(before.api).origin !== new URL(address.api).origin;
    return { connection, moved, before };
  };

  const hasKey = (typed: Credentials): boolean => typed.key.trim() !== '';

  /** What is typed, or else stays: a new key replaces the secret beside it too. */
  const credentialsFor = async (connection: Connection, typed: Credentials, moved: boolean) => {
    const key = typed.key.trim();
    const secret = (asks.adapter(connection.tracker).secretKey && typed.secret) || '';
    if (key !== '') return withSecret({ key }, secret);
    // A key goes only to the host it was entered for.
    if (moved) throw new CrosstrackError({ kind: 'input', text: 'key_enter_again' });
    return withSecret(await credentialsOf(connection), secret);
  };

  /**
   * Another connection to the same account, where the address alone does not
   * tell: the same key, or the same name of the account.
   */
  const twinOf = async (
    connection: Connection,
    { key }: Credentials,
    { account }: CheckFacts,
  ): Promise<Connection | null> => {
    if (!asks.adapter(connection.tracker).manyAccounts) return null;
    for (const other of await list()) {
      const kin = other.tracker === connection.tracker && other.api === connection.api;
      if (!kin || other.id === connection.id) continue;
      if (account !== null && other.account === account) return other;
      const theirs = await credentialsOf(other).catch(() => null);
      if (theirs?.key === key) return other;
    }
    return null;
  };

  /**
   * Refuses a key that leads to another account, where the address alone does not tell and no
   * connection may be added. One that cannot be told from another account's counts as that.
   */
  const mayTakeKey = async (
    before: Connection | null,
    { key }: Credentials,
    { account }: CheckFacts,
  ): Promise<void> => {
    if (!before || !asks.adapter(before.tracker).manyAccounts || managed.presetOf(before)) return;
    if (account !== null && account === before.account) return;
    const stored = await credentialsOf(before).catch(() => null);
    if (stored?.key !== key) await mayTakeAnother();
  };

  const mayReach = async (origins: string[], api: string): Promise<void> => {
    if (await permissions.contains({ origins })) return;
    throw new CrosstrackError({ ...NO_ACCESS, values: [new URL(api).host] });
  };

  /**
   * The tracker that answers at a pasted address; all are asked side by side, without a key.
   * Null: none, or several, which is a site that refuses whatever it is asked.
   */
  const answering = async (
    pasted: string,
    plainHttp: boolean | undefined,
    signal: AbortSignal,
  ): Promise<TrackerAdapter | null> => {
    const origin = originOf(pasted, plainHttp);
    if (origin.startsWith('http:')) await managed.allow('http');
    await mayReach([hostPattern(origin)], origin);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
    const there = await Promise.all(
      trackers.map(async (adapter) => {
        try {
          const { removed: _, ...address } = cleanAddress(adapter, pasted, plainHttp);
          const pages = [...address.pages];
          // Where its API lies elsewhere the address itself says whose it is.
          if ([address.api, ...pages].some((url) => new URL(url).origin !== origin)) return false;
          const { id: tracker } = adapter;
          const draft: Connection = { ...PROBING, templates: [], ...address, pages, tracker };
          return await asks.run(draft, limit, async (ask) => adapter.answersHere?.(ask), {
            key: '',
          });
        } catch {
          // Who cannot be asked now is not there now.
          signal.throwIfAborted();
          return false;
        }
      }),
    );
    const [found, ...more] = trackers.filter((_, index) => there[index]);
    return found && more.length === 0 ? found : null;
  };

  /** Throws what a test failed with, or whose address it is where another tracker answers there. */
  const tellApart = async (
    error: unknown,
    draft: ConnectionDraft,
    signal: AbortSignal,
  ): Promise<never> => {
    const { kind, status = 0 } = problemOf(error);
    // A page, a sign-in, another address, a path that is not there: not this API.
    const elsewhere =
      kind === 'shape' || status === 404 || status === 405 || (kind === 'auth' && status < 400);
    const there =
      elsewhere && (await answering(draft.address, draft.plainHttp, signal).catch(() => null));
    if (!there || there.id === draft.tracker) throw error;
    throw new CrosstrackError({
      kind: 'conflict',
      text: 'problem_looks_like',
      values: [there.name, asks.adapter(draft.tracker).name],
      looksLike: there.id,
    });
  };

  const test = async (
    connection: Connection,
    draft: ConnectionDraft,
    credentials: Credentials,
    isTyped: boolean,
    signal: AbortSignal,
  ): Promise<Tested> => {
    await mayReach(hostPatterns(connection), connection.api);
    const check = async (ask: Ask, adapter: TrackerAdapter): Promise<CheckFacts> => {
      // What is known is of the key before.
      if (isTyped) ask.memory.delete(READ_ONLY);
      const facts = await adapter.check(ask);
      return ask.memory.has(READ_ONLY) ? { ...facts, mayWrite: false } : facts;
    };
    const facts = await asks
      .run(connection, signal, check, credentials)
      .catch((error: unknown) => tellApart(error, draft, signal));
    const { cost } = asks.adapter(connection.tracker).capabilities;
    const twin = await twinOf(connection, credentials, facts);
    const warnings = warningsOf(facts, connection, cost.can, now());
    return {
      facts,
      warnings: twin ? [...warnings, { key: 'warn_same_account', values: [twin.name] }] : warnings,
    };
  };

  const calls: ConnectionCalls = {
    'trackers.list': async () => {
      const reason = 'problem_forbidden';
      const off = (await managed.forbids('costs')) ? { cost: { can: false, reason } as const } : {};
      return trackers.map(
        ({
          id,
          name,
          initial,
          side,
          capabilities,
          keyHelp,
          addressExample,
          paths,
          secretKey,
          demo,
        }) => ({
          id,
          name,
          initial,
          side,
          capabilities: { ...capabilities, ...off },
          keyHelp,
          addressExample,
          paths,
          secretKey,
          ...(demo ? { demo: true } : {}),
        }),
      );
    },
    'connections.list': async (_, { caller }) =>
      caller.kind === 'extension' ? Promise.all((await list()).map(view)) : forPage(),
    'connections.recognise': async ({ pasted, tracker, paths }) =>
      recogniseAddress(trackers, pasted, tracker, paths),
    'connections.probe': async ({ pasted, plainHttp }, { signal }) => ({
      tracker: (await answering(pasted, plainHttp, signal))?.id ?? null,
    }),
    'connections.test': async ({ draft, id, credentials }, { signal }) => {
      const { connection, moved, before } = await drafted(draft, id);
      const used = await credentialsFor(connection, credentials, moved);
      const tested = await test(connection, draft, used, hasKey(credentials), signal);
      await mayTakeKey(before, used, tested.facts);
      return tested;
    },
    'connections.save': async ({ draft, id, credentials }, { signal }) => {
      const asked = await drafted(draft, id);
      const used = await credentialsFor(asked.connection, credentials, asked.moved);
      const tested = await test(asked.connection, draft, used, hasKey(credentials), signal);
      return changes.inTurn(async () => {
        // The tracker took its time: another form may have saved meanwhile.
        const { connection: made, moved, before } = await drafted(draft, id);
        const { account } = tested.facts;
        const connection = account === null ? made : { ...made, account };
        const twin = await twinOf(connection, used, tested.facts);
        if (twin) throw twinProblem(twin, asks.adapter(draft.tracker));
        await mayTakeKey(before, used, tested.facts);
        const fresh = await credentialsFor(connection, credentials, moved);
        await changes.apply({
          connections: [connection],
          // What stays is not touched.
          keys:
            hasKey(credentials) || credentials.secret?.trim()
              ? [{ connection, credentials: fresh }]
              : [],
          left: before ? hostPatterns(before) : [],
        });
        return { connection: await view(connection), tested };
      });
    },
    'connections.turn': ({ id, off }) =>
      changes.inTurn(async () => {
        const { off: _, ...connection } = await get(id);
        if (managed.presetOf(connection)) throw ofAdministrator();
        const turned = off ? { ...connection, off } : connection;
        await changes.apply({ connections: [turned] });
        return view(turned);
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
    'connections.sources': async ({ id }, { signal }) =>
      asks.run(await get(id), signal, (ask, adapter) => adapter.sources(ask)),
    'connections.template': ({ id, template }) =>
      changes.inTurn(async () => {
        const connection = await get(id);
        const preset = managed.presetOf(connection);
        if (preset && fixes(preset, template.sourceId)) throw ofAdministrator();
        const others = connection.templates.filter(
          ({ sourceId }) => sourceId !== template.sourceId,
        );
        const changed = { ...connection, templates: [...others, template] };
        await connections.put(changed);
        return view(changed);
      }),
  };

  // A page is a real tracker's: the demo has no place on it.
  const forPage = async (): Promise<ConnectionView[]> =>
    Promise.all(
      (await list())
        .filter(({ demo, off }) => !demo && !off)
        .map(async (connection) => ({
          ...(await view(connection)),
          api: '',
          pages: [],
          script: null,
          paths: undefined,
          keyEnd: '',
          secret: false,
        })),
    );

  return {
    calls,
    list,
    get,
    drafted,
    view,
    forPage,
    async at(page) {
      const known = await list();
      return known.find(({ pages, off }) => !off && pages.includes(page.origin)) ?? null;
    },
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

const twinProblem = (twin: Connection, { name }: Pick<TrackerAdapter, 'name'>) =>
  new CrosstrackError({ kind: 'conflict', text: 'connection_twin', values: [twin.name, name] });

const ofAdministrator = () => new CrosstrackError({ kind: 'unsupported', text: 'problem_managed' });
