import type { PanelPlace } from '../page/protocol.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** What a detector needs to know of the page that it is on. */
export interface Hello {
  readonly connection: { readonly id: string; readonly tracker: string; readonly name: string };
  /** Key that opens the panel, as the browser has assigned it; '' = none. */
  readonly shortcut: string;
  /** Of the extension's pages, no trailing slash: the panel's frame ends on it. */
  readonly origin: string;
  readonly place: PanelPlace;
  /** Was the panel open on the tab's last document of this connection? */
  readonly open: boolean;
}

export const tabCalls = {
  /** null = the page is no connection's. */
  'page.hello': call({
    input: nothing,
    from: ['content', 'sandboxed'],
    beforePolicy: true,
  }).returns<Hello | null>(),
  /** The tracker that the active tab looks like, where that is not connected. */
  'page.guess': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly tracker: string;
    readonly name: string;
    readonly url: string;
  } | null>(),
  'dashboard.open': call({
    input: z.object({ view: z.nullable(id) }),
    from: ['extension', 'content', 'sandboxed', 'panel'],
    beforePolicy: true,
  }).returns<null>(),
  /** `access`: the connection whose access is to be granted there. */
  'options.open': call({
    input: z.object({ access: z.optional(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<null>(),
};
