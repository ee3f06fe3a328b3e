import type { CallerKind, CallRule } from '../contract/call.ts';
import { type CallName, calls } from '../contract/calls.ts';

/** What the browser says about a message's sender. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** "null" for a sandboxed document, whatever its address. */
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?:
    | { readonly id?: number | undefined; readonly url?: string | undefined }
    | undefined;
}

/** A document in a tab whose page belongs to a connection. */
interface OnPage {
  readonly tab: number;
  /** Id of the connection whose page it is. */
  readonly connection: string;
  /** The browser's id of the calling document. */
  readonly document: string;
}

/** Who is calling, as far as the browser vouches for it. */
export type Caller =
  /** Popup, options, dashboard and first-run page. */
  | { readonly kind: 'extension'; readonly tab: number | null }
  /** The detector in the top frame of a connected page. */
  | ({ readonly kind: 'content' } & OnPage)
  /** The detector in a document with an opaque origin, which the tracker's host itself does not trust. */
  | ({ readonly kind: 'sandboxed' } & OnPage)
  /** `panel.html` in a frame of a connected page, before it has claimed its ticket. */
  | ({ readonly kind: 'frame' } & OnPage)
  /** The same frame afterwards: the panel of that page. */
  | ({ readonly kind: 'panel' } & OnPage);

export interface CallerFacts {
  readonly extensionId: string;
  /** Origin of the extension's own pages, no trailing slash. */
  readonly extensionOrigin: string;
  /** Id of the connection whose web UI a page belongs to; null = none, or its host is not granted. */
  connectionAt(page: URL): Promise<string | null>;
  /** Id of the connection whose panel a tab's document has become; null = none. */
  panelOf(tab: number, document: string): Promise<string | null>;
}

/** The only page of ours that other sites may frame. */
const PANEL_PATH = '/panel.html';

/**
 * Identifies the sender of a message; null = nobody whom we answer. Missing sender data means null.
 *
 * A site that knows the panel's address can frame it or open it as a window. So path and frame
 * decide what it is, never the origin that it shares with our other pages.
 */
export async function callerOf(sender: Sender, facts: CallerFacts): Promise<Caller | null> {
  const { id, url, origin } = sender;
  if (id !== facts.extensionId || !url || !URL.canParse(url)) return null;
  const address = new URL(url);
  // `address.origin` is "null" for extension schemes.
  if (url.startsWith(`${facts.extensionOrigin}/`)) {
    if (origin !== facts.extensionOrigin) return null;
    return address.pathname === PANEL_PATH ? panelCaller(sender, facts) : ownPage(sender);
  }
  const isSandboxed = origin === 'null';
  if (!/^https?:$/.test(address.protocol)) return null;
  if (sender.frameId !== 0 || !(isSandboxed || origin === address.origin)) return null;
  const page = await pageOf(sender, address, facts);
  return page && { kind: isSandboxed ? 'sandboxed' : 'content', ...page };
}

/** Our pages are top-level documents in their tabs; the popup has no tab. */
function ownPage({ tab, frameId }: Sender): Caller | null {
  if (tab === undefined) return { kind: 'extension', tab: null };
  return frameId === 0 && tab.id !== undefined ? { kind: 'extension', tab: tab.id } : null;
}

async function panelCaller(sender: Sender, facts: CallerFacts): Promise<Caller | null> {
  const { frameId, tab } = sender;
  if (frameId === undefined || frameId <= 0 || !tab?.url || !URL.canParse(tab.url)) return null;
  const { documentId } = sender;
  const [page, bound] = await Promise.all([
    pageOf(sender, new URL(tab.url), facts),
    tab.id === undefined || !documentId ? null : facts.panelOf(tab.id, documentId),
  ]);
  if (!page) return null;
  return { kind: bound === page.connection ? 'panel' : 'frame', ...page };
}

async function pageOf(
  { tab, documentId }: Sender,
  page: URL,
  facts: CallerFacts,
): Promise<OnPage | null> {
  if (tab?.id === undefined || !documentId) return null;
  const connection = await facts.connectionAt(page);
  return connection === null ? null : { tab: tab.id, connection, document: documentId };
}

/** Who may make which call; nobody may make a call without a row. */
export type CallTable = Readonly<
  Partial<Record<CallName, Pick<CallRule, 'from' | 'ownConnection'>>>
>;

/** May this caller make this call at all? Checked before its input is parsed. */
export const mayCallName = (caller: Caller, name: CallName, table: CallTable = calls): boolean => {
  const asker: CallerKind = caller.kind;
  return table[name]?.from.includes(asker) === true;
};

/** May this caller make this call with this input? */
export function mayCall(
  caller: Caller,
  name: CallName,
  input: unknown,
  table: CallTable = calls,
): boolean {
  const rule = table[name];
  if (!rule || !mayCallName(caller, name, table)) return false;
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
