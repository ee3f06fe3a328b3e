import type { Connection, Paths, SourceTemplate } from '../connections/connection.ts';
import { pathsSchema, sourceTemplateSchema } from '../connections/connection.ts';
import { draftSchema } from '../connections/draft.ts';
import type { Recognised } from '../connections/recognise.ts';
import type { Problem } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { credentialsSchema } from '../keys/credentials.ts';
import type { Basis } from '../report/question.ts';
import type { Overlap } from '../sources/overlaps.ts';
import type { Capabilities, CheckFacts, ConversionType, Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** A tracker as the UI sees it, built from its adapter. */
export interface TrackerView {
  readonly id: string;
  readonly name: string;
  readonly initial: string;
  readonly side: 'tracker' | 'network';
  readonly capabilities: Capabilities;
  readonly keyHelp: MessageKey;
  readonly addressExample: string;
  /** Default paths that the tracker's owner may have renamed. */
  readonly paths?: Required<Paths> | undefined;
  /** May it require a secret besides the key? */
  readonly secretKey?: true | undefined;
  /** Can a connection choose which types of conversions count? */
  readonly conversionTypes?: true | undefined;
  /** Are all its figures made up? */
  readonly demo?: boolean;
}

/** A connection as the UI sees it. On tracker pages `api` and `keyEnd` are '' and `pages` is empty. */
export interface ConnectionView {
  readonly id: string;
  readonly tracker: string;
  readonly name: string;
  readonly api: string;
  readonly pages: readonly string[];
  readonly script: string | null;
  /** Turned off by the user: stored, but never queried. */
  readonly off: boolean;
  readonly currency: string;
  readonly zone: string;
  readonly basis: Basis;
  /** Types of conversions that count; absent = the tracker's default one. */
  readonly conversionTypes?: Connection['conversionTypes'];
  readonly templates: readonly SourceTemplate[];
  /** Last four characters of the key. */
  readonly keyEnd: string;
  /** Paths that the user changed. */
  readonly paths?: Paths | undefined;
  /** Is a secret stored besides the key? */
  readonly secret?: boolean;
  /** All its figures are made up. */
  readonly demo?: true | undefined;
  /** Why it does not work (no key, no permission); null = it works. */
  readonly problem: Problem | null;
  /** Preset by an administrator; the user supplies only the key. */
  readonly managed: boolean;
}

/** A note about a connection: message key and values. */
export interface Notice {
  readonly key: MessageKey;
  readonly values: readonly string[];
}

export interface Tested {
  readonly facts: CheckFacts;
  readonly warnings: readonly Notice[];
}

const pasted = z.string().check(z.maxLength(2000));

/** The connection form. */
const formInput = z.object({
  draft: draftSchema,
  /** As typed; an empty field keeps the stored value. */
  credentials: credentialsSchema,
  /** Id of the connection being edited; null = a new one. */
  id: z.nullable(id),
});
const addsOne = (input: { readonly id: string | null }) =>
  input.id === null ? 'add-connections' : null;

/** Calls that list connections; any change of a connection invalidates them. */
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
  /** Id of the tracker whose API answers at an address; null = none or undecided. */
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
  /** Types of conversions to choose from, the default one first; empty where there are no others. */
  'connections.conversionTypes': call({
    input: z.object({ id }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly ConversionType[]>(),
  'connections.sources': call({
    input: z.object({ id }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly Source[]>(),
  'connections.template': call({
    input: z.object({ id, template: sourceTemplateSchema }),
    from: ['extension'],
    invalidates: [...CONNECTION_LISTS, 'placements.list', 'campaigns.grouped'],
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
