import type { Member } from '../compare/links.ts';
import type { Connection } from '../connections/connection.ts';
import type { transferCalls } from '../contract/transfer.ts';
import { CrosstrackError, isLocked, problemOf } from '../errors.ts';
import { type Credentials, writeCredentials } from '../keys/credentials.ts';
import { checkPassphrase } from '../keys/passphrase.ts';
import type { HandlersOf } from '../rpc/server.ts';
import {
  parseSettings,
  readFile,
  type SettingsFile,
  VERSION,
  type WrittenFile,
} from '../transfer/file.ts';
import { LEAST_CHARACTERS } from '../transfer/passphrase.ts';
import { planImport } from '../transfer/plan.ts';
import { sealFile, unsealFile } from '../transfer/seal-file.ts';
import type { LinkRepository } from './campaigns/links.ts';
import type { Changes } from './changes/changes.ts';
import type { ReadDraft } from './connections/draft.ts';
import { sealedFor } from './connections/sealed-for.ts';
import type { Services } from './services.ts';
import type { SettingsStore } from './settings.ts';

type TransferCalls = HandlersOf<typeof transferCalls>;

export interface TransferParts {
  readonly links: Pick<LinkRepository, 'all' | 'rejections'>;
  readonly settings: SettingsStore;
  readonly readDraft: ReadDraft;
  readonly changes: Changes;
  /** Rejects where an administrator forbids new connections. */
  mayAdd(): Promise<void>;
}

export function createTransfer(
  { connections, keys, clients, now }: Pick<Services, 'connections' | 'keys' | 'clients' | 'now'>,
  { links, settings, readDraft, changes, mayAdd }: TransferParts,
): TransferCalls {
  const credentialsOf = (connection: Connection): Promise<Credentials | null> =>
    keys.get(sealedFor(connection)).catch((error: unknown) => {
      // One unreadable key is left out; locked keys would leave out all.
      if (isLocked(problemOf(error))) throw error;
      return null;
    });

  const write = async (withKeys: boolean) => {
    const missing: string[] = [];
    const all = (await connections.list()).filter(({ demo }) => !demo);
    const ids = new Set(all.map(({ id }) => id));
    const isWhole = ({ members }: { readonly members: readonly Member[] }): boolean =>
      members.every(({ connection }) => ids.has(connection));
    const written: WrittenFile['connections'] = [];
    for (const connection of all) {
      const { id, tracker, name, api, script, paths, plainHttp, off = false } = connection;
      const { currency, zone, basis, conversionTypes, templates } = connection;
      const credentials = withKeys ? await credentialsOf(connection) : null;
      if (withKeys && credentials === null) missing.push(name);
      const address = script ? `${api}/${script}` : api;
      const own = {
        ...(paths ? { paths } : {}),
        ...(plainHttp ? { plainHttp } : {}),
        ...(conversionTypes ? { conversionTypes } : {}),
        off,
      };
      const entry = { id, tracker, name, address, ...own, currency, zone, basis, templates };
      written.push(credentials ? { ...entry, key: writeCredentials(credentials) } : entry);
    }
    const file: WrittenFile = {
      crosstrack: 'settings',
      version: VERSION,
      exportedAt: new Date(now()).toISOString(),
      connections: written,
      // Links outlive their connections; dangling ones are left out.
      links: (await links.all()).filter(isWhole),
      rejections: (await links.rejections()).filter(isWhole),
      settings: await settings.read(),
    };
    return { text: JSON.stringify(file, null, 2), missing, exportedAt: file.exportedAt };
  };

  const read = async (text: string, passphrase: string | null): Promise<SettingsFile> => {
    const file = readFile(text);
    if (file.crosstrack === 'settings') return parseSettings(file, { sealed: false });
    if (!passphrase)
      throw new CrosstrackError({ kind: 'auth', reason: 'sealed', text: 'transfer_sealed' });
    return parseSettings(readFile(await unsealFile(file, passphrase)), { sealed: true });
  };

  const plan = async (text: string, passphrase: string | null, signal: AbortSignal) => {
    const file = await read(text, passphrase);
    signal.throwIfAborted();
    const made = await planImport(file, {
      connections: await connections.list(),
      links: await links.all(),
      rejections: await links.rejections(),
      settings: await settings.read(),
      drafted: readDraft,
      manyAccounts: (tracker) => clients.adapter(tracker).manyAccounts === true,
      mayAdd,
      credentialsOf,
      newId: () => crypto.randomUUID(),
    });
    // Apply only what was confirmed: the same text with the same effects.
    const seen = new TextEncoder().encode(JSON.stringify([text, made.entries]));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seen)).toHex();
    return { file, made, digest };
  };

  return {
    'transfer.export': async ({ passphrase }) => {
      if (passphrase !== null) checkPassphrase(passphrase, LEAST_CHARACTERS);
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
      changes.inTurn(async () => {
        const { made, digest } = await plan(text, passphrase, signal);
        if (digest !== confirmed) {
          throw new CrosstrackError({ kind: 'conflict', text: 'problem_preview_gone' });
        }
        await changes.apply({
          ...made,
          async write(transaction) {
            for (const name of ['links', 'rejections'] as const) {
              for (const one of made[name]) await transaction.objectStore(name).put(one);
            }
            if (made.settings) await settings.addIn(transaction, made.settings);
          },
        });
        return null;
      }),
  };
}
