import { type Asker, type CallName, type CallRule, calls } from './calls.ts';

/** What the browser says of a message's sender. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/** Who asks, as far as the browser vouches for it. */
export type Caller =
  | { readonly kind: 'extension'; readonly tab: number | null }
  | {
      readonly kind: 'page';
      readonly tab: number;
      /** Connection whose page it is. */
      readonly connection: string;
    };

export interface PolicyFacts {
  readonly extensionId: string;
  /** Origin of the extension's own pages, no trailing slash. */
  readonly extensionOrigin: string;
  /** The connection on whose web UI a page is, or null. */
  connectionAt(page: URL): Promise<string | null>;
}

/**
 * Who sent this? Missing sender data means nobody.
 * Another extension, a frame, or a page that is not connected is nobody too.
 */
export async function callerOf(sender: Sender, facts: PolicyFacts): Promise<Caller | null> {
  if (sender.id !== facts.extensionId || !sender.url) return null;
  if (sender.url.startsWith(`${facts.extensionOrigin}/`)) {
    return { kind: 'extension', tab: sender.tab?.id ?? null };
  }
  if (sender.frameId !== 0 || sender.tab?.id === undefined || !URL.canParse(sender.url))
    return null;
  const connection = await facts.connectionAt(new URL(sender.url));
  return connection === null ? null : { kind: 'page', tab: sender.tab.id, connection };
}

/** Who may make which call; a call without a row may be made by nobody. */
export type CallTable = Readonly<
  Partial<Record<CallName, Pick<CallRule, 'from' | 'ownConnection'>>>
>;

/**
 * May this caller make this call with this input? The table in `calls.ts` decides.
 * @param role what the sender says it is; a page may be `panel` or `content`, never `extension`.
 */
export function mayCall(
  caller: Caller,
  role: Asker,
  name: CallName,
  input: unknown,
  table: CallTable = calls,
): boolean {
  if ((caller.kind === 'extension') !== (role === 'extension')) return false;
  const rule = table[name];
  if (!rule?.from.includes(role)) return false;
  if (caller.kind === 'extension' || !rule.ownConnection) return true;
  return valueAt(input, rule.ownConnection) === caller.connection;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.getOwnPropertyDescriptor(at, step)?.value;
  }
  return at;
}
