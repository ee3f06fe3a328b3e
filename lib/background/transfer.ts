import { type Link, linkSchema } from '../compare/links.ts';
import type { Connection } from '../connections/connection.ts';
import { CrosstrackError, problemOf } from '../errors.ts';
import type { SealedFor } from '../keys/seal.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Database } from '../store/database.ts';
import { createRecords } from '../store/records.ts';
import { parseSettings, readFile, type SettingsFile, VERSION } from '../transfer/file.ts';
import { type Plan, planImport } from '../transfer/plan.ts';
import { sealFile, unsealFile } from '../transfer/seal-file.ts';
import { z } from '../zod.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Services } from './deps.ts';
import type { SettingsStore } from './settings.ts';

type TransferCalls = Pick<Handlers, 'transfer.export' | 'transfer.preview' | 'transfer.apply'>;

export interface Transfer {
  readonly calls: TransferCalls;
  /** Ends an import that was cut off: takes its keys over when it was committed, else drops them. */
  finish(): Promise<void>;
}

/** Shorter ones are guessed from a stolen file, however many rounds. */
const SHORTEST_PASSPHRASE = 10;

/** Where an import that brings keys writes down how far it is (store `settings`). */
const PENDING = 'import';
const pendingSchema = z.object({
  committed: z.boolean(),
  keys: z.array(z.object({ connection: z.string(), origin: z.string() })),
});

const sealedFor = ({ id, api }: Connection): SealedFor => ({
  connection: id,
  origin: new URL(api).origin,
});
/** A key that waits for the import to be committed lies beside the one it will replace. */
const waiting = (of: SealedFor): SealedFor => ({ ...of, connection: `import:${of.connection}` });

