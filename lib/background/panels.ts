import { isYoung } from '../age.ts';
import type { Input } from '../contract/calls.ts';
import type { OwnFigures, PanelContext, panelCalls } from '../contract/panel.ts';
import { CrosstrackError } from '../errors.ts';
import type { SealedArea } from '../keys/key-store.ts';
import { createMutex } from '../mutex.ts';
import { panelStateSchema } from '../page/panel-state.ts';
import type { Box, ToDetector } from '../page/protocol.ts';
import { seenRange } from '../report/range.ts';
import type { Caller } from '../rpc/callers.ts';
import type { Context, Handlers, HandlersOf } from '../rpc/server.ts';
import { z } from '../zod.ts';
import type { ReadPanelContext } from './panel-context.ts';

/** Lifetime of a ticket. The detector passes it on at once; whoever claims it later has it from elsewhere. */
const TICKET_MS = 10_000;

/** The panel of a tab. */
const panelSchema = z.object({
  connection: z.string(),
  /** Top-level document whose detector requested the ticket. */
  document: z.string(),
  ticket: z.string(),
  /** Epoch ms. */
  issuedAt: z.number(),
  /** Document of the frame that claimed the ticket; null = none yet. */
  frame: z.nullable(z.string()),
  /** Is it open? Then it reopens in the tab's next document. */
  open: z.boolean(),
  /** What it was doing. */
  state: z.nullable(panelStateSchema),
});
type PanelRecord = z.infer<typeof panelSchema>;
const panelsSchema = z.record(z.string(), panelSchema);

export interface Panels {
  readonly calls: HandlersOf<typeof panelCalls>;
  /** Id of the connection whose panel a tab's document has become; null = none. */
  panelOf(tab: number, document: string): Promise<string | null>;
  /** Is the panel of that connection open in that tab? */
  isOpen(tab: number, connection: string): Promise<boolean>;
  /** Does the page's detector see that part of the panel unobscured? No answer means no. */
  inSight(panel: Caller & { kind: 'panel' }, at: Box): Promise<boolean>;
  /** Call when a tab is closed. */
  forget(tab: number): Promise<void>;
}

/**
 * Tracks which document is a tab's panel. Any site that learns the address of `panel.html` can
 * frame it, so a frame becomes a panel only with a one-time ticket that was issued to the detector
 * of a connected page.
 *
 * Stored in `storage.session`, which outlives the service worker; nobody else writes it, so it is read
 * once.
 */
export function createPanels({
  session,
  now,
  ask,
  context,
  figures,
}: {
  readonly session: SealedArea;
  /** Epoch ms. */
  readonly now: () => number;
  /** Asks the detector in a tab's top frame. */
  ask(tab: number, message: ToDetector): Promise<unknown>;
  readonly context: ReadPanelContext;
  /** Figures from the cache. */
  readonly figures: Handlers['side.figures'];
}): Panels {
  const inTurn = createMutex();
  let stored: Record<string, PanelRecord> | null = null;
  const read = async (): Promise<Record<string, PanelRecord>> => {
    if (stored) return stored;
    const { panels } = await session.get('panels');
    stored ??= panelsSchema.safeParse(panels).data ?? {};
    return stored;
  };
  const change = (tab: number, next: (before: PanelRecord | undefined) => PanelRecord | null) =>
    inTurn(async () => {
      const { [tab]: before, ...others } = await read();
      const after = next(before);
      if (!before && !after) return;
      const panels = after ? { ...others, [tab]: after } : others;
      if (Object.keys(panels).length === 0) await session.remove('panels');
      else await session.set({ panels });
      stored = panels;
    });

  /** The first question of a panel on a page that shows this, answered. */
  const figuresOf = async (
    known: PanelContext,
    { campaignId, range }: NonNullable<Input<'panel.claim'>['shows']>,
    context: Context,
  ): Promise<OwnFigures | null> => {
    const own = known.connections.find(({ id }) => id === known.own);
    if (!own) return null;
    const days = seenRange(range, now(), own.zone);
    const input = { connection: own.id, campaignIds: [campaignId], range: days, fresh: false };
    return { input, answer: await figures(input, context) };
  };

  return {
    calls: {
      'panel.ticket': async (_, { caller }) => {
        const { tab, connection, document } = onPage(caller);
        const ticket = randomTicket();
        await change(tab, (before) => {
          // The next document of the same connection continues where the last one stopped.
          const { open = false, state = null } = before?.connection === connection ? before : {};
          return { connection, document, ticket, issuedAt: now(), frame: null, open, state };
        });
        return { ticket };
      },
      'panel.claim': async ({ ticket, shows }, asking) => {
        const { tab, connection, document } = onPage(asking.caller);
        let state: PanelRecord['state'] = null;
        const claimed = change(tab, (before) => {
          const good =
            before?.ticket === ticket &&
            before.frame === null &&
            before.connection === connection &&
            isYoung(before.issuedAt, now(), TICKET_MS);
          if (!good) throw new CrosstrackError({ kind: 'permission', text: 'problem_sender' });
          state = before.state;
          return { ...before, frame: document };
        });
        const [known] = await Promise.all([context(connection).catch(() => null), claimed]);
        const first = known && shows && (await figuresOf(known, shows, asking).catch(() => null));
        return { state, context: known, figures: first };
      },
      'panel.context': async (_, { caller }) => context(onPage(caller).connection),
      'panel.shown': async ({ shown }, { caller }) => {
        const { tab, connection } = onPage(caller);
        await change(tab, (before) => {
          if (!before || before.connection !== connection) return before ?? null;
          // The user closed it: the next panel starts fresh.
          return shown ? { ...before, open: true } : null;
        });
        return null;
      },
      'panel.keep': async ({ state }, { caller }) => {
        const { tab, document } = onPage(caller);
        await change(tab, (before) =>
          before?.frame === document ? { ...before, state } : (before ?? null),
        );
        return null;
      },
    },
    async panelOf(tab, document) {
      const known = (await read())[tab];
      return known?.frame === document ? known.connection : null;
    },
    async isOpen(tab, connection) {
      const known = (await read())[tab];
      return known?.open === true && known.connection === connection;
    },
    async inSight({ tab, document }, at) {
      const known = (await read())[tab];
      if (known?.frame !== document) return false;
      const { ticket } = known;
      return (await ask(tab, { crosstrack: 'sight', ticket, at }).catch(() => false)) === true;
    },
    forget: (tab) => change(tab, () => null),
  };
}

function onPage(caller: Caller): Exclude<Caller, { kind: 'extension' }> {
  if (caller.kind === 'extension') throw new CrosstrackError({ kind: 'permission' });
  return caller;
}

/** 128 bits in hexadecimal digits. */
function randomTicket(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
