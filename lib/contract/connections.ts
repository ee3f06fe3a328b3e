import type { Paths, SourceTemplate } from '../connections/connection.ts';
import { pathsSchema, sourceTemplateSchema } from '../connections/connection.ts';
import { draftSchema } from '../connections/draft.ts';
import type { Recognised } from '../connections/recognise.ts';
import type { Problem } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { credentialsSchema } from '../keys/credentials.ts';
import type { Basis } from '../report/question.ts';
import type { Overlap } from '../sources/overlaps.ts';
import type { Capabilities, CheckFacts, Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** What the UI knows of a tracker; made from its adapter. */
export interface TrackerView {
  readonly id: string;
  readonly name: string;
  readonly initial: string;
  readonly side: 'tracker' | 'network';
  readonly capabilities: Capabilities;
  readonly keyHelp: MessageKey;
  readonly addressExample: string;
  /** Paths that its owner may have renamed, as they are by themselves. */
  readonly paths?: Required<Paths> | undefined;
  /** May it want a secret beside the key? */
  readonly secretKey?: true | undefined;
  /** Is every figure of it made up? */
  readonly demo?: boolean;
}

/** What the UI knows of a connection. Pages get `api: ''`, `pages: []` and `keyEnd: ''`. */
export interface ConnectionView {
  readonly id: string;
  readonly tracker: string;
  readonly name: string;
  readonly api: string;
  readonly pages: readonly string[];
  readonly script: string | null;
  /** Turned off by the user: kept, and asked nothing. */
  readonly off: boolean;
  readonly currency: string;
  readonly zone: string;
  readonly basis: Basis;
  readonly templates: readonly SourceTemplate[];
  /** Last four characters of the key. */
  readonly keyEnd: string;
  /** Paths that the user named. */
  readonly paths?: Paths | undefined;
  /** Is a secret stored beside the key? */
  readonly secret?: boolean;
  /** Every figure of it is made up. */
  readonly demo?: true | undefined;
  /** What keeps it from working: key missing, permission revoked; null = nothing. */
  readonly problem: Problem | null;
  /** Preset by an administrator: only its key is the user's. */
  readonly managed: boolean;
}

/** Something a user should know of a connection: locale key and values. */
export interface Notice {
  readonly key: MessageKey;
  readonly values: readonly string[];
}

export interface Tested {
  readonly facts: CheckFacts;
  readonly warnings: readonly Notice[];
}

const pasted = z.string().check(z.maxLength(2000));

/** A draft, and what goes with it under seal. */
const formInput = z.object({
  draft: draftSchema,
  /** As typed: what is empty stays as it is stored. */
  credentials: credentialsSchema,
  /** The connection that is edited; null = a new one. */
  id: z.nullable(id),
});
const addsOne = (input: { readonly id: string | null }) =>
  input.id === null ? 'add-connections' : null;

/** Calls that show connections; asked again after each change of one. */
export const CONNECTION_LISTS = ['connections.list', 'panel.context'] as const;

export const connectionCalls = {
  'trackers.list': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly TrackerView[]>(),
  'connections.list': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly ConnectionView[]>(),
  'connections.recognise': call({
    input: z.object({ pasted, tracker: z.nullable(id), paths: z.optional(pathsSchema) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Recognised>(),
  /** The tracker whose API answers at an address; null = none that is known, or it cannot be told. */
  'connections.probe': call({
    input: z.object({ pasted, plainHttp: z.optional(z.boolean()) }),
    from: ['extension'],
    feature: () => 'add-connections',
  }).returns<{ readonly tracker: string | null }>(),
  'connections.test': call({
    input: formInput,
    from: ['extension'],
    feature: addsOne,
  }).returns<Tested>(),
  'connections.save': call({
    input: formInput,
    from: ['extension'],
    feature: addsOne,
  }).returns<{ readonly connection: ConnectionView; readonly tested: Tested }>(),
  'connections.turn': call({
    input: z.object({ id, off: z.boolean() }),
    from: ['extension'],
  }).returns<ConnectionView>(),
  'connections.order': call({
    input: z.object({ ids: z.array(id).check(z.maxLength(1000)) }),
    from: ['extension'],
    invalidates: CONNECTION_LISTS,
  }).returns<null>(),
  'connections.remove': call({ input: z.object({ id }), from: ['extension'] }).returns<null>(),
  'connections.sources': call({
    input: z.object({ id }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly Source[]>(),
  'connections.template': call({
    input: z.object({ id, template: sourceTemplateSchema }),
    from: ['extension'],
    invalidates: [...CONNECTION_LISTS, 'placements.score'],
  }).returns<ConnectionView>(),
};

export const overlapCalls = {
  'connections.overlaps': call({
    input: z.object({ fresh: z.boolean() }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly Overlap[]>(),
};

export const demoCalls = {
  'demo.add': call({
    input: nothing,
    from: ['extension'],
    invalidates: CONNECTION_LISTS,
  }).returns<readonly ConnectionView[]>(),
  'demo.remove': call({
    input: nothing,
    from: ['extension'],
    invalidates: CONNECTION_LISTS,
  }).returns<null>(),
};