export function createTransfer(
  services: Services,
  connections: ConnectionHandlers,
  settings: SettingsStore,
  /** Refuses where an administrator allows no new connections. */
  mayAdd: () => Promise<void>,
  /** Told after an import. */
  onChange: () => Promise<void>,
): Transfer {
  const { database, keys, reports, now } = services;
  const links = createRecords<Link>(database, 'links', linkSchema);

  const keyOf = (connection: Connection): Promise<string | null> =>
    keys.get(sealedFor(connection)).catch(() => null);

  const write = async (withKeys: boolean) => {
    const missing: string[] = [];
    const all = await connections.list();
    const ids = new Set(all.map(({ id }) => id));
    const written: SettingsFile['connections'] = [];
    for (const connection of all) {
      const { id, tracker, name, api, script, currency, zone, basis, templates } = connection;
      const key = withKeys ? await keyOf(connection) : null;
      if (withKeys && key === null) missing.push(name);
      const address = script ? `${api}/${script}` : api;
      const entry = { id, tracker, name, address, currency, zone, basis, templates };
      written.push(key === null ? entry : { ...entry, key });
    }
    const file: SettingsFile = {
      crosstrack: 'settings',
      version: VERSION,
      exportedAt: new Date(now()).toISOString(),
      connections: written,
      // Links outlive their connections; what leads nowhere is left out.
      links: (await links.all()).filter(({ members }) =>
        members.every(({ connection }) => ids.has(connection)),
      ),
      settings: await settings.read(),
    };
    return { text: JSON.stringify(file, null, 2), missing, exportedAt: file.exportedAt };
  };

  const read = async (text: string, passphrase: string | null): Promise<SettingsFile> => {
    const file = readFile(text);
    if (file.crosstrack === 'settings') return parseSettings(file, { sealed: false });
    if (!passphrase) throw new CrosstrackError({ kind: 'auth', text: 'transfer_sealed' });
    return parseSettings(readFile(await unsealFile(file, passphrase)), { sealed: true });
  };

  const plan = async (text: string, passphrase: string | null, signal: AbortSignal) => {
    const file = await read(text, passphrase);
    signal.throwIfAborted();
    const made = await planImport(file, {
      connections: await connections.list(),
      links: await links.all(),
      settings: await settings.read(),
      drafted: connections.drafted,
      mayAdd,
      keyOf,
      newId: () => crypto.randomUUID(),
    });
    // What was confirmed is what is done: the same text, with the same effects here.
    const seen = new TextEncoder().encode(JSON.stringify([text, made.entries]));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seen)).toHex();
    return { file, made, digest };
  };

  const finishNow = async (): Promise<void> => {
    const the = await database;
    const pending = pendingSchema.safeParse(await the.get('settings', PENDING));
    if (!pending.success) return;
    for (const of of pending.data.keys) {
      if (pending.data.committed) await takeOver(of);
      await keys.remove(waiting(of).connection);
    }
    await the.delete('settings', PENDING);
  };

  const takeOver = async (of: SealedFor): Promise<void> => {
    try {
      await keys.set(await keys.get(waiting(of)), of);
    } catch (error) {
      // Taken over before the worker was stopped, or sealed by a profile that is gone; the row says
      // when a key is missing. Anything else is tried again at the next start.
      const { text } = problemOf(error);
      if (text !== 'problem_no_key' && text !== 'problem_key_unreadable') throw error;
    }
  };

  /** Keys wait outside until one transaction has brought in everything else, and says so. */
  const apply = async ({ connections: changed, links: joined, ...made }: Plan): Promise<void> => {
    const the = await database;
    const forget = () => Promise.all(changed.map(({ id }) => reports.forget(id)));
    const brought = made.keys.map(({ connection }) => sealedFor(connection));
    await finishNow();
    try {
      await forget();
      if (brought.length > 0) {
        await the.put('settings', { committed: false, keys: brought }, PENDING);
        for (const { connection, key } of made.keys) {
          await keys.set(key, waiting(sealedFor(connection)));
        }
      }
      await inOneTransaction(the, async (transaction) => {
        const store = transaction.objectStore('settings');
        for (const one of changed) await transaction.objectStore('connections').put(one);
        for (const one of joined) await transaction.objectStore('links').put(one);
        if (made.settings) {
          const before = await store.get('settings');
          await store.put({ ...Object(before), ...made.settings }, 'settings');
        }
        if (brought.length > 0) await store.put({ committed: true, keys: brought }, PENDING);
      });
      // Answers to questions that were under way when the connections changed.
      await forget();
    } finally {
      await finishNow();
    }
  };

  // One at a time: what ends a broken import must not meet one that is under way.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };

  return {
    finish: () => inTurn(finishNow),
    calls: {
      'transfer.export': async ({ passphrase }) => {
        if (passphrase !== null && passphrase.length < SHORTEST_PASSPHRASE) {
          throw new CrosstrackError({
            kind: 'input',
            text: 'transfer_short',
            values: [String(SHORTEST_PASSPHRASE)],
          });
        }
        const { text, missing, exportedAt } = await write(passphrase !== null);
        return {
          text: passphrase === null ? text : await sealFile(text, passphrase),
          name: `crosstrack-${passphrase === null ? 'settings' : 'sealed'}-${exportedAt.slice(0, 10)}`,
          missing,
        };
      },
      'transfer.preview': async ({ text, passphrase }, { signal }) => {
        const { file, made, digest } = await plan(text, passphrase, signal);
        return { plan: digest, exportedAt: file.exportedAt, entries: made.entries };
      },
      'transfer.apply': ({ text, passphrase, plan: confirmed }, { signal }) =>
        inTurn(async () => {
          const { made, digest } = await plan(text, passphrase, signal);
          if (digest !== confirmed) {
            throw new CrosstrackError({ kind: 'conflict', text: 'problem_preview_gone' });
          }
          await apply(made);
          await onChange();
          return null;
        }),
    },
  };
}

const begin = (database: Database) =>
  database.transaction(['connections', 'links', 'settings'], 'readwrite', {
    durability: 'strict',
  });

/** All writes or, when one throws, none: what was put before it would be committed by itself. */
async function inOneTransaction(
  database: Database,
  write: (transaction: ReturnType<typeof begin>) => Promise<void>,
): Promise<void> {
  const transaction = begin(database);
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    await write(transaction);
  } catch (error) {
    // A write that the database itself refused has aborted it already.
    if (transaction.error === null) transaction.abort();
    await done;
    throw error;
  }
  const failed = await done;
  if (failed) throw failed.error;
}
