import { CrosstrackError } from '../errors.ts';
import { createTurns } from '../keys/in-turn.ts';
import type { SealedArea } from '../keys/key-store.ts';
import type { Caller } from '../rpc/policy.ts';
import type { Handlers } from '../rpc/server.ts';
import { z } from '../zod.ts';

/** The detector passes a ticket on at once; a frame that shows it later did not get it from there. */
const TICKET_MS = 10_000;

/** The panel of a tab. */
const panelSchema = z.object({
  connection: z.string(),
  /** Top document whose detector asked for the ticket. */
  document: z.string(),
  /** Not shown yet; null once it was. */
  ticket: z.nullable(z.string()),
  /** Epoch ms. */
  issuedAt: z.number(),
  /** Document of the frame that showed the ticket. */
  frame: z.nullable(z.string()),
});
type PanelRecord = z.infer<typeof panelSchema>;
const panelsSchema = z.record(z.string(), panelSchema);

export interface Panels {
  readonly calls: Pick<Handlers, 'panel.ticket' | 'panel.claim'>;
  /** The connection whose panel a document in a tab has become by its ticket, or null. */
  panelOf(tab: number, document: string): Promise<string | null>;
  /** When a tab is closed. */
  forget(tab: number): Promise<void>;
}

/**
 * Which document is a tab's panel. `panel.html` can be framed by any page that
 * learns its address, so a frame becomes a panel only by a ticket that the
 * detector of a connected page was given for it, once.
 *
 * In the browser's session memory, which outlives the worker.
 */
export function createPanels({
  session,
  now,
  random = randomTicket,
}: {
  readonly session: SealedArea;
  readonly now: () => number;
  readonly random?: () => string;
}): Panels {
  const inTurn = createTurns();
  const read = async (): Promise<Record<string, PanelRecord>> =>
    panelsSchema.safeParse((await session.get('panels')).panels).data ?? {};
  const change = (tab: number, next: (before: PanelRecord | undefined) => PanelRecord | null) =>
    inTurn(async () => {
      const { [tab]: before, ...others } = await read();
      const after = next(before);
      await session.set({ panels: after ? { ...others, [tab]: after } : others });
    });

  return {
    calls: {
      'panel.ticket': async (_, { caller }) => {
        const { tab, connection, document } = onPage(caller);
        const ticket = random();
        await change(tab, () => ({ connection, document, ticket, issuedAt: now(), frame: null }));
        return { ticket };
      },
      'panel.claim': async ({ ticket }, { caller }) => {
        const { tab, connection, document } = onPage(caller);
        await change(tab, (before) => {
          const good =
            before?.ticket === ticket &&
            before.connection === connection &&
            now() - before.issuedAt <= TICKET_MS;
          if (!good) throw new CrosstrackError({ kind: 'permission', text: 'problem_sender' });
          return { ...before, ticket: null, frame: document };
        });
        return null;
      },
    },
    async panelOf(tab, document) {
      const known = (await read())[tab];
      return known?.frame === document ? known.connection : null;
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
