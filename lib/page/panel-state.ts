import { z } from '../zod.ts';

/** Two lengths in CSS px. */
export const pairSchema = z.readonly(z.tuple([z.number(), z.number()]));

const text = z.string().check(z.maxLength(2000));

/** What the panel was doing, stored for the next document in its frame until it is closed. */
export const panelStateSchema = z.object({
  tab: z.nullable(text),
  collapsed: z.boolean(),
  /** What the page showed when these two were chosen, as text; they apply to that page only. */
  view: text,
  picked: z.nullable(z.object({ id: text, name: z.nullable(text) })),
  range: z.nullable(z.object({ from: text, to: text, zone: text })),
  /** What was typed, by campaign, then by field. */
  drafts: z
    .record(text, z.record(text, text))
    .check(z.refine((drafts) => Object.keys(drafts).length <= 100)),
});
export type PanelState = z.infer<typeof panelStateSchema>;
