import { isSameMember, type Link, type Member } from '../compare/links.ts';
import { pairKey, type Rejection, unlinked } from '../compare/rejections.ts';
import type { Connection, SourceTemplate } from '../connections/connection.ts';
import type { ConnectionDraft } from '../connections/draft.ts';
import { hostPatterns } from '../connections/hosts.ts';
import { CrosstrackError, type Problem, problemOf } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Credentials } from '../keys/credentials.ts';
import type { Settings } from '../settings/settings.ts';
import type { FileConnection, SettingsFile } from './file.ts';

/** A field that an import changes; '' for values that are not shown. */
export interface TransferField {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** One item in a file, and what its import does. */
export interface TransferEntry {
  readonly what: 'connection' | 'link' | 'rejection' | 'settings';
  /** The item's name; for changes, its name in this browser. */
  readonly name: string;
  readonly does: 'add' | 'change' | 'skip';
  /** The changed fields. For added items: `key` if the key is included, and other notable fields. */
  readonly fields: readonly TransferField[];
  /** Why it is skipped. */
  readonly why: Problem | null;
}

/** What the import needs to know about this browser. */
export interface PlanFacts {
  readonly connections: readonly Connection[];
  readonly links: readonly Link[];
  readonly rejections: readonly Rejection[];
  readonly settings: Settings;
  /**
   * Builds a connection as the form would, with all its checks.
   * @param id id of the edited connection; null = a new one
   * @throws CrosstrackError with the reason why the form would reject it
   */
  drafted(
    draft: ConnectionDraft & { readonly off?: boolean | undefined },
    id: string | null,
    among: readonly Connection[],
  ): Promise<{ connection: Connection }>;
  /** Do many accounts of this tracker share one address? */
  manyAccounts(tracker: string): boolean;
  /** @throws CrosstrackError where adding connections is forbidden */
  mayAdd(): Promise<void>;
  /**
   * A connection's stored credentials; null = none, or unreadable.
   * @throws CrosstrackError while keys are locked
   */
  credentialsOf(connection: Connection): Promise<Credentials | null>;
  newId(): string;
}

/** What an import will do: `entries` for the user, the rest for the database. */
export interface Plan {
  readonly entries: readonly TransferEntry[];
  readonly connections: readonly Connection[];
  readonly links: readonly Link[];
  readonly rejections: readonly Rejection[];
  /** The changed settings; null = none. */
  readonly settings: SettingsFile['settings'] | null;
  readonly keys: ReadonlyArray<{
    readonly connection: Connection;
    readonly credentials: Credentials;
  }>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const reason = (text: MessageKey, ...values: string[]): Problem => ({
  kind: 'conflict',
  text,
  values,
});
const ALREADY = reason('transfer_already');

/** A value as shown to the user; '' for lists and objects. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { login, click } = Object(value);
  return [login, click].filter(Boolean).join(' · ');
};
const fieldOf = (field: string, before?: unknown, after?: unknown): TransferField => ({
  field,
  before: shown(before),
  after: shown(after),
});

/** Permissions to request in the click that confirms the import. */
const accessOf = (added: Connection): TransferField[] => {
  const patterns = hostPatterns(added);
  return patterns.length > 0 ? [fieldOf('access', '', patterns.join(' '))] : [];
};

/** Compares a file with the stored data. Writes nothing. Linear in the size of both. */
export async function planImport(file: SettingsFile, facts: PlanFacts): Promise<Plan> {
  const { entries, connections, keys, ids } = await planConnections(file.connections, facts);
  const links = planLinks(file.links, ids, facts);
  const placed = new Map([...facts.links, ...links.links].map((link) => [link.id, link]));
  const rejected = planRejections(file.rejections, ids, [...placed.values()], facts);
  const changed = Object.entries(file.settings)
    .filter(([field, value]) => !same(Object(facts.settings)[field], value))
    .map(([field, value]) => fieldOf(field, Object(facts.settings)[field], value));
  const settings: TransferEntry[] =
    Object.keys(file.settings).length === 0
      ? []
      : [
          changed.length === 0
            ? { what: 'settings', name: '', does: 'skip', fields: [], why: ALREADY }
            : { what: 'settings', name: '', does: 'change', fields: changed, why: null },
        ];
  return {
    entries: [...entries, ...links.entries, ...rejected.entries, ...settings],
    connections,
    links: links.links,
    rejections: rejected.rejections,
    settings: changed.length === 0 ? null : file.settings,
    keys,
  };
}

/** Fields of a connection that a file changes. */
const COMPARED = [
  'name',
  'paths',
  'currency',
  'zone',
  'basis',
  'conversionTypes',
  'off',
  'templates',
] as const;

const typeNames = ({ conversionTypes = [] }: Connection): string =>
  conversionTypes.map(({ name }) => name).join(', ');

async function planConnections(given: readonly FileConnection[], facts: PlanFacts) {
  const entries: TransferEntry[] = [];
  const known = [...facts.connections];
  const taken = new Set(known.map(({ id }) => id));
  const changed: Connection[] = [];
  const keys: Array<{ connection: Connection; credentials: Credentials }> = [];
  /** Id in the file → id in this browser. */
  const ids = new Map<string, string>();
  /** Ids that a name does not stand for: of the file, and of those that were met already. */
  const claimed = new Set(given.map(({ id }) => id));
  /** Credentials of connections to add, by id. */
  const coming = new Map<string, Credentials>();
  /** Finds the connection to the same account as one in the file. */
  const sameAccount = async (
    made: Connection,
    id: string,
    credentials: Credentials | undefined,
  ) => {
    const sameAddress = known.filter(
      ({ tracker, api }) => tracker === made.tracker && api === made.api,
    );
    const own = sameAddress.find((one) => one.id === id);
    if (own || !facts.manyAccounts(made.tracker)) return own ?? sameAddress[0];
    for (const one of sameAddress) {
      // Accounts share the address: the key distinguishes them or, without one, the name.
      const like =
        credentials === undefined
          ? one.name === made.name && !claimed.has(one.id)
          : same(credentials, coming.get(one.id) ?? (await facts.credentialsOf(one)));
      if (like) return one;
    }
    return undefined;
  };
  for (const { id, templates, credentials, ...draft } of given) {
    let name = draft.name;
    const addEntry = (does: TransferEntry['does'], fields: TransferField[], why: Problem | null) =>
      entries.push({ what: 'connection', name, does, fields, why });
    try {
      if (ids.has(id)) throw new CrosstrackError(reason('transfer_repeated'));
      // First as a new one: the clean address identifies the account.
      const made = (await facts.drafted(draft, null, [])).connection;
      const there = await sameAccount(made, id, credentials);
      if (there) {
        ids.set(id, there.id);
        claimed.add(there.id);
      }
      if (there && there.id !== id) {
        throw new CrosstrackError(reason('transfer_same_account', there.name));
      }
      const { connection } = await facts.drafted(draft, there?.id ?? null, known);
      if (!there) {
        await facts.mayAdd();
        // Ids become storage keys, so only ids in our own format are accepted.
        const free = UUID.test(id) && !taken.has(id);
        const added = { ...connection, id: free ? id : facts.newId(), templates };
        taken.add(added.id);
        claimed.add(added.id);
        ids.set(id, added.id);
        known.push(added);
        changed.push(added);
        if (credentials) {
          keys.push({ connection: added, credentials });
          coming.set(added.id, credentials);
        }
        const notes = [
          credentials && 'key',
          added.api.startsWith('http:') && 'plainHttp',
          added.off && 'off',
        ];
        addEntry(
          'add',
          [...notes.flatMap((field) => (field ? fieldOf(field) : [])), ...accessOf(added)],
          null,
        );
        continue;
      }
      const after = { ...connection, templates: mergeTemplates(there.templates, templates) };
      name = there.name;
      const changesKey = credentials && !same(credentials, await facts.credentialsOf(there));
      // It may be another account's.
      if (changesKey && facts.manyAccounts(there.tracker)) await facts.mayAdd();
      const fields = COMPARED.filter((field) => !same(there[field], after[field])).map((field) =>
        field === 'conversionTypes'
          ? fieldOf(field, typeNames(there), typeNames(after))
          : fieldOf(field === 'off' && !after.off ? 'on' : field, there[field], after[field]),
      );
      if (fields.length > 0) changed.push(after);
      if (changesKey) {
        keys.push({ connection: after, credentials });
        fields.push(fieldOf('key'));
      }
      if (fields.length > 0) addEntry('change', fields, null);
      else addEntry('skip', [], ALREADY);
    } catch (error) {
      addEntry('skip', [], problemOf(error));
    }
  }
  return { entries, connections: changed, keys, ids };
}

/** Templates in the file replace those for the same sources; others stay. */
function mergeTemplates(
  before: readonly SourceTemplate[],
  given: readonly SourceTemplate[],
): SourceTemplate[] {
  const merged = new Map([...before, ...given].map((one) => [one.sourceId, one]));
  return [...merged.values()];
}

const memberKey = (kind: Link['kind'], { connection, campaignId }: Member): string =>
  JSON.stringify([kind ?? 'campaign', connection, campaignId]);

/**
 * Links only grow: a file never removes or replaces links made in this browser, nor says of them whether
 * they share the traffic.
 */
function planLinks(
  given: readonly Link[],
  ids: ReadonlyMap<string, string>,
  facts: PlanFacts,
): { entries: TransferEntry[]; links: Link[] } {
  const entries: TransferEntry[] = [];
  const planned = new Map<string, Link>();
  const taken = new Set(facts.links.map(({ id }) => id));
  const linkOf = new Map<string, Link>();
  const place = (link: Link) => {
    for (const one of link.members) linkOf.set(memberKey(link.kind, one), link);
  };
  facts.links.forEach(place);
  for (const link of given) {
    const addEntry = (does: TransferEntry['does'], why: Problem | null) =>
      entries.push({ what: 'link', name: namesOf(link.members), does, fields: [], why });
    const members = here(link.members, ids);
    const touched = new Set(members.flatMap((one) => linkOf.get(memberKey(link.kind, one)) ?? []));
    const [before] = touched;
    const merged = mergeMembers(before?.members ?? [], members);
    const joins = new Set(members.map(({ connection }) => connection)).size > 1;
    if (!joins && members.length < link.members.length) {
      addEntry('skip', reason('transfer_link_apart'));
    } else if (!joins || !merged || touched.size > 1) {
      addEntry('skip', reason('transfer_link_conflict'));
    } else if (merged.length === before?.members.length) addEntry('skip', ALREADY);
    else {
      const free = UUID.test(link.id) && !taken.has(link.id);
      const id = before?.id ?? (free ? link.id : facts.newId());
      const after = { ...(before ?? link), id, members: merged };
      taken.add(id);
      planned.set(id, after);
      place(after);
      addEntry(before ? 'change' : 'add', null);
    }
  }
  return { entries, links: [...planned.values()] };
}

const namesOf = (members: readonly Member[]): string => members.map(({ name }) => name).join(' · ');

/** The members whose connections are in this browser, by their ids here. */
const here = (members: readonly Member[], ids: ReadonlyMap<string, string>): Member[] =>
  members.flatMap((one) => {
    const connection = ids.get(one.connection);
    return connection === undefined ? [] : [{ ...one, connection }];
  });

/** All members of both; null where each side has campaigns of a connection that the other lacks. */
function mergeMembers(before: readonly Member[], given: readonly Member[]): Member[] | null {
  const merged = [...before];
  const added = new Set<string>();
  for (const one of given) {
    if (merged.some((other) => isSameMember(one, other))) continue;
    merged.push(one);
    added.add(one.connection);
  }
  const lost = before.some(
    (one) => added.has(one.connection) && !given.some((other) => isSameMember(one, other)),
  );
  return lost ? null : merged;
}

/** Rejected proposals are added; where the file's pair is linked here, the link stays. */
function planRejections(
  given: readonly Rejection[],
  ids: ReadonlyMap<string, string>,
  links: readonly Link[],
  facts: PlanFacts,
): { entries: TransferEntry[]; rejections: Rejection[] } {
  const known = new Set(facts.rejections.map(({ id }) => id));
  const entries: TransferEntry[] = [];
  const rejections: Rejection[] = [];
  for (const one of given) {
    const [a, b] = here(one.members, ids);
    const addEntry = (does: TransferEntry['does'], why: Problem | null) =>
      entries.push({ what: 'rejection', name: namesOf(one.members), does, fields: [], why });
    if (!a || !b) {
      addEntry('skip', reason('transfer_link_apart'));
      continue;
    }
    const id = pairKey(one.kind ?? 'campaign', { a, b });
    const after: Rejection = { ...one, id, members: [a, b] };
    if (known.has(id)) addEntry('skip', ALREADY);
    else if (unlinked([after], links).length === 0) {
      addEntry('skip', reason('transfer_link_conflict'));
    } else {
      known.add(id);
      rejections.push(after);
      addEntry('add', null);
    }
  }
  return { entries, rejections };
}
