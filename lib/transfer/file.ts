import { linkSchema, rejectionSchema } from '../compare/link-schema.ts';
import { sourceTemplateSchema } from '../connections/connection.ts';
import { draftSchema } from '../connections/draft.ts';
import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { readCredentials } from '../keys/credentials.ts';
import { settingsSchema } from '../settings/settings.ts';
import { z } from '../zod.ts';

const name = z.string().check(z.maxLength(200));
const id = name.check(z.minLength(1));
const slot = z.nullable(z.int().check(z.gte(1), z.lte(30)));

export const templateSchema = z.object({
  ...sourceTemplateSchema.shape,
  sourceId: id,
  sourceName: name,
  campaign: slot,
  adSet: slot,
  ad: slot,
  placement: slot,
});

const connectionShape = z.object({
  ...draftSchema.shape,
  /** Id in the exporting browser; links refer to it. */
  id,
  templates: z.array(templateSchema).check(z.maxLength(500)),
  /** Turned off? Absent in older files; older versions ignore it. */
  off: z.optional(z.boolean()),
  /** Serialised credentials; only in sealed files, ignored in plain ones. */
  key: z.optional(z.string().check(z.minLength(1), z.maxLength(5000))),
});
const connectionSchema = z.pipe(
  connectionShape,
  z.transform(({ key, ...connection }) => ({
    ...connection,
    ...(key === undefined ? {} : { credentials: readCredentials(key) }),
  })),
);
export type FileConnection = z.infer<typeof connectionSchema>;

/** Campaigns are named by trackers, at any length. */
const member = z.object({ connection: id, campaignId: id, name: z.string() });

const fileSchema = z.object({
  crosstrack: z.literal('settings'),
  version: z.int(),
  /** ISO 8601, UTC. */
  exportedAt: z.string().check(z.maxLength(40)),
  connections: z.array(connectionSchema).check(z.maxLength(1000)),
  links: z.array(
    z.object({
      ...linkSchema.shape,
      id,
      members: z.array(member).check(z.minLength(2), z.maxLength(100)),
    }),
  ),
  rejections: z.array(z.object({ ...rejectionSchema.shape, members: z.tuple([member, member]) })),
  settings: z.partial(settingsSchema),
});
/** The content of a settings file, in the newest version. */
export type SettingsFile = z.infer<typeof fileSchema>;
/** A settings file as it is written. */
export type WrittenFile = z.input<typeof fileSchema>;

/** A file of any version, before it is parsed. */
export type Loose = Readonly<Record<string, unknown>>;

/** Longest text that is parsed, in UTF-16 code units. */
export const MOST_CHARACTERS = 5 * 1024 * 1024;

/**
 * One step per version, applied in order; a step that has shipped is never
 * changed. Version 0 knew no basis, no source templates and no links; version 1 no rejected proposals,
 * no links of offers, and one campaign of a connection in a link.
 */
const UPGRADES: ReadonlyArray<(file: Loose) => Loose> = [
  (file) => ({
    ...file,
    connections: listOf(file.connections).map((connection) => ({
      basis: 'visit',
      templates: [],
      ...Object(connection),
    })),
    links: file.links ?? [],
    settings: file.settings ?? {},
  }),
  (file) => ({ ...file, rejections: [] }),
];
export const VERSION = UPGRADES.length;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const problem = (text: MessageKey, ...values: string[]) =>
  new CrosstrackError({ kind: 'input', text, values });

/**
 * Reads a text as one of our files, of any kind and version.
 * @throws CrosstrackError `input`: too long, not JSON, or not ours
 */
export function readFile(text: string): Loose {
  if (text.length > MOST_CHARACTERS) throw problem('transfer_large');
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw problem('transfer_not_ours');
  }
  const ours = z
    .looseObject({ crosstrack: z.enum(['settings', 'sealed']), version: z.int().check(z.gte(0)) })
    .safeParse(file);
  if (!ours.success) throw problem('transfer_not_ours');
  return ours.data;
}

/**
 * Upgrades a file to the newest version, step by step.
 * @throws CrosstrackError `unsupported` for a newer version
 */
export function upgrade(file: Loose, steps: ReadonlyArray<(file: Loose) => Loose>): Loose {
  const version = Number(file.version);
  if (version > steps.length) {
    throw new CrosstrackError({
      kind: 'unsupported',
      text: 'transfer_newer',
      values: [String(version)],
    });
  }
  return steps.slice(version).reduce((older, step) => step(older), file);
}

/**
 * @param file from `readFile`, or unsealed
 * @throws CrosstrackError `unsupported` for a newer version; `input` with the first field that is wrong
 */
export function parseSettings(file: Loose, { sealed }: { sealed: boolean }): SettingsFile {
  const parsed = fileSchema.safeParse(upgrade(file, UPGRADES));
  if (!parsed.success) throw damaged(parsed.error);
  if (sealed) return parsed.data;
  const connections = parsed.data.connections.map(({ credentials: _, ...rest }) => rest);
  return { ...parsed.data, connections };
}

/** The error that names the first invalid field. */
export function damaged(error: z.core.$ZodError): CrosstrackError {
  const field = error.issues[0]?.path.map(String).join('.') ?? '';
  return new CrosstrackError({ kind: 'input', text: 'transfer_damaged', field });
}
