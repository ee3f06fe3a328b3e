import type { PanelPlace } from '../page/protocol.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** What a detector needs to know about its page. */
export interface Hello {
  readonly connection: { readonly id: string; readonly tracker: string; readonly name: string };
  /** What the launcher does, in the browser's language. In Firefox, looking texts up on the page costs each page some time. */
  readonly label: string;
  /** Shortcut that opens the panel, as assigned by the browser; '' = none. */
  readonly shortcut: string;
  /** Origin of the extension's pages, without a trailing slash; the panel's frame loads from it. */
  readonly origin: string;
  readonly place: PanelPlace;
  /** Was the panel open in this tab's previous document of this connection? */
  readonly open: boolean;
}

export const tabCalls = {
  /** null = the page belongs to no connection. */
  'page.hello': call({
    input: nothing,
    from: ['content', 'sandboxed'],
    beforePolicy: true,
  }).returns<Hello | null>(),
  /** The tracker that the active tab looks like; null = none, or already connected. */
  'page.guess': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly tracker: string;
    readonly name: string;
    readonly url: string;
  } | null>(),
  /** Opens a campaign's page in the tracker's own UI, in a new tab. */
  'campaign.open': call({
    input: z.object({ connection: id, campaignId: id }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<null>(),
  /** `record`: id of the journal's record to open. */
  'dashboard.open': call({
    input: z.object({ view: z.nullable(id), record: z.optional(id) }),
    from: ['extension', 'content', 'sandboxed', 'panel'],
    beforePolicy: true,
  }).returns<null>(),
  /** `access`: id of the connection that needs host access. */
  'options.open': call({
    input: z.object({ access: z.optional(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<null>(),
};
