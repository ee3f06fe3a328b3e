import { pathsSchema, sourceTemplateSchema } from '../connections/connection.ts';
import { costOrderSchema } from '../costs/order.ts';
import { pairSchema, panelStateSchema } from '../page/panel-state.ts';
import { PANEL_THEMES } from '../page/panel-themes.ts';
import { DOCKS } from '../page/protocol.ts';
import { BASES } from '../report/question.ts';
import { PRESETS } from '../report/range.ts';
import { z } from '../zod.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const range = z.object({ from: day, to: day, zone: id });
const member = z.object({ connection: id, campaignId: id, name: z.string() });
const fresh = z.boolean();
const passphrase = z.string().check(z.maxLength(1000));

/** The form of the options page. */
export const draftSchema = z.object({
  tracker: id,
  name: z.string().check(z.maxLength(200)),
  /** As pasted; cleaned by the adapter. */
  address: z.string().check(z.maxLength(2000)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  zone: id,
  basis: z.enum(BASES),
  /** The user lets the key go to this host unencrypted. */
  plainHttp: z.optional(z.boolean()),
  paths: z.optional(pathsSchema),
});
export type ConnectionDraft = z.infer<typeof draftSchema>;

/** A draft, and what goes with it under seal; nothing typed = what is stored stays. */
const formInput = z.object({
  draft: draftSchema,
  key: z.nullable(z.string()),
  /** `name=value`, where the tracker wants more than the key. */
  secret: z.optional(z.string()),
  id: z.nullable(id),
});

const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

export const ruleSettingsSchema = z.object({
  targetRoi: z.number().check(z.gte(-1), z.lte(10)),
  confidence: z.number().check(z.gte(0.5), z.lte(0.999)),
  payout: z.nullable(z.number().check(z.positive())),
  approval: z.number().check(z.gt(0), z.lte(1)),
  priorWeight: z.number().check(z.gte(0), z.lte(10)),
});

const placementsQuestion = {
  connection: id,
  campaignId: id,
  range,
  /** Token slot that holds the placement; null = as the source template says. */
  slot: z.nullable(z.int().check(z.gte(1), z.lte(30))),
  settings: ruleSettingsSchema,
};

/**
 * Who may ask:
 * - `extension`: popup, options, dashboard and first-run page
 * - `content`: the detector in the top frame of a connected page
 * - `sandboxed`: the same in a sandboxed document, where no panel runs
 * - `frame`: `panel.html` in a frame of a connected page, before its ticket was taken
 * - `panel`: the same afterwards
 *
 * `ownConnection` narrows a page to the connection whose page it is: the field
 * at that path of the input must be that connection. Calls that name a journal
 * record or a preview are narrowed by their handlers to those of the page.
 */
export type Asker = 'extension' | 'content' | 'sandboxed' | 'frame' | 'panel';

export interface CallRule {
  readonly input: z.ZodMiniType;
  readonly from: readonly Asker[];
  /** Path to the field of the input that must name the page's own connection when a page asks. */
  readonly ownConnection?: readonly string[];
  /**
   * Changes a tracker: from a panel only by a press on a button that the detector of its page sees
   * at `at` of the input, in plain view.
   */
  readonly confirmed?: true;
  /**
   * Calls that answer otherwise when it is done: what is open is told to ask these again, and no
   * others, which would ask trackers for nothing. Not for settings: a page reads them when it opens.
   * What changes connections or keys as a whole tells by itself, and of all calls.
   */
  readonly tells?: readonly string[];
}

const CONNECTIONS = ['connections.list', 'panel.context'] as const;
const LINKS = ['links.list', 'side.match'] as const;

/** Every message there is: its shape and who may send it. One row, one call. */
export const calls = {
  'trackers.list': { input: z.object({}), from: ['extension', 'panel'] },
  'connections.list': { input: z.object({}), from: ['extension', 'panel'] },
  'connections.recognise': {
    input: z.object({
      pasted: z.string().check(z.maxLength(2000)),
      tracker: z.nullable(id),
      paths: z.optional(pathsSchema),
    }),
    from: ['extension'],
  },
  'connections.probe': {
    input: z.object({
      pasted: z.string().check(z.maxLength(2000)),
      plainHttp: z.optional(z.boolean()),
    }),
    from: ['extension'],
  },
  'connections.test': { input: formInput, from: ['extension'] },
  'connections.save': { input: formInput, from: ['extension'] },
  'connections.turn': { input: z.object({ id, off: z.boolean() }), from: ['extension'] },
  'connections.order': {
    input: z.object({ ids: z.array(id).check(z.maxLength(1000)) }),
    from: ['extension'],
    tells: CONNECTIONS,
  },
  'connections.remove': { input: z.object({ id }), from: ['extension'] },
  'connections.twins': { input: z.object({ fresh: z.boolean() }), from: ['extension'] },
  'connections.sources': { input: z.object({ id }), from: ['extension'] },
  'connections.template': {
    input: z.object({ id, template: sourceTemplateSchema }),
    from: ['extension'],
    tells: [...CONNECTIONS, 'placements.score'],
  },
  'demo.add': { input: z.object({}), from: ['extension'], tells: CONNECTIONS },
  'demo.remove': { input: z.object({}), from: ['extension'], tells: CONNECTIONS },
  'page.hello': { input: z.object({}), from: ['content', 'sandboxed'] },
  'page.guess': { input: z.object({}), from: ['extension'] },
  'panel.ticket': { input: z.object({}), from: ['content'] },
  'panel.claim': { input: z.object({ ticket: id }), from: ['frame'] },
  'panel.shown': { input: z.object({ shown: z.boolean() }), from: ['content'] },
  'panel.keep': { input: z.object({ state: panelStateSchema }), from: ['panel'] },
  'panel.context': { input: z.object({}), from: ['panel'] },
  'settings.read': { input: z.object({}), from: ['extension', 'panel'] },
  'settings.write': {
    input: z.partial(
      z.object({
        rules: ruleSettingsSchema,
        panelDock: z.enum(DOCKS),
        panelAt: pairSchema,
        panelSize: pairSchema,
        panelTheme: z.enum(PANEL_THEMES),
        panelTab: id,
        format: id,
      }),
    ),
    from: ['extension', 'panel'],
  },
  'campaigns.list': {
    input: z.object({ connection: id, fresh }),
    from: ['extension', 'panel'],
  },
  'campaigns.figures': { input: z.object({ connection: id, range, fresh }), from: ['extension'] },
  'side.figures': {
    input: z.object({ connection: id, campaignId: id, range, fresh }),
    from: ['extension', 'panel'],
  },
  'side.match': {
    input: z.object({ from: member, target: id, range }),
    from: ['extension', 'panel'],
    ownConnection: ['from', 'connection'],
  },
  'links.list': { input: z.object({}), from: ['extension', 'panel'] },
  'links.join': {
    input: z.object({ a: member, b: member }),
    from: ['extension', 'panel'],
    ownConnection: ['a', 'connection'],
    tells: LINKS,
  },
  'links.part': {
    input: z.object({ connection: id, campaignId: id }),
    from: ['extension', 'panel'],
    tells: LINKS,
  },
  'costs.preview': {
    input: z.object({ order: costOrderSchema }),
    from: ['extension', 'panel'],
    ownConnection: ['order', 'connection'],
  },
  'costs.send': {
    /** `at`: where the pressed button is in the panel; null on pages that nobody else can cover. */
    input: z.object({ preview: id, at: z.nullable(boxSchema) }),
    from: ['extension', 'panel'],
    confirmed: true,
    tells: ['journal.list'],
  },
  'costs.undo': { input: z.object({ record: id }), from: ['extension', 'panel'] },
  'journal.list': {
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
  },
  'journal.read': { input: z.object({ record: id }), from: ['extension', 'panel'] },
  'journal.settle': { input: z.object({ record: id }), from: ['extension', 'panel'] },
  'placements.score': {
    input: z.object({ ...placementsQuestion, fresh }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
  },
  'placements.export': {
    input: z.object({
      ...placementsQuestion,
      format: id,
      separator: z.nullable(z.enum(['newline', 'comma'])),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    tells: ['exports.list'],
  },
  'formats.list': { input: z.object({}), from: ['extension'] },
  'exports.list': { input: z.object({}), from: ['extension', 'panel'] },
  'stats.read': {
    input: z.object({ connection: id, preset: z.enum(PRESETS), fresh }),
    from: ['extension'],
  },
  'dashboard.open': {
    input: z.object({ view: z.nullable(id) }),
    from: ['extension', 'content', 'sandboxed', 'panel'],
  },
  /** `access`: the connection whose access is to be granted there. */
  'options.open': {
    input: z.object({ access: z.optional(id) }),
    from: ['extension', 'panel'],
  },
  'keys.state': { input: z.object({}), from: ['extension'] },
  'keys.setPassphrase': { input: z.object({ passphrase }), from: ['extension'] },
  'keys.changePassphrase': {
    input: z.object({ passphrase, next: passphrase }),
    from: ['extension'],
  },
  'keys.removePassphrase': { input: z.object({ passphrase }), from: ['extension'] },
  'keys.unlock': { input: z.object({ passphrase }), from: ['extension'] },
  'keys.lock': { input: z.object({}), from: ['extension'] },
  'keys.forget': { input: z.object({}), from: ['extension'] },
  'keys.idle': {
    input: z.object({ minutes: z.int().check(z.gte(0), z.lte(1440)) }),
    from: ['extension'],
  },
  'storage.read': { input: z.object({}), from: ['extension'] },
  'managed.read': { input: z.object({}), from: ['extension'] },
  'transfer.export': {
    /** A passphrase brings the keys along, sealed with it. */
    input: z.object({ passphrase: z.nullable(passphrase) }),
    from: ['extension'],
  },
  'transfer.preview': {
    input: z.object({ text: z.string(), passphrase: z.nullable(passphrase) }),
    from: ['extension'],
  },
  'transfer.apply': {
    /** `plan`: as the preview named what the person confirmed. */
    input: z.object({ text: z.string(), passphrase: z.nullable(passphrase), plan: id }),
    from: ['extension'],
  },
} as const satisfies Record<string, CallRule>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<N extends CallName> = z.infer<Calls[N]['input']>;
